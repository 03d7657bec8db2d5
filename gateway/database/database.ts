/**
 * A gateway's databases, the read model and the store: PostgreSQL where a URL is given, else PostgreSQL in this process (PGlite), on disk or in memory. The same dialect and
 * the same SQL for both; only here it is known which it is.
 */
import { Kysely, PostgresDialect } from 'kysely';
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
 * @param onDeath is told when PGlite dies in this process: there is no other
 * @throws {DatabaseInUse}
 */
export async function openDatabase<Tables>(
  place: Place,
  onLost: (cause: unknown) => void = () => undefined,
  statementMs = STATEMENT_MS,
  onDeath: (cause: unknown) => void = () => undefined,
): Promise<Kysely<Tables>> {
  const pool = 'url' in place ? new ServerPool({ url: place.url, onLost, statementMs }) : await pglite(place, onDeath);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

async function pglite(
  place: Exclude<Place, { readonly url: string }>,
  onDeath: (cause: unknown) => void,
): Promise<PGlitePool> {
  if ('memory' in place) return PGlitePool.open(undefined, undefined, onDeath);
  const release = await holdAlone(place.directory);
  try {
    return await PGlitePool.open(place.directory, release, onDeath);
  } catch (error) {
    await release();
    throw error;
  }
}
