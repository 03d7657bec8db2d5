/** What a flood of reads came to, and what must hold of one: all that was offered is answered or shed. */
import type { FloodReport } from './flood-worker.js';
import { requireNone } from './sale-check.js';
import { spreadOf, type Spread } from './statistics.js';

/** What a read may be answered; 404 of tickets that are not sold yet. */
const ANSWERED = ['200', '404'];
const SHED = '503';
/** Who offers less has not flooded anything. */
const MIN_OFFERED_PER_SECOND = 9_900;
const MIN_FULL_SECONDS = 2;

export interface FloodFigures {
  readonly readsOfferedPerSecond: Spread;
  /** Answered or shed while reads were offered, once as many waited for an answer as later. */
  readonly readsHandledPerSecond: Spread;
  readonly readsAnsweredPerSecond: Spread;
  readonly readsNotFoundPerSecond: Spread;
  readonly readsShedPerSecond: Spread;
}

/** @throws {Error} where a flood was none, or a read was neither answered nor shed */
export function floodFigures(floods: readonly FloodReport[]): FloodFigures {
  for (const [round, flood] of floods.entries()) requireHandled(round + 1, flood);
  const spread = (rateOf: (flood: FloodReport) => number) => spreadOf(floods.map(rateOf), 0);
  const answered = (status: string) => spread((flood) => countOf(flood, status) / flood.handledSeconds);
  return {
    readsOfferedPerSecond: spread(({ offered, seconds }) => offered / seconds),
    readsHandledPerSecond: spread(({ handledSinceFull, fullSeconds }) => handledSinceFull / fullSeconds),
    readsAnsweredPerSecond: answered('200'),
    readsNotFoundPerSecond: answered('404'),
    readsShedPerSecond: answered(SHED),
  };
}

function requireHandled(round: number, flood: FloodReport): void {
  const { seconds, fullSeconds, offered, answered, broken } = flood;
  const perSecond = Math.round(offered / seconds);
  const others = Object.entries(answered).filter(([status]) => ![...ANSWERED, SHED].includes(status));
  requireNone(`flood ${round}`, {
    tooShortSeconds: Math.max(0, MIN_FULL_SECONDS - fullSeconds),
    tooFewPerSecond: Math.max(0, MIN_OFFERED_PER_SECOND - perSecond),
    neitherAnsweredNorShed: offered - handledOf(flood),
    otherAnswers: others.map(([status, count]) => `${status}: ${count}`),
    brokenConnections: broken,
  });
}

const countOf = ({ answered }: FloodReport, status: string): number => answered[status] ?? 0;
const handledOf = (flood: FloodReport): number =>
  [...ANSWERED, SHED].reduce((sum, status) => sum + countOf(flood, status), 0);
