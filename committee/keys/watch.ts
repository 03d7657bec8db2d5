/** When to look at which key: at news of it, while something is going on, and at everything now and then, for news can be lost. */
import { DEDUP } from '../../chaincode/domain/committee-keys.js';
import type { Clock } from '../clock.js';
import type { Tended } from './keeper.js';

export interface WatchOptions {
  tend(owner: string): Promise<Tended>;
  /** All keys for which there is something to do. */
  due(): Promise<readonly string[]>;
  /** The keys that may be concerned where something happens at an event. */
  ownersAt(event: string): Promise<readonly string[]>;
  readonly clock: Clock;
  readonly onFailure: (owner: string, cause: unknown) => void;
}

/** While a key is open, and its news may be late. */
const OPEN_MS = 1_000;
/** After a conflict, twice as long after each further one and at random less: so that those who met don't meet again. */
const AGAIN_MS = 50;
const EVERYTHING_MS = 60_000;
/** What can make a key wanted, go on or be over, or its shares due; of a market's life not the orders, which are many. */
const KINDS = /^(key\.|event\.|policy\.|proposal\.|market\.(open|close|root|unseal|abort)$)/;

export class Watch {
  readonly #options: WatchOptions;
  /** Events of which there is news, the consortium as the dedup key. */
  readonly #news = new Set<string>();
  readonly #failing = new Set<string>();
  #everythingAt = -Infinity;
  #wake = new AbortController();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** @param event undefined for the consortium's */
  news(kind: string, event: string | undefined): void {
    if (!KINDS.test(kind)) return;
    this.#news.add(event ?? DEDUP);
    this.#wake.abort();
  }

  /** Looks until it is told to stop; what it is doing then is finished. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const stop = () => this.#wake.abort();
    signal.addEventListener('abort', stop);
    const isOver = () => signal.aborted;
    let conflicts = 0;
    let open = new Set<string>();
    while (!isOver()) {
      this.#wake = new AbortController();
      const due = new Set([...(await this.#concerned()), ...open]);
      const isTime = clock.now() - this.#everythingAt >= EVERYTHING_MS;
      if (isTime && (await this.#addEverything(due))) this.#everythingAt = clock.now();
      const tended = await this.#tendAll(due, signal);
      open = new Set([...due].filter((owner) => tended.get(owner) !== 'settled'));
      conflicts = [...tended.values()].includes('again') ? conflicts + 1 : 0;
      const pauseMs = conflicts > 0 ? Math.min(AGAIN_MS * 2 ** conflicts, OPEN_MS) * Math.random() : OPEN_MS;
      if (this.#news.size === 0 && !isOver()) await clock.sleep(pauseMs, this.#wake.signal);
    }
    signal.removeEventListener('abort', stop);
  }

  /** Whom the news concern. Where that can't be found out it is looked at everything. */
  async #concerned(): Promise<readonly string[]> {
    const news = [...this.#news];
    this.#news.clear();
    const owners: string[] = [];
    for (const event of news) {
      try {
        owners.push(...(event === DEDUP ? [DEDUP] : await this.#options.ownersAt(event)));
      } catch (cause) {
        this.#fails(event, cause);
        this.#everythingAt = -Infinity;
      }
    }
    return owners;
  }

  async #addEverything(due: Set<string>): Promise<boolean> {
    due.add(DEDUP);
    try {
      for (const owner of await this.#options.due()) due.add(owner);
      return true;
    } catch (cause) {
      this.#fails('everything', cause);
      return false;
    }
  }

  async #tendAll(due: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, Tended>> {
    const tended = new Map<string, Tended>();
    for (const owner of due) {
      if (signal.aborted) break;
      tended.set(owner, await this.#tend(owner));
    }
    return tended;
  }

  /** One key's trouble does not keep the node from the others. */
  async #tend(owner: string): Promise<Tended> {
    try {
      const tended = await this.#options.tend(owner);
      this.#failing.delete(owner);
      return tended;
    } catch (cause) {
      this.#fails(owner, cause);
      return 'open';
    }
  }

  /** Told once until it goes well again. */
  #fails(owner: string, cause: unknown): void {
    if (!this.#failing.has(owner)) this.#options.onFailure(owner, cause);
    this.#failing.add(owner);
  }
}
