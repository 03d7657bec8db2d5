/**
 * A gateway's databases, the read model and the store: PostgreSQL where a URL is given, else PostgreSQL in this process (PGlite), on disk or in memory. The same dialect and
 * the same SQL for both; only here it is known which it is.
 */
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import { holdAlone } from './hold-alone.js';
import { PGlitePool } from './pglite-pool.js';
import { ServerPool } from './server-pool.js';

/** No statement of ours takes long; one that hangs must not hold a connection for ever. */
const STATEMENT_MS = 60_000;

/** `url`: of a PostgreSQL server. `directory`: of PGlite, which one process at a time may open. */
export type Place = { readonly url: string } | { readonly directory: string } | { readonly memory: true };

/**
 * @param onLost is told when an idle connection breaks; the next query opens another
 * @param statementMs after that long a server ends a statement
 * @throws {DatabaseInUse}
 */
export async function openDatabase<Tables>(
  place: Place,
  onLost: (cause: unknown) => void = () => undefined,
  statementMs = STATEMENT_MS,
): Promise<Kysely<Tables>> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: await poolOf(place, onLost, statementMs) }) });
}

async function poolOf(place: Place, onLost: (cause: unknown) => void, statementMs: number): Promise<PostgresPool> {
  if ('url' in place) return new ServerPool({ url: place.url, onLost, statementMs });
  if ('memory' in place) return PGlitePool.open(undefined);
  const release = await holdAlone(place.directory);
  try {
    return await PGlitePool.open(place.directory, release);
  } catch (error) {
    await release();
    throw error;
  }
}
