/**
 * The state that a batch sees: what was read from the ledger, under what its accepted commands wrote so far, under what the command now being
 * judged writes. A refused command's writes are dropped.
 */
import type { Key } from './keys.js';

/** Who must endorse later writes of a key: all of these, and one of those. */
export interface KeyPolicy {
  readonly allOf: readonly string[];
  readonly oneOf: readonly string[];
}

export interface Write {
  readonly key: string;
  readonly record: unknown;
  readonly policy?: KeyPolicy;
}

/** What a rule reads and writes. */
export interface State {
  get<T>(key: Key<T>): T | undefined;
  /** @param policy for a key that is created here: who endorses its later writes */
  put<T>(key: Key<T>, record: T, policy?: KeyPolicy): void;
}

export class BatchState implements State {
  readonly #loaded: ReadonlyMap<string, unknown>;
  readonly #accepted = new Map<string, Write>();
  #pending = new Map<string, Write>();

  /** @param loaded every key that was read, with undefined for an absent record */
  constructor(loaded: ReadonlyMap<string, unknown>) {
    this.#loaded = loaded;
  }

  get<T>(key: Key<T>): T | undefined {
    const written = this.#pending.get(key) ?? this.#accepted.get(key);
    if (written) return written.record as T;
    // A rule that reads what it did not announce would judge on an absent record: a defect, never a refusal.
    if (!this.#loaded.has(key)) throw new Error(`${key} was not loaded`);
    return this.#loaded.get(key) as T | undefined;
  }

  put<T>(key: Key<T>, record: T, policy?: KeyPolicy): void {
    const kept = policy ?? (this.#pending.get(key) ?? this.#accepted.get(key))?.policy;
    this.#pending.set(key, { key, record, ...(kept && { policy: kept }) });
  }

  /** The command now being judged is accepted. */
  accept(): void {
    for (const [key, write] of this.#pending) this.#accepted.set(key, write);
    this.#pending = new Map();
  }

  /** The command now being judged is refused. */
  drop(): void {
    this.#pending = new Map();
  }

  /** All writes of accepted commands, sorted by key, so that every endorser writes in one order. */
  writes(): readonly Write[] {
    return [...this.#accepted.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}
