/** Keeps each allotment's bitmap of taken places: read, changed and written in the transaction that writes the tickets. */
import { sql } from 'kysely';
import { isTaken, type Changes, type RowChange } from './changes.js';
import { PlaceBits } from './place-bits.js';
import type { Row } from './rows/layout.js';
import { chunksOf, recordset, type Writing } from './store.js';

export async function storePlaces(db: Writing, changes: Changes): Promise<void> {
  const tickets = changes.of('tickets');
  if (tickets.length === 0) return;
  const byAllotment = new Map<string, RowChange[]>();
  for (const ticket of tickets) {
    const allotment = allotmentOf(ticket);
    const known = byAllotment.get(allotment);
    if (known) known.push(ticket);
    else byAllotment.set(allotment, [ticket]);
  }
  const rows: Row[] = [];
  for (const found of await allotmentsOf(db, tickets)) {
    const bits = new PlaceBits(found.record, found.taken);
    const { event, allotment } = found;
    // A ticket without a record any more says nothing of its allotment: all of its event's are asked.
    const concerned = [...(byAllotment.get(`${event}/${allotment}`) ?? []), ...(byAllotment.get(`${event}/`) ?? [])];
    for (const ticket of concerned) bits.set(String(ticket.keys.place), isTaken(ticket));
    rows.push({ event, allotment, taken: `\\x${Buffer.from(bits.bytes).toString('hex')}`, sold: bits.count });
  }
  for (const chunk of chunksOf(rows)) {
    await sql`update allotments set taken = x.taken, sold = x.sold from ${recordset('allotments', chunk)} x
      where allotments.event = x.event and allotments.allotment = x.allotment`.execute(db);
  }
}

const allotmentOf = ({ keys, row }: RowChange): string => `${String(keys.event)}/${row ? String(row.allotment) : ''}`;

function allotmentsOf(db: Writing, tickets: readonly RowChange[]) {
  const pairs = new Map(tickets.map((ticket) => [allotmentOf(ticket), ticket]));
  const wanted = Array.from(pairs.values(), ({ keys, row }) => ({
    event: keys.event,
    allotment: row?.allotment ?? null,
  }));
  return db
    .selectFrom('allotments as a')
    .select(['a.event', 'a.allotment', 'a.record', 'a.taken'])
    .where(
      sql<boolean>`exists (select 1 from ${recordset('allotments', wanted)} x
        where x.event = a.event and (x.allotment is null or x.allotment = a.allotment))`,
    )
    .execute();
}
