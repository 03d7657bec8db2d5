/** Making, rotating and revoking API keys. A change counts here when it is answered, and at the organization's other gateways when they look next. */
import { sql } from 'kysely';
import { GatewayError } from '../errors.js';
import type { Store } from '../store/open-store.js';
import { newKeyId, newSecretFor, readRow, secretRow, type ApiKey } from './api-key.js';
import { digestOfSecret } from './digest.js';
import type { KeyBook } from './key-book.js';
import type { Scope } from './scopes.js';
import type { StoreTables } from '../store/tables.js';
import type { Transaction } from 'kysely';

/** The book holds all of them. */
export const MAX_API_KEYS = 1_000;
/** Of one key at the same time. */
const MAX_SECRETS = 4;
/** How long it is remembered what has ended. */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: number;
  /** The same text never makes two keys. */
  readonly once?: string | undefined;
}

/** A key with the secret that nobody can read again. */
export interface IssuedApiKey {
  readonly key: ApiKey;
  readonly secret: string;
}

export interface ApiKeysOptions {
  readonly store: Store;
  readonly book: KeyBook;
  readonly nowMs: () => number;
}

export class ApiKeys {
  readonly #options: ApiKeysOptions;

  constructor(options: ApiKeysOptions) {
    this.#options = options;
  }

  /** @throws {GatewayError} API_KEY_EXISTS, TOO_MANY_API_KEYS */
  create({ name, scopes, expiresAt, once }: NewApiKey): Promise<IssuedApiKey> {
    const now = this.#options.nowMs();
    const id = once === undefined ? newKeyId() : digestOfSecret(`api key ${once}`).slice(0, 16);
    const secret = newSecretFor(id);
    return this.#change(async (db) => {
      const ended = now - REMEMBERED_MS;
      await db
        .deleteFrom('api_keys')
        .where((row) => row.or([row('revoked_at', '<', ended), row('expires_at', '<', ended)]))
        .execute();
      const { count } = await db
        .selectFrom('api_keys')
        .select((row) => row.fn.countAll<string | number>().as('count'))
        .executeTakeFirstOrThrow();
      if (Number(count) >= MAX_API_KEYS) throw new GatewayError('TOO_MANY_API_KEYS', { limit: MAX_API_KEYS });
      const row = await db
        .insertInto('api_keys')
        .values({
          ...{ id, name, scopes: scopes.join(' '), secrets: JSON.stringify([secretRow(secret)]) },
          ...{ created_at: now, expires_at: expiresAt, revoked_at: null, last_used_at: null },
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returningAll()
        .executeTakeFirst();
      // Its secret was told once; whoever missed the answer revokes it and asks for another.
      if (!row) throw new GatewayError('API_KEY_EXISTS', { field: 'Idempotency-Key', apiKey: id });
      return { key: readRow(row), secret };
    });
  }

  /** @returns up to `limit + 1`, in the order of their ids */
  async list({ after, limit }: { readonly after?: string | undefined; readonly limit: number }) {
    await this.#options.book.noteUses();
    const all = this.#options.store.selectFrom('api_keys').selectAll();
    const rows = await (after === undefined ? all : all.where('id', '>', after))
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    return rows.map(readRow);
  }

  /** @throws {GatewayError} UNKNOWN_API_KEY */
  async get(id: string): Promise<ApiKey> {
    await this.#options.book.noteUses();
    const row = await this.#options.store.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
    return readRow(row ?? unknown(id));
  }

  /**
   * A new secret; those of before hold for `overlapMs` more.
   * @param once who asks again under it has missed the secret that it made: that one gives way, and no other
   * @throws {GatewayError} UNKNOWN_API_KEY, API_KEY_ENDED, TOO_MANY_API_KEYS
   */
  rotate(id: string, overlapMs: number, once?: string): Promise<IssuedApiKey> {
    const now = this.#options.nowMs();
    const secret = newSecretFor(id);
    return this.#change(async (db) => {
      const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
      const { revokedAt, expiresAt, secrets } = readRow(row ?? unknown(id));
      if (revokedAt !== undefined || expiresAt <= now)
        throw new GatewayError('API_KEY_ENDED', { field: 'apiKey', apiKey: id });
      const newest = secretRow(secret, once);
      const isAgain = newest.once !== undefined && secrets[0]?.once === newest.once;
      const older = (isAgain ? secrets.slice(1) : secrets)
        .map(({ until = Infinity, ...rest }) => ({ ...rest, until: Math.min(until, now + overlapMs) }))
        .filter(({ until }) => until > now);
      // Each may be in use: none gives way before its time.
      if (older.length >= MAX_SECRETS)
        throw new GatewayError('TOO_MANY_API_KEYS', { field: 'apiKey', apiKey: id, limit: MAX_SECRETS });
      const update = db.updateTable('api_keys').set({ secrets: JSON.stringify([newest, ...older]) });
      return { key: readRow(await update.where('id', '=', id).returningAll().executeTakeFirstOrThrow()), secret };
    });
  }

  /** For good. Doing it twice is no mistake. @throws {GatewayError} UNKNOWN_API_KEY */
  revoke(id: string): Promise<ApiKey> {
    const now = this.#options.nowMs();
    return this.#change(async (db) => {
      const revoked_at = sql<number>`coalesce(revoked_at, ${now})`;
      const update = db.updateTable('api_keys').set({ revoked_at }).where('id', '=', id);
      return readRow((await update.returningAll().executeTakeFirst()) ?? unknown(id));
    });
  }

  /** The revision's row is locked from the first statement on, so changes come one after the other. */
  async #change<T>(change: (db: Transaction<StoreTables>) => Promise<T>): Promise<T> {
    const { store, book } = this.#options;
    const changed = await store.transaction().execute(async (db) => {
      await db
        .updateTable('api_key_revision')
        .set((row) => ({ revision: row('revision', '+', 1) }))
        .execute();
      return change(db);
    });
    await book.refresh();
    return changed;
  }
}

function unknown(id: string): never {
  throw new GatewayError('UNKNOWN_API_KEY', { field: 'apiKey', apiKey: id });
}
