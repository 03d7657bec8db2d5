/**
 * Brings blocks into the tables exactly once: rows and the checkpoint change in one transaction, so a crash at any point leaves both as they were
 * before or both as they are after. Several processes may share a database: the checkpoint's row is written first and only as it was found, so who comes
 * second finds it done.
 */
import { sql } from 'kysely';
import type { Report } from '../fabric/clock.js';
import type { LedgerBlock } from '../statements/ledger-blocks.js';
import { Changes } from './changes.js';
import type { Database } from './open-tables.js';
import { StoredPlaces } from './store-places.js';
import { storeChanges } from './store.js';
import type { TableName } from './tables.js';

export interface Checkpoint {
  /** The block that comes next. */
  readonly next: number;
  /** Of the block before it; undefined before the first. */
  readonly hash: string | undefined;
}

export interface LinkedBlock extends LedgerBlock {
  /** Lower-case hexadecimal. */
  readonly hash: string;
  readonly previousHash: string;
}

/** The tables were made from other blocks than those that the peer has. */
export class AnotherLedger extends Error {
  override readonly name = 'AnotherLedger';

  constructor(reason: string) {
    super(`the read model is of another ledger (${reason}): run npm run projection -- rebuild`);
  }
}

/** Somebody who makes the tables again writes all the time. */
const ATTEMPTS = 5;

export interface ProjectorOptions {
  readonly db: Database;
  readonly channel: string;
  /** Name under which our chaincode is committed. */
  readonly chaincode: string;
  readonly report: Report;
}

export class Projector {
  readonly #options: ProjectorOptions;
  readonly #places = new StoredPlaces();
  /** As this one left it. Undefined when that is not certain. */
  #at: Checkpoint | undefined;

  constructor(options: ProjectorOptions) {
    this.#options = options;
  }

  /** @throws {AnotherLedger} if the tables are of another channel or chaincode */
  async checkpoint(): Promise<Checkpoint> {
    const { db, channel, chaincode } = this.#options;
    await db
      .insertInto('checkpoint')
      .values({ id: 1, channel, chaincode, next: 0, hash: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const found = await db.selectFrom('checkpoint').selectAll().executeTakeFirstOrThrow();
    requireOwn(found, this.#options);
    return { next: found.next, hash: found.hash ?? undefined };
  }

  /**
   * Blocks in their order; those that are in already are passed over.
   * @returns the checkpoint after them @throws {AnotherLedger} if they do not follow on the last one
   */
  async apply(blocks: readonly LinkedBlock[]): Promise<Checkpoint> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = this.#at ?? (await this.#found());
      const { changes, after } = changesOf(blocks, before);
      if (after.next === before.next || (await this.#write(changes, before, after))) {
        this.#at = after;
        return after;
      }
    }
    throw new Error(`others wrote the read model during each of ${ATTEMPTS} attempts`);
  }

  /** What was remembered of the tables may be wrong. */
  async #found(): Promise<Checkpoint> {
    this.#places.forget();
    return this.checkpoint();
  }

  /** @returns false if another has written since `before`; then nothing is written */
  async #write(changes: Changes, before: Checkpoint, after: Checkpoint): Promise<boolean> {
    const { db, report } = this.#options;
    this.#at = undefined;
    const isWritten = await db.transaction().execute(async (writing) => {
      const moved = await writing
        .updateTable('checkpoint')
        .set({ next: after.next, hash: after.hash ?? null })
        .where('next', '=', before.next)
        .where(sql<boolean>`hash is not distinct from ${before.hash ?? null}`)
        .returning('next')
        .executeTakeFirst();
      if (moved) await storeChanges(writing, changes, this.#places);
      return moved !== undefined;
    });
    if (isWritten && changes.faults.length > 0)
      report('alarm', 'records count for nothing in the read model', { keys: changes.faults });
    return isWritten;
  }

  /** Empties all tables: the next block is the first. */
  async clear(): Promise<void> {
    this.#at = undefined;
    const { db, channel, chaincode } = this.#options;
    await db.transaction().execute(async (writing) => {
      for (const table of TABLES) await writing.deleteFrom(table).execute();
      await writing.insertInto('checkpoint').values({ id: 1, channel, chaincode, next: 0, hash: null }).execute();
    });
  }
}

type Ledger = Pick<ProjectorOptions, 'channel' | 'chaincode'>;

/** @throws {AnotherLedger} if tables are of another channel or chaincode than ours */
export function requireOwn(found: Ledger, { channel, chaincode }: Ledger): void {
  if (found.channel !== channel || found.chaincode !== chaincode)
    throw new AnotherLedger(`channel ${found.channel}, chaincode ${found.chaincode}`);
}

/** The checkpoint first: it is the lock. */
const TABLES: readonly TableName[] = [
  'checkpoint',
  ...(['organizations', 'events', 'gates', 'allotments', 'tickets', 'listings'] as const),
  ...(['resales', 'holders', 'accounts', 'history', 'places', 'markets'] as const),
];

function changesOf(blocks: readonly LinkedBlock[], before: Checkpoint) {
  const changes = new Changes();
  let after = before;
  for (const block of blocks) {
    if (block.number < after.next) continue;
    requireNext(block, after);
    changes.add(block);
    after = { next: block.number + 1, hash: block.hash };
  }
  return { changes, after };
}

function requireNext({ number, previousHash }: LinkedBlock, { next, hash }: Checkpoint): void {
  if (number !== next) throw new Error(`block ${number} came in place of ${next}`);
  if (hash !== undefined && previousHash !== hash)
    throw new AnotherLedger(`block ${number} does not follow on its last one`);
}
