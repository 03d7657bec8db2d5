import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { trustKey, type PublishedKey } from '../../../../committee/client/index.js';
import { DEDUP, decodeMessage } from '../../../../committee/messages/index.js';
import { codeOf } from '../../../support/code-of.js';
import { withLetter } from '../../../support/curve.js';
import { newKey } from '../../../support/keys.js';
import { CHANNEL } from '../../../support/statements.js';
import { offBy, signAs } from './a-node.js';
import { OPENING, World } from './a-world.js';

describe("a committee's key", () => {
  const world = new World();
  const trust = { suite: nodeSuite, channel: CHANNEL, pinned: [world.committee] };
  let key: PublishedKey;
  before(async () => {
    key = await world.ledger.key(DEDUP);
  });
  const code = (change: Partial<PublishedKey>, trusting = trust, owner = DEDUP) =>
    codeOf(trustKey(owner, { ...key, ...change }, trusting));

  it('is trusted by the word of t pinned nodes', async () => {
    expect(await code({})).to.equal('accepted');
    expect(await code({ ready: key.ready.slice(1) })).to.equal('accepted');
    const trusted = await trustKey(DEDUP, key, trust);
    expect([trusted.keyId, trusted.publicShares.size]).to.deep.equal(['dedup/1', 4]);
  });

  it("is not with fewer, one twice, others' names, or words about another key", async () => {
    const [one, two, three] = key.ready as [string, string, string];
    const { payload } = decodeMessage('key-message', three, 'ready');
    const said = (name: string, change: object) => [
      one,
      two,
      signAs('key-message', { ...payload, ...change }, newKey(name)),
    ];
    const { message } = payload;
    for (const ready of [
      [one, two],
      [one, two, two],
      [one, two, withLetter(three, three.length - 20)],
      said('stranger', {}),
      said('node 3', { generation: 2 }),
      said('node 3', { key: OPENING }),
      said('node 3', { channel: 'other' }),
      said('node 3', { message: { ...message, recipient: 4 } }),
      said('node 3', { message: { ...message, groupKey: offBy(message.groupKey) } }),
    ])
      expect(await code({ ready })).to.equal('KEY_NOT_TRUSTED');
    expect(await code({ ready: said('node 3', {}) })).to.equal('accepted');
  });

  it("is not where a public share or the group key is not its polynomial's", async () => {
    const { publicShares } = key;
    expect(await code({ publicShares: { ...publicShares, 4: offBy(publicShares[4]!) } })).to.equal('KEY_NOT_TRUSTED');
    expect(await code({ publicShares: { 1: publicShares[1]!, 2: publicShares[2]! } })).to.equal('KEY_NOT_TRUSTED');
    expect(await code({ groupKey: offBy(key.groupKey) })).to.equal('KEY_NOT_TRUSTED');
    expect(await code({ threshold: 2 })).to.equal('KEY_NOT_TRUSTED');
    expect(await code({}, trust, OPENING)).to.equal('KEY_NOT_TRUSTED');
  });

  it('is not of a committee that is not pinned', async () => {
    expect(await code({ epoch: 2 })).to.equal('COMMITTEE_NOT_PINNED');
    const others = world.committee.members.map((member, at) => ({ ...member, jwk: newKey(`other ${at}`).jwk }));
    const pinned = [{ ...world.committee, members: others }];
    expect(await code({}, { ...trust, pinned })).to.equal('KEY_NOT_TRUSTED');
  });
});
