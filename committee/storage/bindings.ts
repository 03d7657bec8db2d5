/**
 * What each handle was used for: a handle serves one purpose for good, so that a node can't link two events of a person, and is counted against the attestor
 * that signed it. One file for each month in which handles expire. It goes a month later, and only when a handle that is still good comes on a later day: a clock
 * that is ahead at a start takes nothing away. It holds no handle, only its digest.
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

interface Entry {
  readonly purpose: string;
  /** In which the handle expires. */
  readonly month: string;
  written?: Promise<void> | undefined;
}

export class Bindings {
  readonly #options: Required<BindingsOptions>;
  /** By digest. A promise while the entry is on its way to the disk. */
  readonly #purposes = new Map<string, Entry>();
  readonly #counts = new Map<string, AttestorCount & { handles: number }>();
  readonly #months = new Map<string, Promise<AppendLog>>();
  #prunedOn = '';

  private constructor(options: BindingsOptions) {
    this.#options = { maxBindings: MAX_BINDINGS, ...options };
  }

  static async open(options: BindingsOptions): Promise<Bindings> {
    const bindings = new Bindings(options);
    const { directory } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await fileSteps.syncDirectory(directory);
    for (const name of (await readdir(directory)).sort()) {
      const month = MONTH_FILE.exec(name)?.[1];
      if (month !== undefined) await bindings.#log(month);
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
    const pruned = this.#prune(day);
    // A handle that is refused below does not wait for it; a file that stays is taken up at the next start.
    pruned.catch(() => undefined);
    if (this.#purposes.size >= maxBindings) decline('STORE_FULL', { limit: maxBindings });
    const limit = limitsPerDay[kind];
    const count = this.#countOf({ attestor, kind, day });
    demand(count.handles < limit, 'ATTESTOR_LIMIT_REACHED', { field: 'handle', kind, limitPerDay: limit });
    count.handles += 1;
    const month = monthOf(expiresAt);
    const opened = this.#log(month).catch((error: unknown) => {
      // Nothing was written: the handle is as free as before.
      this.#purposes.delete(handle);
      count.handles -= 1;
      throw error;
    });
    const written = opened.then((log) => log.append([handle, kind, purpose, attestor, day]));
    const entry: Entry = { purpose, month, written };
    this.#purposes.set(handle, entry);
    await Promise.all([written, pruned]);
    entry.written = undefined;
  }

  /** Forgets at once what a month ago was over; the promise is for the files. Once a day. */
  async #prune(day: string): Promise<void> {
    if (day === this.#prunedOn) return;
    this.#prunedOn = day;
    const over = [...this.#months].filter(([month]) => month < day.slice(0, 7));
    if (over.length === 0) return;
    for (const [month] of over) this.#months.delete(month);
    for (const [handle, { month }] of this.#purposes) if (month < day.slice(0, 7)) this.#purposes.delete(handle);
    for (const [month, log] of over) {
      await (await log).close();
      await removeDurably(join(this.#options.directory, `${month}.log`));
    }
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
    const opened = AppendLog.open(join(this.#options.directory, `${month}.log`), (entry) => this.#recall(entry, month));
    this.#months.set(month, opened);
    // The next handle tries again.
    opened.catch(() => this.#months.delete(month));
    return opened;
  }

  #recall(entry: unknown, ofMonth: string): void {
    const [handle, kind, purpose, attestor, day] = entrySchema.parse(entry);
    if (this.#purposes.has(handle)) return;
    this.#purposes.set(handle, { purpose, month: ofMonth });
    if (day === dayOf(this.#options.now())) this.#countOf({ attestor, kind, day }).handles += 1;
  }
}
