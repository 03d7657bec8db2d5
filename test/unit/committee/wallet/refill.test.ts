import { expect } from 'chai';
import { acceptHandles, credentialFor, prepareHandles, replaceHolderKey } from '../../../../committee/wallet/index.js';
import { keptInRefill } from '../../../../committee/wallet/refill.js';
import { MAX_BLINDED, type BlindedState, type WalletState } from '../../../../committee/wallet/state.js';
import { ALICE, CLOSING, now, OPENING, OUTSIDE, SMALL, World } from './a-world.js';

describe('refill of a wallet', () => {
  let state: WalletState;
  let master: BlindedState;
  let handle: BlindedState;
  before(async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    ({ state } = wallet.store);
    master = state.blinded[0]!;
    handle = { ...state.blinded[1]!, event: undefined };
  });
  const named = (blinded: string, of: BlindedState, change: Partial<BlindedState> = {}) => ({
    ...of,
    blinded,
    ...change,
  });
  const keptOf = (blinded: readonly BlindedState[], room = MAX_BLINDED, nowMs = now()) =>
    keptInRefill({ ...state, blinded: [...blinded] }, room, nowMs).map((each) => each.blinded);

  it('drops what is over, what nobody has signed, and all master handles but the newest', () => {
    const over = { ...handle.signed!, exp: now() / 1000 };
    const blinded = [
      named('first master', master),
      named('over', handle, { signed: over }),
      named('used and over', handle, { signed: over, event: OPENING }),
      named('unsigned', handle, { signed: undefined }),
      named('newest master', master),
      named('unsigned master', master, { signed: undefined }),
      named('unused', handle),
    ];
    expect(keptOf(blinded)).to.deep.equal(['newest master', 'unused']);
  });

  it('makes room by handles whose credential has its key, then by unused ones, the oldest first', () => {
    const blinded = [
      named('master', master),
      named('unused 1', handle),
      named('begun', handle, { event: CLOSING }),
      named('done', handle, { event: OPENING }),
      named('unused 2', handle),
    ];
    expect(keptOf(blinded, 5)).to.have.length(5);
    expect(keptOf(blinded, 4)).to.deep.equal(['master', 'unused 1', 'begun', 'unused 2']);
    expect(keptOf(blinded, 3)).to.deep.equal(['master', 'begun', 'unused 2']);
    expect(keptOf(blinded, 0)).to.deep.equal(['master', 'begun']);
  });

  it('goes on however often there was one in a year', async () => {
    const world = new World(SMALL);
    const wallet = await world.wallet();
    await world.enrolled(wallet);
    await credentialFor(OPENING, wallet);
    await wallet.store.update((before) => {
      const unused = before.blinded.filter(({ kind, event }) => kind === 'event' && event === undefined);
      const more = Array.from({ length: MAX_BLINDED - before.blinded.length }, () => ({ ...unused[0]! }));
      return { ...before, blinded: [...before.blinded, ...more] };
    });
    const request = await prepareHandles({ identity: ALICE, desk: OUTSIDE }, wallet, 2);
    await acceptHandles([await world.attestor().signMaster(ALICE, request)], wallet);
    expect(wallet.store.state.blinded).to.have.length(MAX_BLINDED);
    await replaceHolderKey(OPENING, wallet);
    expect(wallet.store.state.credentials[OPENING]!.current!.sequence).to.equal(1);
  });
});
