import { expect } from 'chai';
import { DEDUP, sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import type { KeyRecord } from '../../../../chaincode/domain/committee-records.js';
import type { Key } from '../../../../chaincode/domain/keys.js';
import { StoredKeys } from '../../../../committee/keys/held-keys.js';
import type { NodeState } from '../../../../committee/protocol/index.js';
import { refusalOf } from '../node/a-scene.js';
import { aSharedKey } from '../node/a-shared-key.js';

const EVENT = 'OrganizerMSP:opening-night';

describe('the keys that a node can use', () => {
  const { record, state } = aSharedKey(EVENT);
  const { key, ...without } = record;

  /** @param generation of which the node has the state */
  function keysWith(known: KeyRecord | undefined, stored?: NodeState, generation = 1) {
    const asked: string[] = [];
    const records = {
      read: <T>(at: Key<T>) => {
        asked.push(at);
        return Promise.resolve(known as T | undefined);
      },
    };
    const store = {
      get: (name: { readonly generation: number }) => (name.generation === generation ? stored : undefined),
    };
    return { keys: new StoredKeys({ records, store }), asked };
  }
  const of = (...scene: Parameters<typeof keysWith>) => refusalOf(keysWith(...scene).keys.of(EVENT));

  it('are usable ones of which it has a share', async () => {
    const { keys, asked } = keysWith(record, state);
    const { share, key: evaluation, generation } = await keys.of(EVENT);
    expect([share.index, evaluation.threshold, evaluation.publicShares.size]).to.deep.equal([1, 3, 4]);
    expect(generation).to.deep.equal(state.board.generation);
    expect(asked).to.deep.equal([sharedKeyKey(EVENT)]);
    await keys.of(DEDUP);
    expect(asked[1]).to.equal(sharedKeyKey(DEDUP));
  });

  it('are none where there is no key yet, it is being made, has failed or is destroyed', async () => {
    expect(await of(undefined)).to.equal('KEY_NOT_USABLE');
    for (const each of ['generating', 'failed', 'destroyed'] as const)
      expect(await of({ ...without, state: each }, state), each).to.equal('KEY_NOT_USABLE');
  });

  it('stay while another generation moves the key, and when that fails', async () => {
    for (const each of ['generating', 'failed'] as const)
      expect(await of({ ...record, generation: 2, state: each }, state), each).to.equal('accepted');
  });

  it('are none of another generation than the one in use', async () => {
    expect(await of({ ...record, generation: 2, key: { ...key!, generation: 2 } }, state)).to.equal('NO_SHARE');
    expect(await of(record, state, 2)).to.equal('NO_SHARE');
  });

  it('are none without a share, without the key or without a place in it', async () => {
    expect(await of(record)).to.equal('NO_SHARE');
    const { share, ...empty } = state;
    expect(share).to.be.a('string');
    expect(await of(record, { ...empty, destroyed: true })).to.equal('NO_SHARE');
    expect(await of(record, { ...state, role: {} })).to.equal('NO_SHARE');
    expect(await of(record, { ...state, role: { recipient: 5 } })).to.equal('NO_SHARE');
    const { outcome, ...unfinished } = state.board;
    expect(outcome).to.include.keys('groupKey');
    expect(await of(record, { ...state, board: unfinished })).to.equal('NO_SHARE');
  });
});
