/** What of the persons in a page's bids decides about them: how many tickets each may still buy, and what it has deposited. */
import type { EventRecord } from '../records.js';
import type { State } from '../state.js';
import { holderOf } from '../ticket.js';
import { depositKey } from './keys.js';
import { isKnown, type PageOrder } from './page-order.js';
import type { MarketRecord, OpenedPageRecord } from './records.js';

/** What a ticket of this supply counts as. */
export const countOf = ({ supply }: Pick<MarketRecord, 'supply'>) =>
  supply === 'resale'
    ? ({ bought: 'boughtResale', limit: 'resale' } as const)
    : ({ bought: 'boughtPrimary', limit: 'primary' } as const);

export function peopleIn(
  state: State,
  { event, policy }: EventRecord,
  market: MarketRecord,
  orders: readonly PageOrder[],
): OpenedPageRecord['people'] {
  const { bought, limit } = countOf(market);
  const bids = orders.flatMap((order) => (isKnown(order) && order.bid && order.void === undefined ? [order] : []));
  const credentials = new Set(bids.flatMap(({ credential, bid }) => [credential, ...(bid?.guests ?? [])]));
  const entries = [...credentials].sort().map((credential) => {
    const left = Math.max(0, policy.perPersonLimit[limit] - holderOf(state, event, credential)[bought]);
    const depositMinor = state.get(depositKey(event, market.market, credential))?.amountMinor ?? 0;
    return [credential, [left, depositMinor]] as const;
  });
  return Object.fromEntries(entries);
}
