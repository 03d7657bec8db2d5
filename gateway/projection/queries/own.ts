/** What one holder has, at every event. An event has few holders' rows of one holder, so tickets are found by way of those. */
import type { Database } from '../open-tables.js';

export interface OwnQuery {
  readonly holder: string;
  /** Only there; at all events if undefined. */
  readonly event: string | undefined;
  readonly limit: number;
}

/** @param after an event @returns up to `limit + 1`, in the order of events */
export function findOwnAccounts(
  db: Database,
  { holder, event, limit, after }: OwnQuery & { after: string | undefined },
) {
  let found = db
    .selectFrom('holders')
    .innerJoin('events', 'events.event', 'holders.event')
    .where('holders.holder', '=', holder);
  if (event !== undefined) found = found.where('holders.event', '=', event);
  if (after !== undefined) found = found.where('holders.event', '>', after);
  return found
    .selectAll('holders')
    .select(['events.name', 'events.currency'])
    .orderBy('holders.event')
    .limit(limit + 1)
    .execute();
}

/** @param after the ticket's event and place @returns up to `limit + 1`, in the order of events and places */
export function findOwnTickets(
  db: Database,
  { holder, event, limit, after }: OwnQuery & { after: { event: string; place: string } | undefined },
) {
  let found = db
    .selectFrom('holders')
    .innerJoin('tickets', (on) =>
      on.onRef('tickets.event', '=', 'holders.event').onRef('tickets.holder', '=', 'holders.holder'),
    )
    .where('holders.holder', '=', holder);
  if (event !== undefined) found = found.where('holders.event', '=', event);
  if (after !== undefined)
    found = found.where((row) =>
      row.or([
        row('holders.event', '>', after.event),
        row.and([row('holders.event', '=', after.event), row('tickets.place', '>', after.place)]),
      ]),
    );
  return found
    .select(['tickets.event', 'tickets.place', 'tickets.allotment', 'tickets.state', 'tickets.issue', 'tickets.change'])
    .orderBy('holders.event')
    .orderBy('tickets.place')
    .limit(limit + 1)
    .execute();
}
