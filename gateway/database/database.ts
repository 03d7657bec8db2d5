/**
 * A gateway's databases, the read model and the store: PostgreSQL where a URL is given, else PostgreSQL in this process (PGlite), on disk or in memory. The same dialect and
 * the same SQL for both; only here it is known which it is.
 */
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import { holdAlone } from './hold-alone.js';
import { PGlitePool } from './pglite-pool.js';

/** Reads do not wait for each other, nor for what writes. */
const CONNECTIONS = 8;
const CONNECT_MS = 5_000;
/** No statement of ours takes long; one that hangs must not hold a connection for ever. */
const STATEMENT_MS = 60_000;

/** pg_type.dat, which pg names no arrays of. None of ours has a null. */
const INT8_ARRAY = 1016;

/** `url`: of a PostgreSQL server. `directory`: of PGlite, which one process at a time may open. */
export type Place = { readonly url: string } | { readonly directory: string } | { readonly memory: true };

/** @param onLost is told when an idle connection breaks; the next query opens another @throws {DatabaseInUse} */
export async function openDatabase<Tables>(
  place: Place,
  onLost: (cause: unknown) => void = () => undefined,
): Promise<Kysely<Tables>> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: await poolOf(place, onLost) }) });
}

async function poolOf(place: Place, onLost: (cause: unknown) => void): Promise<PostgresPool> {
  if ('url' in place) return serverPool(place.url, onLost);
  if ('memory' in place) return PGlitePool.open(undefined);
  const release = await holdAlone(place.directory);
  try {
    return await PGlitePool.open(place.directory, release);
  } catch (error) {
    await release();
    throw error;
  }
}

function serverPool(url: string, onLost: (cause: unknown) => void): PostgresPool {
  const types = new pg.TypeOverrides();
  // Heights and amounts are checked to be safe integers before they are written.
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(INT8_ARRAY, (text) => text.slice(1, -1).split(',').filter(Boolean).map(Number));
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    types,
  });
  pool.on('error', onLost);
  return pool;
}
