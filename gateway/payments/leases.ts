/** Being at a payment: under a lease that is renewed as long as it takes, and given back with the time when somebody should look again. */
import type { Clock, Report } from '../fabric/clock.js';
import { ABANDONED_AFTER_MS } from './drive.js';
import { LEASE_MS, PaymentTaken, type PaymentStore } from './payment-store.js';
import { CONFIRM_WITHIN_MS, ProviderRefused } from './provider-steps.js';
import { UNFINISHED } from './states.js';
import type { Payment } from './tables.js';

const RENEWED_EVERY_MS = LEASE_MS / 3;
const FIRST_MS = 1_000;
const CONFIRMED_FIRST_MS = 4_000;
const LAST_MS = 60_000;
/** What the provider refuses it refuses until somebody has seen to it there. */
const REFUSED_LAST_MS = 3_600_000;

export interface LeasesOptions {
  readonly store: PaymentStore;
  readonly clock: Clock;
  readonly report: Report;
}

export class Leases {
  readonly #options: LeasesOptions;
  /** The lease is this process's; in it, one at a time. */
  readonly #held = new Set<string>();

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  /** @throws {PaymentTaken} where this process is at it already */
  async holding<T>(payment: string, run: () => Promise<T>): Promise<T> {
    if (this.#held.has(payment)) throw new PaymentTaken(`payment ${payment} is under way`);
    this.#held.add(payment);
    const stop = this.#renewing(payment);
    let lastMs = LAST_MS;
    try {
      return await run();
    } catch (error) {
      if (error instanceof ProviderRefused) lastMs = REFUSED_LAST_MS;
      throw error;
    } finally {
      stop();
      await this.#release(payment, lastMs);
      this.#held.delete(payment);
    }
  }

  #renewing(payment: string): () => void {
    const { clock, store } = this.#options;
    const failed = (cause: unknown) => this.#failed('a lease was not renewed', payment, cause);
    let isHeld = true;
    const renew = () => {
      void store.renew(payment).catch(failed);
      if (isHeld) cancel = clock.after(RENEWED_EVERY_MS, renew);
    };
    let cancel = clock.after(RENEWED_EVERY_MS, renew);
    return () => {
      isHeld = false;
      cancel();
    };
  }

  /** Where that fails, the lease runs out by itself. */
  async #release(name: string, lastMs: number): Promise<void> {
    const { store, clock } = this.#options;
    try {
      const payment = await store.find(name);
      if (payment?.owner !== store.owner) return;
      await store.release(name, dueIn(payment, clock.now(), lastMs), payment.failures + 1);
    } catch (cause) {
      this.#failed('a lease was not given back', name, cause);
    }
  }

  #failed(message: string, payment: string, cause: unknown): void {
    this.#options.report('warning', message, { payment, cause });
  }
}

/** Milliseconds after which it is worth looking again; null where it is over. */
function dueIn({ state, failures, changed_at }: Payment, nowMs: number, lastMs: number): number | null {
  if (!UNFINISHED.includes(state)) return null;
  const backOffMs = (first: number) => Math.min(lastMs, first * 2 ** Math.min(failures, 16));
  if (state === 'created') return Math.max(changed_at + ABANDONED_AFTER_MS - nowMs, backOffMs(FIRST_MS));
  if (state !== 'action_required') return backOffMs(FIRST_MS);
  return Math.min(backOffMs(CONFIRMED_FIRST_MS), Math.max(0, changed_at + CONFIRM_WITHIN_MS - nowMs));
}
