/** Where a market stands: each step is taken in one state and no other. */
import { refuse, require, type RefusalCode } from '../refusal.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { marketKey } from './keys.js';
import type { MarketRecord, MarketState } from './records.js';

const EXPECTED: Readonly<Record<'open' | 'closed' | 'frozen' | 'revealed' | 'cleared' | 'over', RefusalCode>> = {
  open: 'MARKET_NOT_OPEN',
  closed: 'MARKET_NOT_CLOSED',
  frozen: 'MARKET_NOT_FROZEN',
  revealed: 'MARKET_NOT_REVEALED',
  cleared: 'MARKET_NOT_CLEARED',
  over: 'MARKET_NOT_OVER',
};

export const isOver = (state: MarketState): boolean => state === 'finished' || state === 'aborted';

export function findMarket(state: State, event: string, market: number): MarketRecord {
  return state.get(marketKey(event, market)) ?? refuse('UNKNOWN_MARKET', { field: 'market', market });
}

/** @throws {Refusal} UNKNOWN_MARKET, or the code of the state that is asked for, naming the one that is */
export function requireMarket(
  state: State,
  event: string,
  market: number,
  expected: keyof typeof EXPECTED,
): MarketRecord {
  const record = findMarket(state, event, market);
  const fits = expected === 'over' ? isOver(record.state) : record.state === expected;
  require(fits, EXPECTED[expected], { field: 'market', market, state: record.state });
  return record;
}

/** Orders and deposits are taken until the close. The record is what one that is held back conflicts with; the time is for the moment before it is written. */
export function requireTaking(state: State, event: string, market: number, { now }: Context): MarketRecord {
  const record = requireMarket(state, event, market, 'open');
  const { closesAt } = record;
  require(now < closesAt, 'MARKET_NOT_OPEN', { field: 'market', market, state: record.state, closesAt });
  return record;
}

/** From the close to the clearing nothing moves, and its supply may be looked at. */
export function requireSettling(state: State, event: string, market: number): MarketRecord {
  const record = findMarket(state, event, market);
  const settling = ['closed', 'frozen', 'revealed'].includes(record.state);
  require(settling, 'MARKET_NOT_CLOSED', { field: 'market', market, state: record.state });
  return record;
}
