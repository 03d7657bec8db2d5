/** The places that a ballot or a waiting list has to give: those that nobody holds, of returns only those that came back. */
import { allotmentKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { supplyPageKey } from '../../../chaincode/domain/market/keys.js';
import { placesOnPage } from '../../../chaincode/domain/market/places.js';
import type { FreePlaces } from '../../../chaincode/domain/market/records.js';
import { differ } from '../difference.js';
import { marketIn, type Paged, type Recompute } from './step.js';

const ENDED = ['returned', 'refunded', 'void'];

export const supply: Recompute<Paged> = (stepping, { page }) => {
  const { state, event, market, evidence } = stepping;
  const record = marketIn(stepping, 'closed', 'frozen', 'revealed');
  const allotments = (record.allotments ?? []).map((name) => {
    const key = allotmentKey(event, name);
    return state.get(key) ?? differ(key, 'an allotment', 'none');
  });
  const free = new Map<string, FreePlaces>();
  for (const [{ allotment, priceClass, facePriceMinor, fees }, place] of placesOnPage(allotments, page)) {
    const ticket = state.get(ticketKey(event, place));
    evidence.places[place] = ticket?.state ?? null;
    const available = ticket ? ENDED.includes(ticket.state) : record.supply === 'ballot';
    if (!available) continue;
    const totalMinor = fees.reduce((sum, { amountMinor }) => sum + amountMinor, facePriceMinor);
    free.set(allotment, { priceClass, totalMinor, places: [...(free.get(allotment)?.places ?? []), place] });
  }
  state.put(supplyPageKey(event, market, page), Object.fromEntries(free));
  evidence.allotments = allotments;
  return [];
};
