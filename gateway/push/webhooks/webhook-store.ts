/**
 * Webhooks in SQL. One gateway at a time delivers each: it has the row's lease, by the database's clock, and everything it writes names the lease and the row's
 * version, so whoever has lost it, or was overtaken by a change, writes nothing.
 */
import { sql, type RawBuilder, type UpdateObject } from 'kysely';
import type { Store } from '../../store/open-store.js';
import type { StoreTables } from '../../store/tables.js';
import type { DeliveryRow, WebhookRow } from './tables.js';

/** Attempts that the log keeps of each webhook. */
export const KEPT_ATTEMPTS = 1_000;

export type WebhookChange = UpdateObject<StoreTables, 'webhooks'>;

/** Who delivers, under which version of the row. */
export interface Hold {
  readonly id: string;
  readonly holder: string;
  readonly version: number;
}

const nowMs: RawBuilder<number> = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
const until = (leaseMs: number): RawBuilder<number> => sql`${nowMs} + ${sql.lit(leaseMs)}`;

export class WebhookStore {
  readonly #db: Store;

  constructor(db: Store) {
    this.#db = db;
  }

  async count(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('webhooks')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** @returns false if there is one of that id */
  async add(row: WebhookRow): Promise<boolean> {
    const [{ numInsertedOrUpdatedRows = 0n } = {}] = await this.#db
      .insertInto('webhooks')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    return numInsertedOrUpdatedRows > 0n;
  }

  find(id: string): Promise<WebhookRow | undefined> {
    return this.#db.selectFrom('webhooks').selectAll().where('id', '=', id).executeTakeFirst();
  }

  list(after: string, limit: number): Promise<readonly WebhookRow[]> {
    return this.#db.selectFrom('webhooks').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
  }

  /** What a delivery under way must not overwrite. @returns undefined if there is none of that id */
  change(id: string, change: WebhookChange): Promise<WebhookRow | undefined> {
    const next = { ...change, version: sql<number>`version + 1` };
    return this.#db.updateTable('webhooks').set(next).where('id', '=', id).returningAll().executeTakeFirst();
  }

  /**
   * Both secrets change at once, and a delivery under way goes on. One that another key sealed is gone: nobody here can sign with it.
   * @returns undefined where the request made the secret in use already, or there is none of that id
   */
  rotate(id: string, sealed: Pick<WebhookRow, 'secret' | 'key_id' | 'rotation'>, previousUntilMs: number) {
    const { key_id: keyId, rotation } = sealed;
    return this.#db
      .updateTable('webhooks')
      .set({
        ...sealed,
        previous_secret: sql<string | null>`case when key_id = ${keyId} then secret end`,
        previous_until_ms: sql<number | null>`case when key_id = ${keyId} then ${previousUntilMs}::bigint end`,
      })
      .where('id', '=', id)
      .$if(rotation !== null, (query) =>
        query.where((row) => row.or([row('rotation', 'is distinct from', rotation), row('key_id', '!=', keyId)])),
      )
      .returningAll()
      .executeTakeFirst();
  }

  async remove(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('webhooks').where('id', '=', id).executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** The newest first. */
  deliveries(webhook: string, before: number, limit: number): Promise<readonly DeliveryRow[]> {
    return this.#db
      .selectFrom('webhook_deliveries')
      .selectAll()
      .where('webhook', '=', webhook)
      .where('number', '<', before)
      .orderBy('number', 'desc')
      .limit(limit)
      .execute();
  }

  /** Active ones whose lease is nobody's, now this holder's. What another takes at the same time is his. */
  take(holder: string, keyId: string, leaseMs: number, limit: number): Promise<readonly WebhookRow[]> {
    return this.#db
      .updateTable('webhooks')
      .set({ lease_holder: holder, lease_until_ms: until(leaseMs), version: sql<number>`version + 1` })
      .where('id', 'in', (query) =>
        query
          .selectFrom('webhooks')
          .select('id')
          .where('state', '=', 'active')
          .where('key_id', '=', keyId)
          .where('lease_until_ms', '<', nowMs)
          .orderBy('lease_until_ms')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute();
  }

  /** Those that another key seals: this gateway can't sign for them. */
  async sealedOtherwise(keyId: string): Promise<readonly string[]> {
    const rows = await this.#db.selectFrom('webhooks').select('id').where('key_id', '!=', keyId).execute();
    return rows.map(({ id }) => id);
  }

  /** Prolongs all that this holder has. @returns them as they are now */
  renewAll(holder: string, leaseMs: number): Promise<readonly WebhookRow[]> {
    return this.#db
      .updateTable('webhooks')
      .set({ lease_until_ms: until(leaseMs) })
      .where('lease_holder', '=', holder)
      .where('lease_until_ms', '>=', nowMs)
      .returningAll()
      .execute();
  }

  /** Prolongs one. @returns undefined if it is not held any more, or was changed */
  renew({ id, holder, version }: Hold, leaseMs: number): Promise<WebhookRow | undefined> {
    return this.#db
      .updateTable('webhooks')
      .set({ lease_until_ms: until(leaseMs) })
      .where('id', '=', id)
      .where('lease_holder', '=', holder)
      .where('version', '=', version)
      .where('state', '=', 'active')
      .where('lease_until_ms', '>=', nowMs)
      .returningAll()
      .executeTakeFirst();
  }

  /** Others may have it at once. */
  async release(holder: string, ids?: readonly string[]): Promise<void> {
    await this.#db
      .updateTable('webhooks')
      .set({ lease_holder: null, lease_until_ms: 0 })
      .where('lease_holder', '=', holder)
      .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? []))
      .execute();
  }

  /** What came of an attempt and where the webhook is after it, in one SQL transaction. @returns false, and nothing is written, where the hold is lost */
  record({ id, holder, version }: Hold, change: WebhookChange, attempt?: Omit<DeliveryRow, 'webhook' | 'number'>) {
    return this.#db.transaction().execute(async (db) => {
      const counted = attempt ? { ...change, attempts: sql<number>`attempts + 1` } : change;
      const row = await db
        .updateTable('webhooks')
        .set(counted)
        .where('id', '=', id)
        .where('lease_holder', '=', holder)
        .where('version', '=', version)
        .returning('attempts')
        .executeTakeFirst();
      if (!row || !attempt) return row !== undefined;
      await db
        .insertInto('webhook_deliveries')
        .values({ ...attempt, webhook: id, number: row.attempts })
        .execute();
      await db
        .deleteFrom('webhook_deliveries')
        .where('webhook', '=', id)
        .where('number', '<=', row.attempts - KEPT_ATTEMPTS)
        .execute();
      return true;
    });
  }
}
