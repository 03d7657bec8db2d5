/** How the rounds of a key generation end: when nobody is awaited any more or the deadline has passed; and what each leads to. */
import { check } from '../fault.js';
import { indexesIn, rulingsOf, type Board, type ByIndex, type Failure } from './board.js';
import { dealersNeeded, dealersOf, recipientsNeeded, recipientsOf } from './generation.js';
import type { Dealing } from './messages.js';
import { outcomeOf, qualifiedSet } from './outcome.js';

/** Whom the round still waits for. When it ends, these are the silent ones. */
export interface Awaited {
  readonly dealers: readonly number[];
  readonly recipients: readonly number[];
}

export function awaitedBy(board: Board): Awaited {
  const without = (indexes: readonly number[], record: ByIndex<unknown>) =>
    indexes.filter((index) => !(index in record));
  const { generation, receivingKeys, digests, dealings, verdicts, outcome, ready } = board;
  switch (board.round) {
    case 'announce':
      return {
        dealers: without(dealersOf(generation), digests),
        recipients: without(recipientsOf(generation), receivingKeys),
      };
    case 'deal':
      return { dealers: without(indexesIn(digests), dealings), recipients: [] };
    case 'verdict':
      return { dealers: [], recipients: without(indexesIn(receivingKeys), verdicts) };
    case 'ready':
    case 'usable':
      return {
        dealers: [],
        recipients: indexesIn(outcome?.publicShares ?? {}).filter((index) => !ready.includes(index)),
      };
    case 'failed':
      return { dealers: [], recipients: [] };
  }
}

/** Nothing follows. */
export const isOver = ({ round }: Board): boolean => round === 'usable' || round === 'failed';

/** Whether the round may end before its deadline. */
export function isComplete(board: Board): boolean {
  if (isOver(board)) return false;
  if (board.round === 'ready') return board.ready.length >= board.generation.threshold;
  const { dealers, recipients } = awaitedBy(board);
  return dealers.length + recipients.length === 0;
}

/**
 * The board in its next round.
 * @param deadlinePassed by the ledger's clock
 * @throws {Fault} ROUND_NOT_OVER
 */
export function advance(board: Board, deadlinePassed: boolean): Board {
  check(!isOver(board) && (deadlinePassed || isComplete(board)), 'ROUND_NOT_OVER', 'round');
  const failure = failureOf(board);
  if (failure) return { ...board, round: 'failed', failure };
  switch (board.round) {
    case 'announce':
      return { ...board, round: 'deal' };
    case 'deal':
      return { ...board, round: 'verdict' };
    case 'verdict':
      return conclude(board);
    default:
      return { ...board, round: 'usable' };
  }
}

function failureOf(board: Board): Failure | undefined {
  const { generation, round, receivingKeys, digests, dealings, ready } = board;
  const needed = dealersNeeded(generation);
  switch (round) {
    case 'announce':
      if (indexesIn(receivingKeys).length < recipientsNeeded(generation)) return 'TOO_FEW_RECIPIENTS';
      return indexesIn(digests).length < needed ? 'TOO_FEW_DEALERS' : undefined;
    case 'deal':
      return indexesIn(dealings).length < needed ? 'TOO_FEW_DEALERS' : undefined;
    case 'verdict':
      return qualifiedIn(board).length < needed ? 'TOO_FEW_DEALERS' : undefined;
    default:
      return ready.length < generation.threshold ? 'TOO_FEW_READY' : undefined;
  }
}

/** The dealings that make up the key. */
export function qualifiedIn(board: Board): Dealing[] {
  const dealings = Object.values(board.dealings);
  const qualified = qualifiedSet(indexesIn(board.dealings), rulingsOf(board));
  return dealings.filter(({ dealer }) => qualified.includes(dealer));
}

function conclude(board: Board): Board {
  const outcome = outcomeOf(board.generation, qualifiedIn(board), indexesIn(board.receivingKeys));
  return outcome ? { ...board, round: 'ready', outcome } : { ...board, round: 'failed', failure: 'KEY_DEGENERATE' };
}
