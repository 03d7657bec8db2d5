/**
 * The book of holds in the store. Whoever writes rows of several seats locks them in the order of their names, so that no two wait for each other;
 * what was left by holds that are over is deleted past rows that somebody has locked.
 */
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Added, HoldBook } from './hold-book.js';
import { stateOf, type HeldSeat, type Hold, type SellingSeat } from './hold.js';
import type { HoldTable, HoldTables } from './tables.js';

type Db = Kysely<HoldTables>;
type Tx = Transaction<HoldTables>;
type Place = Pick<HeldSeat, 'event' | 'place'>;

/** How many rows are forgotten at once. */
const FORGET = 500;

/** Takes back what the transaction did. */
class NotAdded extends Error {
  constructor(readonly why: Added) {
    super(why.as);
  }
}

export class StoredHolds implements HoldBook {
  readonly #db: Db;

  /** @param isShared whether the store is one that other gateways use */
  constructor(
    db: Kysely<HoldTables>,
    readonly isShared: boolean,
  ) {
    this.#db = db;
  }

  async add(hold: Hold, maxSeats: number): Promise<Added> {
    try {
      return await this.#db.transaction().execute((tx) => addIn(tx, hold, maxSeats));
    } catch (error) {
      if (error instanceof NotAdded) return error.why;
      throw error;
    }
  }

  async find(hold: string): Promise<Hold | undefined> {
    const row = await this.#db.selectFrom('holds').selectAll().where('hold', '=', hold).executeTakeFirst();
    return row && holdOf(row);
  }

  findAsked(caller: string, id: string): Promise<Hold | undefined> {
    return askedIn(this.#db, caller, id);
  }

  extend(hold: string, expiresAtMs: number, nowMs: number): Promise<Hold | undefined> {
    return this.#db.transaction().execute(async (tx) => {
      const locked = await lock(tx, hold);
      if (!locked) return undefined;
      const { hold: before, own } = locked;
      // The time was taken before this waited: meanwhile others may have taken over seats whose time was over.
      if (stateOf(before, nowMs) !== 'held' || own < before.seats.length) return undefined;
      if (before.expiresAtMs >= expiresAtMs) return before;
      await tx.updateTable('holds').set({ expires_at: expiresAtMs }).where('hold', '=', hold).execute();
      await tx.updateTable('held_seats').set({ expires_at: expiresAtMs }).where('hold', '=', hold).execute();
      return { ...before, expiresAtMs };
    });
  }

  sold(hold: string, seats: readonly string[]): Promise<void> {
    return this.#db.transaction().execute(async (tx) => {
      const before = (await lock(tx, hold))?.hold;
      if (!before) return;
      const sold = before.seats.filter((seat) => seats.includes(seat));
      if (sold.length === 0) return;
      const rest = before.seats.filter((seat) => !sold.includes(seat));
      const change = { seats: JSON.stringify(rest), sold: JSON.stringify([...before.sold, ...sold]) };
      await tx.updateTable('holds').set(change).where('hold', '=', hold).execute();
      await tx.deleteFrom('held_seats').where('hold', '=', hold).where('place', 'in', sold).execute();
    });
  }

  release(hold: string): Promise<void> {
    return this.#db.transaction().execute(async (tx) => {
      if (!(await lock(tx, hold))) return;
      await tx.updateTable('holds').set({ released: true }).where('hold', '=', hold).execute();
      await tx.deleteFrom('held_seats').where('hold', '=', hold).execute();
    });
  }

  takeBack(hold: string): Promise<void> {
    return this.#db.transaction().execute(async (tx) => {
      await lock(tx, hold);
      await tx.deleteFrom('held_seats').where('hold', '=', hold).execute();
      await tx.deleteFrom('holds').where('hold', '=', hold).execute();
    });
  }

  heldOf(event: string, nowMs: number): Promise<readonly HeldSeat[]> {
    return seatsOf(this.#db, 'held_seats', event, nowMs);
  }

  heldAmong(places: readonly Place[], nowMs: number): Promise<readonly HeldSeat[]> {
    return seatsAmong(this.#db, 'held_seats', places, nowMs);
  }

  async markSelling(seats: readonly SellingSeat[]): Promise<void> {
    await sql`insert into selling_seats (event, place, sale, expires_at) select a.event, a.place, a.sale, a."untilMs"
      from jsonb_to_recordset(${JSON.stringify(seats)}::jsonb) as a (event text, place text, sale text, "untilMs" bigint)
      on conflict (event, place, sale) do update set expires_at = excluded.expires_at`.execute(this.#db);
  }

  sellingOf(event: string, nowMs: number): Promise<readonly SellingSeat[]> {
    return seatsOf(this.#db, 'selling_seats', event, nowMs);
  }

  sellingAmong(places: readonly Place[], nowMs: number): Promise<readonly SellingSeat[]> {
    return seatsAmong(this.#db, 'selling_seats', places, nowMs);
  }

  async forgetSelling(beforeMs: number): Promise<void> {
    await sql`delete from selling_seats where (event, place, sale) in (
      select event, place, sale from selling_seats where expires_at < ${beforeMs} for update skip locked)`.execute(
      this.#db,
    );
  }

  async forget(beforeMs: number): Promise<void> {
    await sql`delete from held_seats where (event, place) in (
      select event, place from held_seats where expires_at < ${beforeMs} limit ${FORGET} for update skip locked)`.execute(
      this.#db,
    );
    await sql`delete from holds where hold in (
      select h.hold from holds h where h.expires_at < ${beforeMs} and not exists (select 1 from held_seats s where s.hold = h.hold)
      limit ${FORGET} for update skip locked)`.execute(this.#db);
  }
}

async function addIn(tx: Tx, hold: Hold, maxSeats: number): Promise<Added> {
  // One after the other of one caller and event, or two at once would both find room below the limit.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${hold.caller} ${hold.event}`}, 0))`.execute(tx);
  const added = await tx
    .insertInto('holds')
    .values(rowOf(hold))
    .onConflict((conflict) => conflict.columns(['caller', 'id']).doNothing())
    .returning('hold')
    .executeTakeFirst();
  if (!added) return { as: 'known', hold: await requireAsked(tx, hold) };
  const seats = await seatsHeldBy(tx, hold);
  if (seats + hold.seats.length > maxSeats) throw new NotAdded({ as: 'limited', seats });
  const held = await takeSeats(tx, hold);
  if (held) throw new NotAdded({ as: 'held', seat: held });
  return { as: 'new', hold };
}

async function requireAsked(tx: Tx, { caller, id }: Hold): Promise<Hold> {
  const known = await askedIn(tx, caller, id);
  if (!known) throw new Error(`a hold of ${caller} was there and is not`);
  return known;
}

/** Beside this one. */
async function seatsHeldBy(tx: Tx, { caller, event, hold, createdAtMs }: Hold): Promise<number> {
  const { rows } = await sql<{ readonly seats: number }>`
    select coalesce(sum(jsonb_array_length(seats)), 0)::integer as seats from holds
    where caller = ${caller} and event = ${event} and expires_at > ${createdAtMs} and not released and hold <> ${hold}`.execute(
    tx,
  );
  return rows[0]?.seats ?? 0;
}

/** @returns a seat that somebody else holds */
async function takeSeats(
  tx: Tx,
  { hold, event, seats, createdAtMs, expiresAtMs }: Hold,
): Promise<HeldSeat | undefined> {
  const places = [...seats].sort();
  const taken = await tx
    .insertInto('held_seats')
    .values(places.map((place) => ({ event, place, hold, expires_at: expiresAtMs })))
    .onConflict((conflict) =>
      conflict
        .columns(['event', 'place'])
        .doUpdateSet((from) => ({ hold: from.ref('excluded.hold'), expires_at: from.ref('excluded.expires_at') }))
        .where('held_seats.expires_at', '<=', createdAtMs),
    )
    .returning('place')
    .execute();
  const missing = places.find((place) => !taken.some((each) => each.place === place));
  if (missing === undefined) return undefined;
  const others = tx.selectFrom('held_seats').selectAll().where('event', '=', event);
  return seatOf(await others.where('place', '=', missing).executeTakeFirstOrThrow());
}

/** The hold first, then its seats in the order of their names. @returns with how many of them are its own still */
async function lock(tx: Tx, hold: string): Promise<{ readonly hold: Hold; readonly own: number } | undefined> {
  const row = await tx.selectFrom('holds').selectAll().where('hold', '=', hold).forUpdate().executeTakeFirst();
  const { rows } = await sql`
    select place from held_seats where hold = ${hold} order by place collate "C" for update`.execute(tx);
  return row && { hold: holdOf(row), own: rows.length };
}

async function askedIn(db: Db, caller: string, id: string): Promise<Hold | undefined> {
  const rows = db.selectFrom('holds').selectAll().where('caller', '=', caller);
  const row = await rows.where('id', '=', id).executeTakeFirst();
  return row && holdOf(row);
}

function rowOf({ priceClass, createdAtMs, expiresAtMs, latestAtMs, seats, sold, ...rest }: Hold) {
  const times = { created_at: createdAtMs, expires_at: expiresAtMs, latest_at: latestAtMs };
  return { ...rest, ...times, price_class: priceClass, seats: JSON.stringify(seats), sold: JSON.stringify(sold) };
}

function holdOf({ price_class, created_at, expires_at, latest_at, ...rest }: Selectable<HoldTable>): Hold {
  const times = { createdAtMs: created_at, expiresAtMs: expires_at, latestAtMs: latest_at };
  return { ...rest, ...times, priceClass: price_class };
}

/** Tables that say until when somebody has a seat. */
type SeatTables = Pick<HoldTables, 'held_seats' | 'selling_seats'>;

async function seatsOf<T extends keyof SeatTables>(db: Db, table: T, event: string, nowMs: number) {
  const { rows } = await sql<SeatTables[T]>`
    select * from ${sql.table(table)} where event = ${event} and expires_at > ${nowMs}`.execute(db);
  return rows.map(seatOf);
}

async function seatsAmong<T extends keyof SeatTables>(db: Db, table: T, places: readonly Place[], nowMs: number) {
  const asked = JSON.stringify(places.map(({ event, place }) => ({ event, place })));
  const { rows } = await sql<SeatTables[T]>`
    select s.* from ${sql.table(table)} s join jsonb_to_recordset(${asked}::jsonb) as a (event text, place text)
    on s.event = a.event and s.place = a.place where s.expires_at > ${nowMs}`.execute(db);
  return rows.map(seatOf);
}

const seatOf = <R extends { readonly expires_at: number }>({ expires_at: untilMs, ...rest }: R) => ({
  ...rest,
  untilMs,
});
