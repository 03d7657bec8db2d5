/** What the time of things tells: guesses by it, to be held against what chance alone would get right. */
import { enrolmentKey } from '../../../../../chaincode/domain/committee-keys.js';
import type { Block } from '../../../../../gateway/fabric/blocks.js';
import type { LivePerson } from '../../../../support/live-people.js';
import type { Exchange } from '../../../../support/recorded-http.js';
import { credentialOf, type Visit } from './season.js';

export interface Moment extends Visit {
  readonly atMs: number;
}

/** Visits as the ledger took them, with the time that anybody can read there. */
export function momentsOnLedger(blocks: readonly Block[], visits: readonly Visit[]): readonly Moment[] {
  const byKey = new Map(visits.map((visit) => [enrolmentKey(visit.event, credentialOf(visit)) as string, visit]));
  return blocks.flatMap(({ transactions }) =>
    // One that conflicted came once more.
    transactions
      .filter(({ validationCode }) => validationCode === 'VALID')
      .flatMap(({ timestamp, call }) =>
        (call?.writes ?? []).flatMap(({ key }) => {
          const visit = byKey.get(key);
          return visit ? [{ ...visit, atMs: Date.parse(timestamp) }] : [];
        }),
      ),
  );
}

/** As their attestor remembers them: by the time at which each had the handles for events signed. */
export function orderAtDesk(people: readonly LivePerson[], exchanges: readonly Exchange[]): readonly LivePerson[] {
  const desk = exchanges.filter(({ url }) => url.endsWith('/v1/attestations'));
  const lastOf = ({ passport }: LivePerson) =>
    Math.max(...desk.filter(({ request }) => request.includes(passport.number)).map(({ askedAtMs }) => askedAtMs));
  const times = new Map(people.map((person) => [person, lastOf(person)]));
  return [...people].sort((one, other) => times.get(one)! - times.get(other)!);
}

/** The k-th at the desk is the k-th at the event: how often that is right, for each event among those who came to it. */
export function rightByRank(people: readonly LivePerson[], moments: readonly Moment[]): number {
  return eventsIn(moments)
    .map((event) => {
      const came = moments.filter((moment) => moment.event === event && people.includes(moment.person));
      const guessed = people.filter((person) => came.some((moment) => moment.person === person));
      return came.filter(({ person }, at) => guessed[at] === person).length;
    })
    .reduce((all, right) => all + right, 0);
}

/** Who was at one event is, at another, whoever was enrolled there at the nearest moment. */
export function rightByMoment(moments: readonly Moment[]): number {
  return pairsOf(moments).filter(({ moment, there }) => {
    const distance = ({ atMs }: Moment) => Math.abs(atMs - moment.atMs);
    const nearest = there.reduce((best, each) => (distance(each) < distance(best) ? each : best));
    return nearest.person === moment.person;
  }).length;
}

/** How many of these guesses are right on average where time tells nothing. */
export const rightByChance = (moments: readonly Moment[]): number =>
  pairsOf(moments)
    .filter(({ moment, there }) => there.some(({ person }) => person === moment.person))
    .reduce((all, { there }) => all + 1 / there.length, 0);

function pairsOf(moments: readonly Moment[]) {
  return moments.flatMap((moment) =>
    eventsIn(moments)
      .filter((event) => event !== moment.event)
      .map((event) => ({ moment, there: moments.filter((each) => each.event === event) })),
  );
}

const eventsIn = (moments: readonly Moment[]): readonly string[] => [...new Set(moments.map(({ event }) => event))];

/** Five standard deviations above the mean of a Poisson distribution, which counts of rare coincidences have: once in a million seasons. */
export const farAboveChance = (mean: number): number => mean + 5 * Math.sqrt(mean);
