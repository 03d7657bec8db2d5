/**
 * The organization's API keys in memory, so that no request waits for the database. Another gateway's change is seen by its revision within seconds; what can't
 * be read for longer than that is not believed any more, because a revoked key must not outlive its revocation.
 */
import { GatewayError } from '../errors.js';
import type { Clock, Report } from '../fabric/clock.js';
import type { Store } from '../store/open-store.js';
import { idOfApiKey, readRow, standingOf, type ApiKey } from './api-key.js';
import { unauthenticated, type Identity } from './identity.js';

/** How often the revision is looked at. */
export const LOOK_MS = 2_000;
/** How long the keys are believed without a look that succeeded. */
export const BELIEVED_MS = 15_000;
/** A look that takes longer has failed: whoever waits for it is told so. */
export const READ_MS = 5_000;
const HOUR_MS = 60 * 60 * 1000;

export interface KeyBookOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly report: Report;
}

export class KeyBook {
  readonly #options: KeyBookOptions;
  #keys: ReadonlyMap<string, ApiKey> = new Map();
  #revision: number | undefined;
  #seenAtMs = -Infinity;
  #reading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #used = new Map<string, number>();
  #isFailing = false;
  #cancel: (() => void) | undefined;
  #isClosed = false;

  constructor(options: KeyBookOptions) {
    this.#options = options;
  }

  /** Looks from now on. @throws {Error} of the database */
  async start(): Promise<void> {
    await this.refresh();
    this.#lookAgain();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.#reading?.catch(() => undefined);
    await this.noteUses();
  }

  /** @returns undefined for what is no API key @throws {GatewayError} UNAUTHENTICATED, CREDENTIALS_UNAVAILABLE */
  async verify(shown: string): Promise<Identity | undefined> {
    const id = idOfApiKey(shown);
    if (id === undefined) return undefined;
    const now = this.#options.clock.now();
    // One that was made elsewhere a moment ago is not in the book yet.
    if (!this.#keys.has(id) || now - this.#seenAtMs > BELIEVED_MS) await this.#refreshOrRefuse();
    const key = this.#keys.get(id);
    const standing = key ? standingOf(key, shown, now) : 'is not known';
    if (!key || standing !== 'holds') throw unauthenticated(standing);
    const hour = now - (now % HOUR_MS);
    if ((key.lastUsedAt ?? 0) < hour) this.#used.set(id, hour);
    return { caller: { kind: 'key', id }, scopes: key.scopes };
  }

  /** Resolves when everything that was committed before the call is in the book. */
  refresh(): Promise<void> {
    if (!this.#reading) return this.#begin();
    // The one under way may have begun before the change.
    this.#next ??= this.#reading.then(
      () => this.#begin(),
      () => this.#begin(),
    );
    return this.#next;
  }

  /** Writes which keys were used, by the hour: not with each request. */
  async noteUses(): Promise<void> {
    const used = this.#used;
    this.#used = new Map();
    for (const [id, at] of used) {
      const update = this.#options.store.updateTable('api_keys').set({ last_used_at: at });
      await update
        .where('id', '=', id)
        .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<', at)]))
        .execute();
      const key = this.#keys.get(id);
      if (key) this.#keys = new Map(this.#keys).set(id, { ...key, lastUsedAt: at });
    }
  }

  #begin(): Promise<void> {
    this.#next = undefined;
    this.#reading = this.#inTime((isLate) => this.#read(isLate)).finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #inTime(read: (isLate: () => boolean) => Promise<void>): Promise<void> {
    let cancel: () => void = () => undefined;
    let isOver = false;
    const deadline = new Promise<never>((_, reject) => {
      const late = () => reject(new Error(`the store did not answer within ${READ_MS} ms`));
      cancel = this.#options.clock.after(READ_MS, late);
    });
    try {
      await Promise.race([read(() => isOver), deadline]);
    } finally {
      isOver = true;
      cancel();
    }
  }

  /** @param isLate nobody waits for it any more: another may have read newer keys since */
  async #read(isLate: () => boolean): Promise<void> {
    const { store, clock } = this.#options;
    const began = clock.now();
    // The revision first: keys may be newer than it, never older.
    const { revision } = await store.selectFrom('api_key_revision').select('revision').executeTakeFirstOrThrow();
    if (revision !== this.#revision) {
      const rows = await store.selectFrom('api_keys').selectAll().execute();
      if (isLate()) return;
      this.#keys = new Map(rows.map((row) => [row.id, readRow(row)]));
      this.#revision = revision;
    }
    if (!isLate()) this.#seenAtMs = began;
  }

  async #refreshOrRefuse(): Promise<void> {
    try {
      await this.refresh();
    } catch (cause) {
      throw new GatewayError('CREDENTIALS_UNAVAILABLE', { reason: "can't be looked up now" }, { cause });
    }
  }

  #lookAgain(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#options.clock.after(LOOK_MS, () => {
      void this.#look().then(() => this.#lookAgain());
    });
  }

  async #look(): Promise<void> {
    try {
      await this.refresh();
      await this.noteUses();
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing) this.#options.report('alarm', "API keys can't be read", { cause });
      this.#isFailing = true;
    }
  }
}
