/**
 * The board: what the ledger holds of one key generation, and which message it takes when (COMMITTEE protocol, key generation). Nodes replay the same
 * functions on what their peer shows them, so nobody has to believe a ruling. Rounds:
 *
 *   announce  receiving keys, and digests of the dealings       → deal
 *   deal      commitments, proofs of possession, sealed shares  → verdict
 *   verdict   complaints, judged as they come                   → ready, with the qualified set and the key fixed
 *   ready     t nodes state that they hold their shares         → usable
 *
 * A round ends when everybody has posted or its deadline has passed; with too few it ends in `failed`, and a new key id begins again.
 */
import { check } from '../fault.js';
import { judgeComplaint, type Ruling } from './complaint.js';
import { verifyCommitment, verifyDealing, verifyReceiving } from './dealing.js';
import type { Generation } from './generation.js';
import type { Dealing, Message, MessageOf } from './messages.js';
import { verifyReady, type Outcome } from './outcome.js';

export type Round = 'announce' | 'deal' | 'verdict' | 'ready' | 'usable' | 'failed';
export type Failure = 'TOO_FEW_RECIPIENTS' | 'TOO_FEW_DEALERS' | 'TOO_FEW_READY' | 'KEY_DEGENERATE';

export type ByIndex<T> = Readonly<Record<number, T>>;

/** JSON. Records by index; `Object.keys` has integers ascending. */
export interface Board {
  readonly generation: Generation;
  readonly round: Round;
  readonly receivingKeys: ByIndex<string>;
  readonly digests: ByIndex<string>;
  readonly dealings: ByIndex<Dealing>;
  /** One entry for each recipient who has given its verdict. */
  readonly verdicts: ByIndex<readonly Ruling[]>;
  readonly outcome?: Outcome;
  readonly ready: readonly number[];
  readonly destroyed: readonly number[];
  readonly failure?: Failure;
}

export function openBoard(generation: Generation): Board {
  const empty = { receivingKeys: {}, digests: {}, dealings: {}, verdicts: {}, ready: [], destroyed: [] };
  return { generation, round: 'announce', ...empty };
}

export const indexesIn = (record: ByIndex<unknown>): number[] => Object.keys(record).map(Number);

/** Everybody who was named, by whom it was found out first. */
export const rulingsOf = ({ verdicts }: Board): Ruling[] => Object.values(verdicts).flat();

const OPEN: Readonly<Record<Message['kind'], readonly Round[]>> = {
  receive: ['announce'],
  commit: ['announce'],
  deal: ['deal'],
  verdict: ['verdict'],
  ready: ['ready', 'usable'],
  destroyed: ['usable'],
};

/**
 * The board with one more message. Its sender's signature, and that the sender is the node of that index, is the caller's to check.
 * @throws {Fault} WRONG_ROUND, ALREADY_POSTED, NOT_A_DEALER, NOT_A_RECIPIENT, and what the message's verification throws
 */
export function post(board: Board, message: Message): Board {
  check(OPEN[message.kind].includes(board.round), 'WRONG_ROUND', 'kind');
  switch (message.kind) {
    case 'receive':
      return postReceiving(board, message);
    case 'commit':
      return postCommitment(board, message);
    case 'deal':
      return postDealing(board, message);
    case 'verdict':
      return postVerdict(board, message);
    case 'ready':
      return postReady(board, message);
    case 'destroyed':
      return postDestroyed(board, message);
  }
}

function postReceiving(board: Board, message: MessageOf<'receive'>): Board {
  const { recipient, key } = message;
  check(!(recipient in board.receivingKeys), 'ALREADY_POSTED', 'recipient');
  verifyReceiving(board.generation, message);
  return { ...board, receivingKeys: { ...board.receivingKeys, [recipient]: key } };
}

function postCommitment(board: Board, message: MessageOf<'commit'>): Board {
  const { dealer, digest } = message;
  check(!(dealer in board.digests), 'ALREADY_POSTED', 'dealer');
  verifyCommitment(board.generation, message);
  return { ...board, digests: { ...board.digests, [dealer]: digest } };
}

function postDealing(board: Board, dealing: Dealing): Board {
  const { dealer } = dealing;
  check(!(dealer in board.dealings), 'ALREADY_POSTED', 'dealer');
  const terms = { digest: board.digests[dealer], recipients: indexesIn(board.receivingKeys) };
  verifyDealing(board.generation, terms, dealing);
  return { ...board, dealings: { ...board.dealings, [dealer]: dealing } };
}

function postVerdict(board: Board, { recipient, complaints }: MessageOf<'verdict'>): Board {
  const receivingKey = board.receivingKeys[recipient];
  check(receivingKey !== undefined, 'NOT_A_RECIPIENT', 'recipient');
  check(!(recipient in board.verdicts), 'ALREADY_POSTED', 'recipient');
  check(new Set(complaints.map(({ dealer }) => dealer)).size === complaints.length, 'COMPLAINT_REPEATED', 'complaints');
  const rulings = complaints.map((complaint, at) => {
    const dealing = board.dealings[complaint.dealer];
    check(dealing !== undefined, 'UNKNOWN_DEALING', `complaints[${at}].dealer`);
    return judgeComplaint(board.generation, dealing, { recipient, receivingKey }, complaint);
  });
  return { ...board, verdicts: { ...board.verdicts, [recipient]: rulings } };
}

function postReady(board: Board, message: MessageOf<'ready'>): Board {
  check(board.outcome !== undefined, 'WRONG_ROUND', 'kind');
  check(!board.ready.includes(message.recipient), 'ALREADY_POSTED', 'recipient');
  verifyReady(board.generation, board.outcome, message);
  return { ...board, ready: [...board.ready, message.recipient] };
}

function postDestroyed(board: Board, { recipient }: MessageOf<'destroyed'>): Board {
  check(recipient in (board.outcome?.publicShares ?? {}), 'NOT_A_RECIPIENT', 'recipient');
  check(!board.destroyed.includes(recipient), 'ALREADY_POSTED', 'recipient');
  return { ...board, destroyed: [...board.destroyed, recipient] };
}
