/**
 * What each handle was used for: a handle serves one purpose for good, so that a node can't link two events of a person, and is counted against the attestor
 * that signed it. One file for each month in which handles expire; the file goes when the month has come. It holds no handle, only its digest.
 */
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { decline, demand } from '../errors.js';
import { AppendLog } from './append-log.js';
import { fileSteps, removeDurably } from './durable-file.js';

export type Limits = Readonly<Record<HandleKind, number>>;
export type HandleKind = 'master' | 'event';

export interface Binding {
  /** Digest of the blinded element. */
  readonly handle: string;
  readonly kind: HandleKind;
  /** `person` or the event's id. */
  readonly purpose: string;
  /** The attestor's organization and key. */
  readonly attestor: string;
  /** When the handle expires: seconds since 1970, a month's first. */
  readonly expiresAt: number;
}

const entrySchema = z.tuple([z.string(), z.enum(['master', 'event']), z.string(), z.string(), z.string()]);
const MONTH_FILE = /^([0-9]{4}-[0-9]{2})\.log$/;
/** About 200 bytes of memory each. */
const MAX_BINDINGS = 5_000_000;

export interface BindingsOptions {
  readonly directory: string;
  /** New handles that each attestor's key may bring in a day, UTC. */
  readonly limitsPerDay: Limits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly maxBindings?: number;
}

export interface AttestorCount {
  readonly attestor: string;
  readonly kind: HandleKind;
  readonly day: string;
  readonly handles: number;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const monthOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 7);

export class Bindings {
  readonly #options: Required<BindingsOptions>;
  /** By digest. A promise while the entry is on its way to the disk. */
  readonly #purposes = new Map<string, { readonly purpose: string; written?: Promise<void> | undefined }>();
  readonly #counts = new Map<string, AttestorCount & { handles: number }>();
  readonly #months = new Map<string, Promise<AppendLog>>();

  private constructor(options: BindingsOptions) {
    this.#options = { maxBindings: MAX_BINDINGS, ...options };
  }

  static async open(options: BindingsOptions): Promise<Bindings> {
    const bindings = new Bindings(options);
    const { directory, now } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await fileSteps.syncDirectory(directory);
    for (const name of (await readdir(directory)).sort()) {
      const month = MONTH_FILE.exec(name)?.[1];
      if (month === undefined) continue;
      // From its first second on no handle of that month is taken any more.
      if (month <= monthOf(now() / 1000)) await removeDurably(join(directory, name));
      else await bindings.#log(month);
    }
    return bindings;
  }

  /**
   * Resolves once the binding is on disk; the same again does nothing.
   * @throws {NodeError} HANDLE_ALREADY_BOUND to something else, ATTESTOR_LIMIT_REACHED, STORE_FULL
   */
  async bind(binding: Binding): Promise<void> {
    const { handle, purpose } = binding;
    const known = this.#purposes.get(handle);
    if (!known) return this.#add(binding);
    demand(known.purpose === purpose, 'HANDLE_ALREADY_BOUND', { field: 'handle' });
    await known.written;
  }

  /** Today's counts. */
  counts(): readonly AttestorCount[] {
    const today = dayOf(this.#options.now());
    return [...this.#counts.values()].filter(({ day }) => day === today);
  }

  async close(): Promise<void> {
    for (const log of this.#months.values()) await (await log).close();
  }

  async #add({ handle, kind, purpose, attestor, expiresAt }: Binding): Promise<void> {
    const { now, limitsPerDay, maxBindings } = this.#options;
    const day = dayOf(now());
    if (this.#purposes.size >= maxBindings) decline('STORE_FULL', { limit: maxBindings });
    const limit = limitsPerDay[kind];
    const count = this.#countOf({ attestor, kind, day });
    demand(count.handles < limit, 'ATTESTOR_LIMIT_REACHED', { field: 'handle', kind, limitPerDay: limit });
    count.handles += 1;
    const written = this.#log(monthOf(expiresAt)).then((log) => log.append([handle, kind, purpose, attestor, day]));
    const entry: { readonly purpose: string; written?: Promise<void> | undefined } = { purpose, written };
    this.#purposes.set(handle, entry);
    await written;
    entry.written = undefined;
  }

  #countOf({ attestor, kind, day }: Omit<AttestorCount, 'handles'>) {
    const id = `${day} ${kind} ${attestor}`;
    const known = this.#counts.get(id);
    if (known) return known;
    for (const [old, each] of this.#counts) if (each.day < day) this.#counts.delete(old);
    const fresh = { attestor, kind, day, handles: 0 };
    this.#counts.set(id, fresh);
    return fresh;
  }

  #log(month: string): Promise<AppendLog> {
    const known = this.#months.get(month);
    if (known) return known;
    const opened = AppendLog.open(join(this.#options.directory, `${month}.log`), (entry) => this.#recall(entry));
    this.#months.set(month, opened);
    return opened;
  }

  #recall(entry: unknown): void {
    const [handle, kind, purpose, attestor, day] = entrySchema.parse(entry);
    this.#purposes.set(handle, { purpose });
    if (day === dayOf(this.#options.now())) this.#countOf({ attestor, kind, day }).handles += 1;
  }
}
