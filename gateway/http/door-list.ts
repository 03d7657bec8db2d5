/**
 * An event's tickets as a gate device takes them along, for when it has no connection: whose each is, and the version that a scan must name. It says nothing
 * that the ledger's readers don't know, and no more than the door needs: no prices, no history, no ticket that admits nobody.
 */
import { ticketIdOf } from '../../chaincode/domain/ids.js';
import { placeOfTicketKey, ticketKey, ticketsPrefix } from '../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import { requireEventRecord } from './event-reader.js';
import type { ListedRecord, Records } from './ports.js';

/** A ticket in one of these states may still be shown at the door. */
export const AT_THE_DOOR = ['sold', 'listed', 'admitted', 'exited'] as const;
type DoorState = (typeof AT_THE_DOOR)[number];

export interface DoorTicket {
  readonly ticket: string;
  readonly issue: number;
  readonly change: number;
  readonly state: DoorState;
  readonly holder: string;
}

export interface DoorPage {
  readonly tickets: DoorTicket[];
  /** The place after which the next page begins. */
  readonly next?: string;
}

/** The most that the ledger lists at once. A house is read in few requests, so that a gate has its list before its address has had its share. */
export const MAX_DOOR_PAGE = 1_000;

/** One page of the ledger's: of tickets that ended nothing is told, so it may be short and still have a next one. @throws {Refusal} UNKNOWN_EVENT */
export async function readDoorList(
  records: Records,
  event: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<DoorPage> {
  await requireEventRecord(records, event);
  const from = after === undefined ? {} : { after: ticketKey(event, after) };
  // One more says that there is a next page; where that would be too many a full page says so, and the last one may be empty.
  const most = Math.min(limit + 1, MAX_DOOR_PAGE);
  const listed = await records.list({ prefix: ticketsPrefix(event), limit: most, ...from });
  const page = listed.slice(0, limit);
  const last = page.at(-1);
  const tickets = page.flatMap((each) => doorTicketOf(event, each));
  return { tickets, ...(listed.length === most && last && { next: placeOfTicketKey(last.key) }) };
}

function doorTicketOf(event: string, { key, record }: ListedRecord): DoorTicket[] {
  const { issue, change, state, holder } = record as TicketRecord;
  if (!isAtTheDoor(state)) return [];
  return [{ ticket: ticketIdOf(event, placeOfTicketKey(key)), issue, change, state, holder }];
}

const isAtTheDoor = (state: TicketRecord['state']): state is DoorState =>
  (AT_THE_DOOR as readonly string[]).includes(state);
