/** Reads of the ledger about places: an event's allotments, and which places of an allotment are taken. */
import { allotmentPrefix, placeOfTicketKey, ticketPrefix } from '../../chaincode/domain/keys.js';
import type { AllotmentRecord, TicketRecord } from '../../chaincode/domain/records.js';
import { contains, sectionOf } from '../../chaincode/domain/seats.js';
import { isOnSale } from '../../chaincode/domain/ticket.js';
import type { ListedRecord, Records } from '../http/ports.js';

/** A page of records; the ledger reads no more in one evaluation. */
const PAGE = 500;
/** Bounds every listing: more places than the largest stadium has, with room to spare. */
const MAX_PAGES = 400;

/** All records below a prefix, page after page. */
export async function* listAll(records: Records, prefix: string): AsyncGenerator<ListedRecord> {
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const listed = await records.list({ prefix, limit: PAGE, ...(after !== undefined && { after }) });
    yield* listed;
    after = listed.at(-1)?.key;
    if (listed.length < PAGE) return;
  }
  throw new Error(`more than ${MAX_PAGES * PAGE} records below ${prefix}`);
}

export async function listAllotments(records: Records, event: string): Promise<readonly AllotmentRecord[]> {
  const allotments: AllotmentRecord[] = [];
  for await (const { record } of listAll(records, allotmentPrefix(event))) allotments.push(record as AllotmentRecord);
  return allotments;
}

/** Places of the allotment that are not on sale, by the ledger's records of now. */
export async function takenPlaces(
  records: Records,
  event: string,
  allotment: AllotmentRecord,
): Promise<readonly string[]> {
  const prefix = ticketPrefix(event, sectionOf(allotment, 'allotment'));
  const taken: string[] = [];
  for await (const { key, record } of listAll(records, prefix)) {
    const place = placeOfTicketKey(key);
    if (contains(allotment, place) && !isOnSale(record as TicketRecord)) taken.push(place);
  }
  return taken;
}
