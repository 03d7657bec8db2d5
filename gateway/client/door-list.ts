/** A gate device's copy of an event's tickets, read while it has a connection; `checkOffline` of committee/gate takes it as its list. */
import type { SyncedList } from '../../committee/gate/index.js';
import type { GuichetClient } from './guichet-client.js';
import type { DoorListPage } from './resources.js';

export interface SyncedDoorList extends SyncedList {
  /** Of the ledger's blocks so many at least are in it. */
  readonly height: number;
  /** What a scan of each must name, and whether it was inside then. */
  readonly tickets: ReadonlyMap<string, DoorListPage['tickets'][number]>;
}

/** Of places that a house may have, and then some. */
const MAX_PAGES = 10_000;

/** Pages are read one after the other, so what the first one says of its time holds for all of them. @throws {ProblemError} UNKNOWN_EVENT, UNAUTHENTICATED */
export async function syncDoorList(client: Pick<GuichetClient, 'doorList'>, event: string): Promise<SyncedDoorList> {
  const first = await client.doorList(event);
  const tickets = new Map(first.tickets.map((each) => [each.ticket, each]));
  let { next } = first;
  for (let pages = 1; next !== undefined; pages += 1) {
    if (pages === MAX_PAGES) throw new Error(`the list of ${event} does not end`);
    const page: DoorListPage = await client.doorList(event, next);
    for (const each of page.tickets) tickets.set(each.ticket, each);
    ({ next } = page);
  }
  const holders = new Map([...tickets].map(([ticket, { holder }]) => [ticket, holder]));
  return { syncedAt: first.syncedAt, height: first.height, holders, tickets };
}
