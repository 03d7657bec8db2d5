/** Finishes what nobody waits for any more: payments whose caller hung up, whose provider did not answer, whose gateway died. */
import type { Clock, Report } from '../fabric/clock.js';
import type { PaymentDrive } from './drive.js';
import type { Leases } from './leases.js';
import { PaymentTaken, type PaymentStore } from './payment-store.js';

const EVERY_MS = 1_000;
/** Most of the time a provider is waited for. */
const AT_ONCE = 32;
/** Buyers take their time to confirm, or never do: they may not keep the rest from being finished. */
const CONFIRMING_AT_ONCE = AT_ONCE / 4;

export interface PaymentWorkerOptions {
  readonly store: PaymentStore;
  readonly drive: Pick<PaymentDrive, 'advance'>;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly report: Report;
}

interface Running {
  readonly isConfirming: boolean;
  readonly done: Promise<void>;
}

export class PaymentWorker {
  readonly #options: PaymentWorkerOptions;
  readonly #running = new Map<string, Running>();
  /** Since the last tick. Whatever can't be finished is not tried again at once. */
  readonly #tried = new Set<string>();
  #stopTimer: (() => void) | undefined;
  #warned: Promise<void> = Promise.resolve();
  /** One look at a time, and one more if a place was left meanwhile. */
  #looking: Promise<void> | undefined;
  #mustLook = false;
  #isFailing = false;
  #stopped = false;

  constructor(options: PaymentWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#warned = this.warnOfOthers();
    this.#schedule(0);
  }

  /** Their money may be reserved for nothing. */
  async warnOfOthers(): Promise<void> {
    const { store, report } = this.#options;
    try {
      const payments = await store.unfinishedOfOthers();
      if (payments > 0) report('warning', 'payments of another provider are not finished here', { payments });
    } catch (cause) {
      report('warning', 'payments could not be looked for', { cause });
    }
  }

  /** Begins nothing more, and resolves when what is under way has come to a rest. */
  async close(): Promise<void> {
    this.#stopped = true;
    this.#stopTimer?.();
    await Promise.all([this.#warned, this.#looking, ...this.#runs()]);
    await Promise.all(this.#runs());
  }

  /** Everything that is due now, once. */
  async round(): Promise<void> {
    this.#tried.clear();
    do {
      await this.#look();
      await Promise.all(this.#runs());
    } while (this.#running.size > 0);
  }

  #runs(): readonly Promise<void>[] {
    return [...this.#running.values()].map(({ done }) => done);
  }

  /** Fills the places that are free. */
  #look(): Promise<void> {
    this.#mustLook = true;
    return (this.#looking ??= this.#lookOn());
  }

  async #lookOn(): Promise<void> {
    while (this.#mustLook && !this.#stopped) {
      this.#mustLook = false;
      await this.#begin();
    }
    this.#looking = undefined;
  }

  async #begin(): Promise<void> {
    const { store, report } = this.#options;
    const places = AT_ONCE - this.#running.size;
    const waiting = [...this.#running.values()].filter(({ isConfirming }) => isConfirming).length;
    const except = [...new Set([...this.#tried, ...this.#running.keys()])];
    if (places <= 0) return;
    try {
      const due = await store.due({ places, confirming: CONFIRMING_AT_ONCE - waiting, except });
      this.#isFailing = false;
      if (this.#stopped) return;
      for (const { payment, state } of due) {
        this.#tried.add(payment);
        this.#running.set(payment, { isConfirming: state === 'action_required', done: this.#run(payment) });
      }
    } catch (cause) {
      if (!this.#isFailing) report('warning', 'payments could not be looked for', { cause });
      this.#isFailing = true;
    }
  }

  async #run(name: string): Promise<void> {
    await this.#finish(name);
    this.#running.delete(name);
    await this.#look();
  }

  async #finish(name: string): Promise<void> {
    const { store, drive, leases, report } = this.#options;
    let failures = 0;
    try {
      await leases.holding(name, async () => {
        const payment = await store.claim(name);
        failures = payment?.failures ?? 0;
        if (payment) await drive.advance(payment);
      });
    } catch (cause) {
      if (cause instanceof PaymentTaken) return;
      // The caller was told the first time; from then on it is this one's business.
      if (failures <= 1) report('warning', 'a payment is not finished yet', { payment: name, cause });
    }
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#stopTimer = this.#options.clock.after(ms, () => {
      this.#tried.clear();
      void this.#look();
      // A look may go on as long as there is a backlog; what was tried is due again all the same.
      this.#schedule(EVERY_MS);
    });
  }
}
