/**
 * Who writes for an event, as far as this gateway knows. Two that write of one event at once conflict, above all where both look for free seats in the same
 * order; so the first that is asked takes a lease, and the others pass on to it. No lease keeps anything right, the ledger does: where the owner is not
 * known or does not answer, everybody writes for himself.
 */
import type { Clock, Report } from '../fabric/clock.js';
import type { Lease, LeaseBook, Member } from './lease-book.js';

export const LEASE_MS = 10_000;
const RENEW_EVERY_MS = LEASE_MS / 3;
/** A lane that nobody used so long is given up. */
const IDLE_MS = 60_000;
/** How long the store is not asked again after it did not answer. */
const WITHOUT_STORE_MS = 1_000;
/** How long before its end a lease counts no more. */
const MARGIN_MS = 500;

/** Another gateway of this organization. */
export interface Peer {
  readonly url: string;
  readonly secret: string;
}

export interface LaneOwners {
  /** @returns undefined: here */
  ownerOf(lane: string): Promise<Peer | undefined>;
  /** It did not answer: until its lease is over its lane is written here too. */
  doubt(lane: string): void;
  close(): Promise<void>;
}

/** One gateway that has its store alone. */
export const ALONE: LaneOwners = {
  ownerOf: () => Promise.resolve(undefined),
  doubt: () => undefined,
  close: () => Promise.resolve(),
};

interface Known {
  /** undefined: here. */
  readonly peer: Peer | undefined;
  readonly isOwn: boolean;
  untilMs: number;
  usedMs: number;
}

export interface LeasedLanesOptions {
  readonly book: LeaseBook;
  readonly self: Member;
  readonly clock: Clock;
  readonly report: Report;
  readonly leaseMs?: number;
}

export class LeasedLanes implements LaneOwners {
  readonly #options: LeasedLanesOptions;
  readonly #leaseMs: number;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Peer | undefined>>();
  #stopTimer: (() => void) | undefined;
  #renewing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: LeasedLanesOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  ownerOf(lane: string): Promise<Peer | undefined> {
    const nowMs = this.#options.clock.now();
    const known = this.#known.get(lane);
    if (known && known.untilMs > nowMs) {
      known.usedMs = nowMs;
      return Promise.resolve(known.peer);
    }
    const asking = this.#asking.get(lane) ?? this.#claim(lane).finally(() => this.#asking.delete(lane));
    this.#asking.set(lane, asking);
    return asking;
  }

  doubt(lane: string): void {
    const known = this.#known.get(lane);
    if (known) this.#known.set(lane, { ...known, peer: undefined });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer?.();
    await this.#renewing;
    await this.#options.book.giveBack(this.#options.self);
  }

  async #claim(lane: string): Promise<Peer | undefined> {
    const { book, self, clock, report } = this.#options;
    if (this.#isClosed) return undefined;
    // Before the question: by then the lease was at least as long.
    const askedMs = clock.now();
    try {
      const lease = await book.claim(lane, self, this.#leaseMs);
      return this.#remember(lane, lease, askedMs);
    } catch (cause) {
      report('warning', 'who writes for an event is not known: its commands go to the ledger from here', { cause });
      this.#known.set(lane, { peer: undefined, isOwn: false, untilMs: askedMs + WITHOUT_STORE_MS, usedMs: askedMs });
      return undefined;
    }
  }

  #remember(lane: string, { owner, url, secret, leftMs, epoch }: Lease, askedMs: number): Peer | undefined {
    const isOwn = owner === this.#options.self.owner;
    const peer = isOwn || url === undefined ? undefined : { url, secret };
    const before = this.#known.get(lane);
    // An owner's lease is looked at again when it should have been renewed; its own, when it should have been.
    this.#known.set(lane, { peer, isOwn, untilMs: askedMs + leftMs - (isOwn ? MARGIN_MS : 0), usedMs: askedMs });
    if (isOwn && before?.isOwn !== true) {
      this.#options.report('info', 'writes for an event', { event: lane, epoch });
      this.#stopTimer ??= this.#options.clock.after(RENEW_EVERY_MS, () => void this.#renewAll());
    }
    return peer;
  }

  async #renewAll(): Promise<void> {
    this.#stopTimer = undefined;
    this.#renewing = this.#renew();
    await this.#renewing;
    const hasOwn = [...this.#known.values()].some(({ isOwn }) => isOwn);
    if (hasOwn && !this.#isClosed)
      this.#stopTimer ??= this.#options.clock.after(RENEW_EVERY_MS, () => void this.#renewAll());
  }

  async #renew(): Promise<void> {
    const { book, self, clock, report } = this.#options;
    const nowMs = clock.now();
    for (const [lane, { untilMs, usedMs }] of this.#known)
      if (untilMs <= nowMs || nowMs - usedMs > IDLE_MS) this.#known.delete(lane);
    const own = [...this.#known].flatMap(([lane, { isOwn }]) => (isOwn ? [lane] : []));
    try {
      const renewed = await book.renew(own, self, this.#leaseMs);
      for (const lane of own) {
        const known = this.#known.get(lane);
        if (!renewed.has(lane)) this.#known.delete(lane);
        else if (known) known.untilMs = nowMs + this.#leaseMs - MARGIN_MS;
      }
      await book.forget();
    } catch (cause) {
      report('warning', 'the lanes of this gateway could not be renewed', { cause });
    }
  }
}
