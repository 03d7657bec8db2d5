/** What people try on a small market, drawn at random. Most of it succeeds; some is too dear, too late or by the wrong person. */
import fc from 'fast-check';
import { newKey, NOW, SCHEDULE } from '../support/statements.js';

export const PEOPLE = ['ann', 'ben', 'cleo', 'dan'].map((name) => newKey(`person ${name}`));
export const PLACES = ['floor:A:1', 'floor:A:2'];
/** Beginning, deadline of returns, end, and a day after the end. */
export const TIMES = [NOW, '2027-05-01T18:00:00Z', SCHEDULE.endsAt, '2027-05-02T22:00:00Z'];

const place = fc.nat(PLACES.length - 1);
const person = fc.nat(PEOPLE.length - 1);
const bps = (max: number) => fc.nat(max);

const steps = {
  sell: fc.record({ place, buyer: person }),
  /** Of the first price: near it mostly, above the cap now and then. */
  list: fc.record({
    place,
    askBps: fc.oneof(fc.integer({ min: 9_500, max: 12_500 }), bps(13_000)),
    sellerFeeBps: bps(1_050),
    buyerFeeBps: bps(1_050),
  }),
  buy: fc.record({ place, buyer: person }),
  withdraw: fc.record({ place }),
  transfer: fc.record({ place, to: person }),
  return: fc.record({ place }),
  void: fc.record({ place, reason: fc.constantFrom('error' as const, 'production' as const, 'fraud' as const) }),
  claim: fc.record({ place }),
  settle: fc.record({ place, issuesAgo: fc.nat(2) }),
  payout: fc.record({ who: person, shareBps: bps(11_000) }),
  /** From then on fees are refunded too. */
  milder: fc.record({}),
  postpone: fc.record({}),
  cancel: fc.record({}),
  wait: fc.record({ until: fc.nat(TIMES.length - 1) }),
};
type Kind = keyof typeof steps;
export type Steps = { [K in Kind]: (typeof steps)[K] extends fc.Arbitrary<infer V> ? { readonly type: K } & V : never };
export type Step = Steps[Kind];

const WEIGHTS: Readonly<Record<Kind, number>> = {
  ...{ sell: 8, list: 12, buy: 12, withdraw: 1, transfer: 4, return: 2, void: 1 },
  ...{ claim: 2, settle: 6, payout: 3, milder: 1, postpone: 1, cancel: 1, wait: 1 },
};

/** Histories of these kinds of steps, all unless given. */
export function historyOf(...kinds: readonly Kind[]): fc.Arbitrary<readonly Step[]> {
  const among = kinds.length > 0 ? kinds : (Object.keys(steps) as Kind[]);
  const arbitraries = among.map((type) => ({
    weight: WEIGHTS[type],
    arbitrary: (steps[type] as fc.Arbitrary<object>).map((step) => ({ type, ...step }) as Step),
  }));
  return fc.array(fc.oneof(...arbitraries), { minLength: 8, maxLength: 40, size: 'max' });
}

/** Of every kind; often of those only that leave an ended ticket behind with money in it. */
export const anyHistory = fc.oneof(historyOf(), historyOf('sell', 'list', 'buy', 'return', 'void', 'settle', 'wait'));
