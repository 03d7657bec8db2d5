/**
 * PGlite where it is called: in a thread that has nothing else to do than what needs it. A new database is a copy of an image (image.ts). It asks
 * nothing of the disk (fsync is off, as its makers have it): the process may die at any time, but a machine that loses power may leave it unreadable.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Statements } from './answers.js';
import { copyImage, imageInMemory } from './image.js';
import { clientOf } from './pglite-pool.js';
import { Turns } from './turns.js';

/** @param directory undefined: in memory. Nobody else may have it (hold-alone.ts) */
export async function openPGlite(directory: string | undefined): Promise<PGlite> {
  if (directory === undefined) return PGlite.create('memory://', { loadDataDir: await imageInMemory() });
  if (!existsSync(join(directory, 'PG_VERSION'))) await copyImage(directory);
  return PGlite.create(directory);
}

export function statementsOf(db: PGlite): Statements {
  return {
    async query(sql, parameters) {
      const { command = '', rowCount = 0, rows } = await db.query(sql, [...parameters]);
      return { command, rowCount, rows };
    },
    close: () => db.close(),
  };
}

/** For kysely in the same thread: one connection, that is taken in turn. */
export class PGliteHere implements PostgresPool {
  readonly #statements: Statements;
  readonly #turns = new Turns();
  readonly #onEnd: () => Promise<void>;

  /** @param onEnd when nothing has the directory any more */
  constructor(statements: Statements, onEnd: () => Promise<void>) {
    this.#statements = statements;
    this.#onEnd = onEnd;
  }

  /** A statement of its own, in its turn. */
  async once(sql: string, parameters: readonly unknown[]): ReturnType<Statements['query']> {
    const release = await this.#turns.take();
    try {
      return await this.#statements.query(sql, parameters);
    } finally {
      release();
    }
  }

  async connect(): Promise<PostgresPoolClient> {
    const release = await this.#turns.take();
    const ask = async (sql: string | undefined, parameters: readonly unknown[]) => {
      const { rowCount, ...rest } = await this.#statements.query(sql ?? '', parameters);
      return { id: 0, rowCount: rowCount ?? 0, ...rest };
    };
    return clientOf({ ask }, release);
  }

  async end(): Promise<void> {
    await this.#turns.take();
    try {
      await this.#statements.close();
    } finally {
      await this.#onEnd();
    }
  }
}
