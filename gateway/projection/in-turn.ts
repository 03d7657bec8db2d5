/**
 * Of several gateways that share tables on a server one writes. Who does holds an advisory lock (PostgreSQL, section 13.3.5) on the connection that it
 * writes with: a process that dies has lost the turn at once, and one whose machine falls silent when the server misses it (database/server-pool.ts). The
 * checkpoint keeps it exactly once even so.
 */
import { sql, type Selectable } from 'kysely';
import type { Database } from './open-tables.js';
import type { Tables } from './tables.js';

export interface InTurn {
  /** Until it ends or throws, nobody else has the turn. */
  readonly write: (alone: Database) => Promise<void>;
  /** Somebody else has it. @param found how far he is, and in which ledger; undefined before his first block @returns false to give up */
  readonly wait: (found: Others | undefined) => Promise<boolean>;
}

export type Others = Pick<Selectable<Tables['checkpoint']>, 'channel' | 'chaincode' | 'next'>;

/** Tables of the same name in another schema are other tables. */
const LOCK = sql`hashtextextended('guichet read model ' || current_schema(), 0)`;

export async function inTurn(db: Database, { write, wait }: InTurn): Promise<void> {
  let turn: { readonly found: Others | undefined } | undefined;
  do {
    turn = await db.connection().execute(async (alone) => {
      if (!(await asked(alone, sql<boolean>`pg_try_advisory_lock(${LOCK})`)))
        return {
          found: await alone.selectFrom('checkpoint').select(['channel', 'chaincode', 'next']).executeTakeFirst(),
        };
      try {
        await write(alone);
        return undefined;
      } finally {
        // A connection that broke has lost it already.
        await asked(alone, sql<boolean>`pg_advisory_unlock(${LOCK})`).catch(() => undefined);
      }
    });
  } while (turn && (await wait(turn.found)));
}

async function asked(db: Database, expression: ReturnType<typeof sql<boolean>>): Promise<boolean> {
  const { rows } = await sql<{ answer: boolean }>`select ${expression} as answer`.execute(db);
  return rows[0]?.answer ?? false;
}
