import { expect } from 'chai';
import { Fault } from '../../../../chaincode/crypto/fault.js';
import { rulingsOf } from '../../../../chaincode/crypto/generation/board.js';
import type { Message } from '../../../../chaincode/crypto/generation/messages.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { begin, step } from '../../../../committee/protocol/index.js';
import { dealing, slander, wrongShare } from '../../../support/cheats.js';
import { secretNamed, withLetter } from '../../../support/curve.js';
import { aGeneration, Committee, seedOf, silent, type Conduct } from './a-committee.js';

const publicKey = (secret: bigint) => encodePoint(nodeSuite.multiplyBase(secret)!);

describe('a cheating dealer', () => {
  const cheats: readonly (readonly [string, Conduct, string])[] = [
    ['a wrong share', wrongShare(3, new Uint8Array(32).fill(1)), 'SHARE_INVALID'],
    ['a share of zero', wrongShare(3, new Uint8Array(32)), 'SHARE_INVALID'],
    ['a share above the order', wrongShare(3, new Uint8Array(32).fill(255)), 'SHARE_UNREADABLE'],
    ['noise', dealing(3, ({ ciphertext }) => ({ ciphertext: withLetter(ciphertext, 5) })), 'SHARE_UNREADABLE'],
    ['another ephemeral key', dealing(3, () => ({ enc: publicKey(secretNamed('x')) })), 'SHARE_UNREADABLE'],
  ];
  for (const [what, conduct, code] of cheats) {
    it(`is named by whom it deals ${what}, and the key comes without it`, () => {
      const committee = Committee.of(aGeneration(4, 3), { 2: conduct }).run();
      expect(rulingsOf(committee.board)).to.deep.equal([{ guilty: 'dealer', index: 2, code }]);
      expect(committee.board.outcome!.qualified).to.deep.equal([1, 3, 4]);
      for (const set of [
        [1, 2, 3],
        [1, 2, 4],
        [1, 3, 4],
        [2, 3, 4],
      ])
        expect(publicKey(committee.secretFrom(set))).to.equal(committee.key.groupKey);
    });
  }

  it("is named where it deals another's sealed share", () => {
    const copying = dealing(3, (_, { board }) => {
      const { enc, ciphertext } = board.dealings[1]!.shares.find(({ recipient }) => recipient === 3)!;
      return { enc, ciphertext };
    });
    const committee = Committee.of(aGeneration(4, 3), { 2: copying }).run();
    expect(rulingsOf(committee.board)).to.deep.equal([{ guilty: 'dealer', index: 2, code: 'SHARE_UNREADABLE' }]);
  });

  it('is named by everybody whom it cheats', () => {
    const both: Conduct = (message, state) => {
      const first = wrongShare(1, new Uint8Array(32).fill(1))(message, state);
      return wrongShare(3, new Uint8Array(32).fill(2))(first, state);
    };
    const committee = Committee.of(aGeneration(4, 3), { 2: both }).run();
    expect(rulingsOf(committee.board).map(({ guilty, index }) => `${guilty} ${index}`)).to.deep.equal([
      'dealer 2',
      'dealer 2',
    ]);
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 3, 4]);
  });

  it('fails the generation where fewer than t are left, and is named then too', () => {
    const cheat = wrongShare(4, new Uint8Array(32).fill(1));
    const committee = Committee.of(aGeneration(4, 3), { 1: cheat, 2: cheat }).run();
    expect(committee.board).to.include({ round: 'failed', failure: 'TOO_FEW_DEALERS' });
    expect(rulingsOf(committee.board).map(({ index }) => index)).to.deep.equal([1, 2]);
  });

  it("leaves a node without a share that didn't complain in time, and nobody else", () => {
    const conducts = {
      2: wrongShare(4, new Uint8Array(32).fill(1)),
      4: ((m) => (m.kind === 'verdict' ? undefined : m)) as Conduct,
    };
    const committee = Committee.of(aGeneration(4, 3), conducts).run();
    expect(committee.board.round).to.equal('usable');
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 2, 3, 4]);
    expect(committee.shareOf(4)).to.equal(undefined);
    expect(publicKey(committee.secretFrom([1, 2, 3]))).to.equal(committee.key.groupKey);
  });
});

describe('a false complainer', () => {
  it('is named, and the dealer stays', () => {
    const committee = Committee.of(aGeneration(4, 3), { 3: slander(1) }).run();
    expect(rulingsOf(committee.board)).to.deep.equal([{ guilty: 'recipient', index: 3, code: 'COMPLAINT_UNFOUNDED' }]);
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 2, 3, 4]);
  });

  it('is named where it shows another point than the true one', () => {
    const forging =
      (change: (complaint: { dealer: number; shared: string; proof: string }) => object): Conduct =>
      (message, state) => {
        const slandering = slander(1)(message, state);
        if (slandering.kind !== 'verdict') return slandering;
        return { ...slandering, complaints: slandering.complaints.map((each) => ({ ...each, ...change(each) })) };
      };
    const forgeries = [
      () => ({ shared: publicKey(5n) }),
      () => ({ shared: 'A'.repeat(44) }),
      ({ proof }: { proof: string }) => ({ proof: withLetter(proof, 60) }),
      () => ({ proof: '_'.repeat(85) + 'w' }),
      // The proof is of the share from dealer 1.
      () => ({ dealer: 2 }),
    ];
    for (const change of forgeries) {
      const committee = Committee.of(aGeneration(3, 2), { 3: forging(change) }).run();
      expect(rulingsOf(committee.board)).to.deep.equal([{ guilty: 'recipient', index: 3, code: 'COMPLAINT_UNPROVEN' }]);
      expect(committee.board.outcome!.qualified).to.deep.equal([1, 2, 3]);
    }
  });

  it('does not hide a cheating dealer', () => {
    const committee = Committee.of(aGeneration(5, 3), {
      1: wrongShare(4, new Uint8Array(32).fill(1)),
      2: slander(3),
      5: silent,
    }).run();
    expect(rulingsOf(committee.board)).to.deep.include({ guilty: 'dealer', index: 1, code: 'SHARE_INVALID' });
    expect(rulingsOf(committee.board)).to.deep.include({ guilty: 'recipient', index: 2, code: 'COMPLAINT_UNFOUNDED' });
    expect(committee.board.outcome!.qualified).to.deep.equal([2, 3, 4]);
  });

  it('opens its own share from that dealer and nothing else', () => {
    const committee = Committee.of(aGeneration(4, 3), { 3: slander(1) }).run();
    const verdict = committee.taken.find(
      (message) => message.kind === 'verdict' && message.recipient === 3,
    ) as Message & {
      kind: 'verdict';
    };
    const shown = verdict.complaints.map(({ shared }) => shared);
    expect(shown).to.have.length(1);
    const sealedKeys = committee.taken.flatMap((message) => (message.kind === 'deal' ? message.shares : []));
    expect(sealedKeys.map(({ enc }) => enc)).not.to.include(shown[0]);
  });
});

describe('a node', () => {
  const codeOf = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof Fault) return error.code;
      throw error;
    }
    return 'accepted';
  };
  const generation = aGeneration(4, 3);
  const beginning = (name: string) =>
    begin({ generation, role: { dealer: 1, recipient: 1 }, secret: { seed: seedOf(name) } });

  it('says so where somebody posts in its name', () => {
    const { state } = beginning('mine');
    for (const message of beginning('not mine').outbox as Message[])
      expect(codeOf(() => step(state, { kind: 'posted', message }))).to.equal('NOT_MY_MESSAGE');
    for (const message of beginning('mine').outbox as Message[])
      expect(codeOf(() => step(state, { kind: 'posted', message }))).to.equal('accepted');
    expect(codeOf(() => step(state, { kind: 'posted', message: { kind: 'destroyed', recipient: 1 } }))).to.equal(
      'NOT_MY_MESSAGE',
    );
  });

  it('does not take what the ledger should have refused', () => {
    const { state } = beginning('mine');
    const receive: Message = { kind: 'receive', recipient: 2, key: 'A'.repeat(44) };
    expect(codeOf(() => step(state, { kind: 'posted', message: receive }))).to.equal('POINT_INVALID');
    expect(codeOf(() => step(state, { kind: 'advanced', from: 'deal' }))).to.equal('WRONG_ROUND');
  });

  it('has only a role that the generation has', () => {
    const code = (role: object, secret: object = {}) =>
      codeOf(() => begin({ generation, role, secret: { seed: seedOf('mine'), ...secret } }));
    expect(code({ dealer: 5 })).to.equal('NOT_A_DEALER');
    expect(code({ recipient: 5 })).to.equal('NOT_A_RECIPIENT');
    expect(code({ dealer: 1 }, { constant: seedOf('x') })).to.equal('NOT_A_DEALER');
    expect(code({ recipient: 4 })).to.equal('accepted');
  });

  it('asks for the next round when its own clock says so', () => {
    const { state } = beginning('mine');
    expect(step(state, { kind: 'deadline', round: 'announce' }).outbox).to.deep.equal([
      { kind: 'advance', from: 'announce' },
    ]);
    expect(step(state, { kind: 'deadline', round: 'deal' }).outbox).to.deep.equal([]);
  });
});
