/**
 * What a ballot or a waiting list has to give: the free places of its allotments, by pages. After the close nothing moves any more, so it does not matter when
 * a page is looked at.
 */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { placeId, slugId } from '../ids.js';
import { allotmentKey, eventKey, ticketKey } from '../keys.js';
import { marketKey, supplyPageKey } from '../market/keys.js';
import { PLACES_PER_PAGE, placesOnPage } from '../market/places.js';
import type { FreePlaces, MarketRecord } from '../market/records.js';
import { requireSettling } from '../market/standing.js';
import { ofMarket, pageNumber, prepareStep } from '../market/step.js';
import { addMinor } from '../money.js';
import type { AllotmentRecord } from '../records.js';
import { refuse, require } from '../refusal.js';
import type { Prepare } from '../rule.js';
import type { State } from '../state.js';
import { isOnSale } from '../ticket.js';

const MAX_ALLOTMENTS = 64;

const supplying = z.strictObject({
  kind: z.literal('market.supply'),
  ...ofMarket,
  page: pageNumber,
  /** The market's, and the places of this page: so that they can be loaded. */
  allotments: z.array(slugId).min(1).max(MAX_ALLOTMENTS),
  places: z.array(placeId).min(1).max(PLACES_PER_PAGE),
});

export const prepareSupply: Prepare = (raw, callerMsp) =>
  prepareStep(
    supplying,
    raw,
    callerMsp,
    ({ page }) => [page],
    ({ event, market, page, allotments, places }) => ({
      reads: [
        eventKey(event),
        marketKey(event, market),
        ...allotments.map((allotment) => allotmentKey(event, allotment)),
        ...places.map((place) => ticketKey(event, place)),
      ],
      writes: [supplyPageKey(event, market, page)],
      decide(state) {
        requireEvent(state, event);
        const record = requireSettling(state, event, market);
        const supply = requireAllotments(state, event, record, allotments);
        const onPage = placesOnPage(supply, page);
        const same = onPage.length === places.length && onPage.every(([, place], at) => place === places[at]);
        require(same, 'MARKET_MISMATCH', { field: 'places', expected: onPage.map(([, place]) => place).join(' ') });
        const free = onPage.filter(([, place]) => isFree(state, event, record, place));
        state.put(supplyPageKey(event, market, page), byAllotment(free));
        return { result: { free: free.length } };
      },
    }),
  );

/** In their order. */
function requireAllotments(
  state: State,
  event: string,
  { allotments = [] }: MarketRecord,
  named: readonly string[],
): readonly AllotmentRecord[] {
  const same = allotments.length === named.length && allotments.every((allotment, at) => allotment === named[at]);
  require(same, 'MARKET_MISMATCH', { field: 'allotments', expected: allotments.join(' ') });
  return named.map(
    (allotment) =>
      state.get(allotmentKey(event, allotment)) ?? refuse('UNKNOWN_ALLOTMENT', { field: 'allotments', allotment }),
  );
}

/** A waiting list has what came back; a ballot also what never was sold. */
function isFree(state: State, event: string, { supply }: MarketRecord, place: string): boolean {
  const ticket = state.get(ticketKey(event, place));
  return isOnSale(ticket) && (supply === 'ballot' || ticket !== undefined);
}

function byAllotment(free: readonly (readonly [AllotmentRecord, string])[]): Readonly<Record<string, FreePlaces>> {
  // Not an object: it has members of its own, and an allotment may be called "constructor".
  const groups = new Map<string, FreePlaces>();
  for (const [{ allotment, priceClass, facePriceMinor, fees }, place] of free) {
    const totalMinor = fees.reduce((sum, { amountMinor }) => addMinor(sum, amountMinor, 'fees'), facePriceMinor);
    const { places } = groups.get(allotment) ?? { places: [] };
    groups.set(allotment, { priceClass, totalMinor, places: [...places, place] });
  }
  return Object.fromEntries(groups);
}
