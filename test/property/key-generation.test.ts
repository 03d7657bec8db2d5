/** Random courses of a key generation on the ledger: who falls silent in which round, and how late it gets before somebody ends it. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Board } from '../../chaincode/crypto/generation/board.js';
import type { Message } from '../../chaincode/crypto/generation/messages.js';
import { appointCommittee } from '../support/committee.js';
import { KeyGeneration, silentFrom } from '../support/key-generation.js';
import { TestLedger } from '../support/test-ledger.js';

const NODES = 4;
const THRESHOLD = 3;
const kind = fc.constantFrom<Message['kind']>('receive', 'commit', 'deal', 'verdict', 'ready');
/** By node, from which message on it is not heard. */
const silences = fc.dictionary(fc.constantFrom('1', '2', '3', '4'), kind, { maxKeys: NODES });

/** Nodes remember who was ready in the order in which they heard it. */
const inOrder = ({ ready, ...board }: Board) => ({ ...board, ready: [...ready].sort() });

describe('a key generation', () => {
  it('comes to a key that t nodes hold, or to a failure, and every node sees the same', () => {
    const check = (silent: Readonly<Record<string, Message['kind']>>) => {
      const ledger = TestLedger.founded();
      const conducts = Object.fromEntries(Object.entries(silent).map(([index, from]) => [index, silentFrom(from)]));
      const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts }).run();
      const { key, board } = course;
      if (Object.keys(silent).length <= NODES - THRESHOLD) expect(key.state).to.equal('usable');
      expect(['usable', 'failed']).to.include(key.state);
      expect(key.state === 'usable').to.equal(board.ready.length >= THRESHOLD);
      expect(key.key?.groupKey).to.equal(key.state === 'usable' ? board.outcome!.groupKey : undefined);
      for (const { state } of course.nodes) expect(inOrder(state.board)).to.deep.equal(inOrder(board));
      expect(course.outcomes.every(({ outcome }) => outcome.accepted)).to.equal(true);
    };
    fc.assert(fc.property(silences, check), { numRuns: 25 });
  });
});
