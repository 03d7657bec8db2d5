/**
 * The board of a generation (crypto/generation/board.ts) out of the ledger's records. Every message was verified when it was posted and is put in its place
 * here as it is. A round in which everybody has posted is over without anybody's saying so; any other ends by its `closed` record.
 */
import { openBoard, type Board, type Round } from '../../crypto/generation/board.js';
import type { Message } from '../../crypto/generation/messages.js';
import type { Outcome } from '../../crypto/generation/outcome.js';
import { advance, isComplete } from '../../crypto/generation/rounds.js';
import type { ClosedRecord, GenerationRecord, MessageRecord } from '../committee-records.js';

export const ROUNDS = ['announce', 'deal', 'verdict', 'ready'] as const;
/** The rounds that end. */
export type ClosableRound = (typeof ROUNDS)[number];

/** In which round a message is first taken. */
export const ROUND_OF: Readonly<Record<Message['kind'], Round>> = {
  receive: 'announce',
  commit: 'announce',
  deal: 'deal',
  verdict: 'verdict',
  ready: 'ready',
  destroyed: 'usable',
};
export const KINDS = Object.keys(ROUND_OF) as readonly Message['kind'][];

/** What is taken of a key that is usable. */
const AT_END: ReadonlySet<Message['kind']> = new Set(['ready', 'destroyed']);

/** A generation's records. */
export interface Posted {
  readonly record: GenerationRecord;
  readonly messages: readonly MessageRecord[];
  readonly closed: Readonly<Partial<Record<Round, ClosedRecord>>>;
}

/** @returns the board in the round that is going on now */
export function boardFrom({ record, messages, closed }: Posted): Board {
  const inRound = (round: Round) => messages.filter(({ message }) => ROUND_OF[message.kind] === round);
  let board = openBoard(record.generation);
  for (const round of ROUNDS) {
    board = inRound(round).reduce(withPosted, board);
    // The key is made usable in so many words: whoever uses it reads one record.
    const over = closed[round] !== undefined || (round !== 'ready' && isComplete(board));
    if (over) board = advance(board, true);
    if (!over || board.round === 'failed') return board;
  }
  return inRound('usable').reduce(withPosted, board);
}

/** The same once the key is usable, without the way there. */
export function boardAtEnd({ record, messages }: Posted, outcome: Outcome): Board {
  const ended: Board = { ...openBoard(record.generation), round: 'usable', outcome };
  return messages.filter(({ message }) => AT_END.has(message.kind)).reduce(withPosted, ended);
}

function withPosted(board: Board, { message, rulings = [] }: MessageRecord): Board {
  switch (message.kind) {
    case 'receive':
      return { ...board, receivingKeys: { ...board.receivingKeys, [message.recipient]: message.key } };
    case 'commit':
      return { ...board, digests: { ...board.digests, [message.dealer]: message.digest } };
    case 'deal':
      return { ...board, dealings: { ...board.dealings, [message.dealer]: message } };
    case 'verdict':
      return { ...board, verdicts: { ...board.verdicts, [message.recipient]: rulings } };
    case 'ready':
      return { ...board, ready: [...board.ready, message.recipient] };
    case 'destroyed':
      return { ...board, destroyed: [...board.destroyed, message.recipient] };
  }
}
