/** How long a round waits for silent nodes. Times are those of transactions: a peer takes one that is off by a minute, so nothing secret hangs on them. */
import { ROUND_OF, ROUNDS, type ClosableRound, type Posted } from './board.js';

/** Many times what a node needs that is there. */
export const ROUND_SECONDS = 15;

/** When a round began: with the end of the one before it. Seconds since 1970. */
function startOf({ record, messages, closed }: Posted, round: ClosableRound): number {
  const before = ROUNDS[ROUNDS.indexOf(round) - 1];
  if (before === undefined) return record.startedAt;
  const last = messages.filter(({ message }) => ROUND_OF[message.kind] === before).map(({ at }) => at);
  return closed[before]?.at ?? Math.max(record.startedAt, ...last);
}

/** From when on anybody may end the round. Seconds since 1970. */
export const deadlineOf = (posted: Posted, round: ClosableRound): number => startOf(posted, round) + ROUND_SECONDS;
