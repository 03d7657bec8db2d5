/**
 * Of several gateways that share tables on a server one writes. Who does holds an advisory lock (PostgreSQL, section 13.3.5) on the connection that it
 * writes with: a process that dies has lost the turn at once, and one whose machine falls silent when the server misses it (database/server-pool.ts). The
 * checkpoint keeps it exactly once even so.
 */
import { sql } from 'kysely';
import type { Database } from './open-tables.js';

export interface InTurn {
  /** Until it ends or throws, nobody else has the turn. */
  readonly write: (alone: Database) => Promise<void>;
  /** Somebody else has it, and so many blocks are in. @returns false to give up */
  readonly wait: (next: number) => Promise<boolean>;
}

/** Tables of the same name in another schema are other tables. */
const LOCK = sql`hashtextextended('guichet read model ' || current_schema(), 0)`;

export async function inTurn(db: Database, { write, wait }: InTurn): Promise<void> {
  let next: number | undefined;
  do {
    next = await db.connection().execute(async (alone) => {
      if (!(await asked(alone, sql<boolean>`pg_try_advisory_lock(${LOCK})`)))
        return (await alone.selectFrom('checkpoint').select('next').executeTakeFirst())?.next ?? 0;
      try {
        await write(alone);
        return undefined;
      } finally {
        // A connection that broke has lost it already.
        await asked(alone, sql<boolean>`pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      }
    });
  } while (next !== undefined && (await wait(next)));
}

async function asked(db: Database, expression: ReturnType<typeof sql<boolean>>): Promise<boolean> {
  const { rows } = await sql<{ answer: boolean }>`select ${expression} as answer`.execute(db);
  return rows[0]?.answer ?? false;
}
