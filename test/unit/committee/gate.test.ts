import { expect } from 'chai';
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { trustKey } from '../../../committee/client/index.js';
import { randomScalar } from '../../../committee/crypto/secrets.js';
import {
  checkOffline,
  checkOnline,
  type OfflineGate,
  type OnlineGate,
  type ShownMaterial,
} from '../../../committee/gate/index.js';
import { decodeMessage } from '../../../committee/messages/index.js';
import { credentialFor, gateMaterialFor } from '../../../committee/wallet/index.js';
import { codeOf } from '../../support/code-of.js';
import { withLetter } from '../../support/curve.js';
import { newKey } from '../../support/keys.js';
import { CHANNEL } from '../../support/statements.js';
import { signAs } from './wallet/a-node.js';
import { ALICE, BOB, CLOSING, now, OPENING, World } from './wallet/a-world.js';

const TICKET = `${OPENING}:floor:A:1`;
const device = newKey('gate-1');

describe('gate', () => {
  let world: World;
  let holder: string;
  let shown: ShownMaterial;
  let online: OnlineGate;
  let offline: OfflineGate;
  before(async () => {
    world = new World();
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    holder = (await credentialFor(OPENING, wallet)).subject;
    shown = gateMaterialFor(OPENING, wallet);
    const common = { channel: CHANNEL, event: OPENING, suite: nodeSuite, now };
    const trust = { ...common, pinned: [world.committee] };
    online = {
      ...common,
      device: 'gate-1',
      sign: (payload) => Promise.resolve(signAs('gate-check', payload, device)),
      key: await trustKey(OPENING, await world.ledger.key(OPENING), trust),
      nodes: world.nodes,
      random: randomScalar,
      timeoutMs: 5_000,
    };
    const list = {
      syncedAt: '2027-05-01T17:00:00Z',
      holders: new Map([
        [TICKET, holder],
        [`${OPENING}:floor:A:2`, 'other'],
      ]),
    };
    offline = { ...common, committee: world.committee, list };
  });

  describe('with a connection', () => {
    it('knows the holder by the document alone, and sees who is another', async () => {
      expect(await checkOnline(ALICE, holder, online)).to.deep.include({ isHolder: true, credential: holder });
      expect(await checkOnline(BOB, holder, online)).to.include({ isHolder: false });
    });

    it('names a node that lies, and goes on', async () => {
      world.nodes[0]!.conduct = 'lies';
      const { isHolder, failures } = await checkOnline(ALICE, holder, online);
      world.nodes[0]!.conduct = 'honest';
      expect(isHolder).to.equal(true);
      expect(failures).to.deep.equal([
        { mspId: 'Org1MSP', node: 'node-1', reason: 'lying', code: 'EVALUATION_INVALID' },
      ]);
      expect(await codeOf(checkOnline(ALICE, holder, { ...online, nodes: world.nodes.slice(2) }))).to.equal(
        'NODES_TOO_FEW',
      );
    });

    it('shows nodes a fresh blinded element each time', async () => {
      for (const node of world.nodes) node.seen.length = 0;
      await checkOnline(ALICE, holder, online);
      await checkOnline(ALICE, holder, online);
      const asked = world.nodes[0]!.seen.map(({ request }) => {
        const { payload, signer } = decodeMessage(
          'gate-check',
          (request as { statement: string }).statement,
          'statement',
        );
        expect(signer).to.equal(device.kid);
        return payload.blinded;
      });
      expect(new Set(asked).size).to.equal(2);
    });
  });

  describe('without a connection', () => {
    const code = (change: Partial<ShownMaterial>, gate = offline) =>
      codeOf(checkOffline(ALICE, TICKET, { ...shown, ...change }, gate));

    it('knows the holder by document, salt and gate pass', async () => {
      const { syncedAt } = offline.list;
      expect(await checkOffline(ALICE, TICKET, shown, offline)).to.deep.equal({
        isHolder: true,
        credential: holder,
        syncedAt,
      });
    });

    it("refuses another person's document, another's ticket, and one that it does not know", async () => {
      const check = async (identity: string, ticket: string, salt = shown.salt) =>
        (await checkOffline(identity, ticket, { ...shown, salt }, offline)).reason;
      expect(await check(BOB, TICKET)).to.equal('another-person');
      expect(await check(ALICE, TICKET, withLetter(shown.salt, 3))).to.equal('another-person');
      expect(await check(ALICE, `${OPENING}:floor:A:2`)).to.equal('another-holder');
      expect(await check(ALICE, `${OPENING}:floor:A:3`)).to.equal('not-listed');
    });

    it('needs the passes of t nodes, all of the same', async () => {
      const [one, two, three] = shown.gatePasses as [string, string, string];
      expect(await code({})).to.equal('accepted');
      expect(await code({ gatePasses: [] })).to.equal('GATE_PASSES_TOO_FEW');
      expect(await code({ gatePasses: [one, two] })).to.equal('GATE_PASSES_TOO_FEW');
      expect(await code({ gatePasses: [one, two, two] })).to.equal('GATE_PASSES_TOO_FEW');
      expect(await code({ gatePasses: [one, one, one, two, three] })).to.equal('GATE_PASS_INVALID');
      expect(await code({ gatePasses: [one, two, withLetter(three, three.length - 20)] })).to.equal(
        'GATE_PASS_INVALID',
      );
      const { payload } = decodeMessage('gate-pass', one, 'pass');
      const node = newKey('node 4');
      for (const [key, change] of [
        [newKey('stranger'), {}],
        [node, { channel: 'other' }],
        [node, { event: CLOSING }],
        [node, { exp: 1 }],
        [node, { credential: 'A'.repeat(43) }],
        [node, { commitment: 'A'.repeat(43) }],
      ] as const)
        expect(await code({ gatePasses: [one, two, signAs('gate-pass', { ...payload, ...change }, key)] })).to.equal(
          'GATE_PASS_INVALID',
        );
    });

    it('takes no pass of another event or after the end', async () => {
      expect(await code({}, { ...offline, event: CLOSING })).to.equal('GATE_PASS_INVALID');
      expect(await code({}, { ...offline, now: () => Date.parse('2101-01-01T00:00:00Z') })).to.equal(
        'GATE_PASS_INVALID',
      );
    });
  });
});
