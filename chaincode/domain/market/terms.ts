/** What an organizer may fix when it opens a market: times, what is traded, fees within the policy. */
import { windowOf } from '../gates.js';
import { gateKey } from '../keys.js';
import type { EventRecord } from '../records.js';
import { require } from '../refusal.js';
import type { Context } from '../rule.js';
import { secondsOf } from '../time.js';
import type { State } from '../state.js';
import { isWithinBounds } from './quotas.js';
import type { MarketTerms } from './records.js';

/** So long at least the committee has to reveal: a minute, and one more because the transaction that aborts may be dated ahead by as much. */
export const REVEAL_SECONDS = 120;
/** And so long at most: meanwhile nothing of the event changes hands. */
const MAX_REVEAL_SECONDS = 86_400;

/**
 * All deposits of a market, in minor units. A balance is at most 2^53 - 1: thousands of markets must add up to less, or one person's balance would keep a whole
 * page of strangers' trades from being settled.
 */
export const MAX_GUARANTEED_MINOR = 1_000_000_000_000;

const NOT_OPEN = { resale: 'RESALE_NOT_OPEN', sales: 'SALES_NOT_OPEN' } as const;

/** And so long before the doors open a market that is revealed has to be settled: what is not settled by then lapses. */
const SETTLING_SECONDS = 900;

/** By which gate's window a supply is traded. */
export const gateOf = ({ supply }: Pick<MarketTerms, 'supply'>) => (supply === 'resale' ? 'resale' : 'sales');

/** @throws {Refusal} INVALID_MARKET naming the term */
export function requireTerms(terms: MarketTerms, { schedule }: EventRecord, { now }: Context): void {
  const { supply, priceClasses, allotments, closesAt, abortableAt, depositSteps, quotas, guarantees } = terms;
  const check = (holds: boolean, field: string, because: string) =>
    require(holds, 'INVALID_MARKET', { field: `statement.${field}`, reason: because });
  check(now < closesAt, 'closesAt', 'has passed');
  const reveal = secondsOf(abortableAt) - secondsOf(closesAt);
  check(reveal >= REVEAL_SECONDS, 'abortableAt', `is less than ${REVEAL_SECONDS} seconds after the close`);
  check(reveal <= MAX_REVEAL_SECONDS, 'abortableAt', `is more than ${MAX_REVEAL_SECONDS} seconds after the close`);
  const settling = secondsOf(schedule.doorsOpenAt) - secondsOf(abortableAt);
  check(settling >= SETTLING_SECONDS, 'abortableAt', `is less than ${SETTLING_SECONDS} seconds before the doors open`);
  const ascending = depositSteps.every((step, at) => at === 0 || step > (depositSteps[at - 1] ?? 0));
  check(ascending, 'depositSteps', 'do not ascend');
  check(Object.keys(quotas).length > 0 && isWithinBounds(quotas), 'quotas', 'are none or too many');
  const guaranteed = Object.values(guarantees).reduce((sum, each) => sum + each, 0);
  check(guaranteed > 0 && guaranteed <= MAX_GUARANTEED_MINOR, 'guarantees', 'are none or too much');
  const distinct = (names: readonly string[] = []) => new Set(names).size === names.length;
  check(distinct(priceClasses) && distinct(allotments), 'allotments', 'name something twice');
  const resale = supply === 'resale';
  check(resale === (allotments === undefined), 'allotments', 'go with a ballot or returns');
  check(resale || priceClasses === undefined, 'priceClasses', 'go with a resale');
}

/** The organizer keeps its supply from being sold. @throws {Refusal} SALES_NOT_OPEN, RESALE_NOT_OPEN */
export function requireNotStopped(state: State, { event }: EventRecord, terms: Pick<MarketTerms, 'supply'>): void {
  const gate = gateOf(terms);
  const record = state.get(gateKey(event, gate));
  const recorded = record?.state ?? 'pending';
  require(!record?.byOrganizer, NOT_OPEN[gate], { field: 'event', recorded });
}

/**
 * It is on record that its supply could be traded: what the rules promise buyers from then on, they promise those of the market too. Resale that waits for
 * the last ticket may not have opened: then the market comes to nothing.
 */
function requireOpened(state: State, { event }: EventRecord, terms: Pick<MarketTerms, 'supply'>): void {
  const gate = gateOf(terms);
  const record = state.get(gateKey(event, gate));
  const field = gate === 'resale' ? 'policy.resaleOpensAfter' : 'schedule.salesOpenAt';
  require(record?.hasOpened === true, NOT_OPEN[gate], { field, recorded: record?.state ?? 'pending' });
}

/** The market closes while its supply may be traded. @throws {Refusal} RESALE_NOT_OPEN, SALES_NOT_OPEN */
export function requireTradingTime(state: State, event: EventRecord, terms: MarketTerms): void {
  const gate = gateOf(terms);
  const record = state.get(gateKey(event.event, gate));
  const [opens, closes] = windowOf(event, gate, record);
  const { closesAt } = terms;
  const inTime = closesAt >= opens.at && closesAt < closes.at;
  require(inTime, NOT_OPEN[gate], {
    field: closesAt < opens.at ? opens.by : closes.by,
    closesAt,
    policyVersion: event.policyVersion,
  });
}

/** By the close the supply could be traded, and still may. @throws {Refusal} RESALE_NOT_OPEN, SALES_NOT_OPEN */
export function requireTradable(state: State, event: EventRecord, terms: MarketTerms): void {
  requireTradingTime(state, event, terms);
  requireNotStopped(state, event, terms);
  requireOpened(state, event, terms);
}
