/** After a hot event, from world state alone: does each seat belong to the one buyer who was told so? */
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { withLedger } from './ledger-check.js';

/** @param sold who was told that he had each place, as often as somebody was @returns places for which that is not so */
export async function checkSales(
  profile: FabricProfile,
  event: string,
  places: readonly string[],
  sold: readonly (readonly [place: string, buyer: string])[],
): Promise<number> {
  return withLedger(profile, async (readAll) => {
    const tickets = new Map((await readAll<TicketRecord>(`${event}/t/`)).map(({ key, record }) => [key, record]));
    const told = new Map<string, string[]>();
    for (const [place, buyer] of sold) told.set(place, [...(told.get(place) ?? []), buyer]);
    return places.filter((place) => {
      const [buyer, ...others] = told.get(place) ?? [];
      return others.length > 0 || tickets.get(ticketKey(event, place))?.holder !== buyer;
    }).length;
  });
}
