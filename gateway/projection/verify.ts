/**
 * Compares the tables with the world state of a peer, event by event, and tells the first difference. The ledger may move meanwhile: an event that was
 * written while it was read is read again.
 */
import { canonical } from './canonical.js';
import type { Database } from './open-tables.js';
import { expectedTables, type TableTexts } from './expected-tables.js';
import { organizationTexts, TABLES_OF_EVENTS, tableTexts, type ComparedTable } from './table-texts.js';
import type { WorldRecord, WorldState } from './world-state.js';

export interface Difference {
  readonly table: ComparedTable;
  /** The row's key. */
  readonly row: string;
  /** Each as text; undefined where there is no such row. */
  readonly ledger: string | undefined;
  readonly tables: string | undefined;
}

export interface VerifyOptions {
  readonly db: Database;
  readonly world: WorldState;
  /** Brings the tables to the peer's height. */
  readonly catchUp: () => Promise<unknown>;
  readonly pause?: () => Promise<unknown>;
}

/** How often an event is read that changes meanwhile, or that a peer may not have written yet. */
const ATTEMPTS = 5;
const PAUSE_MS = 500;
const sleep = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** @throws {Error} if the ledger moved on during each attempt */
export async function firstDifference(options: VerifyOptions): Promise<Difference | undefined> {
  const { world, catchUp } = options;
  await catchUp();
  const organizations = await settled(options, () => world.organizations(), undefined);
  if (organizations) return organizations;
  for (const event of await world.events()) {
    const difference = await settled(options, () => world.of(event), event);
    if (difference) return difference;
  }
  return undefined;
}

/** A difference counts if it is there twice with nothing written between. */
async function settled(
  { db, catchUp, pause = sleep }: VerifyOptions,
  read: () => AsyncIterable<WorldRecord>,
  event: string | undefined,
): Promise<Difference | undefined> {
  let last: Difference | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await touched(db, event);
    const expected = await expectedTables(read());
    const found = await differenceOf(db, event, expected);
    if (!found) return undefined;
    await pause();
    await catchUp();
    const isStill = (await touched(db, event)) === before;
    if (isStill && last && canonical(last) === canonical(found)) return found;
    last = isStill ? found : undefined;
  }
  throw new Error(
    `${event ?? 'the consortium'} was written during each of ${ATTEMPTS} readings: try again when there is less to do`,
  );
}

async function touched(db: Database, event: string | undefined): Promise<number> {
  if (event === undefined) return (await db.selectFrom('checkpoint').select('next').executeTakeFirstOrThrow()).next;
  return (await db.selectFrom('events').select('touched').where('event', '=', event).executeTakeFirst())?.touched ?? -1;
}

async function differenceOf(
  db: Database,
  event: string | undefined,
  expected: TableTexts,
): Promise<Difference | undefined> {
  if (event === undefined) return compare('organizations', expected, await organizationTexts(db));
  for (const table of TABLES_OF_EVENTS) {
    const difference = compare(table, expected, await tableTexts(db, table, event));
    if (difference) return difference;
  }
  return undefined;
}

function compare(
  table: ComparedTable,
  expected: TableTexts,
  found: ReadonlyMap<string, string>,
): Difference | undefined {
  const wanted = expected.get(table) ?? new Map<string, string>();
  const row = [...new Set([...wanted.keys(), ...found.keys()])]
    .sort()
    .find((each) => wanted.get(each) !== found.get(each));
  return row === undefined ? undefined : { table, row, ledger: wanted.get(row), tables: found.get(row) };
}
