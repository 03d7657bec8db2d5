/** Finishes what nobody waits for any more: payments whose caller hung up, whose provider did not answer, whose gateway died. */
import type { Clock, Report } from '../fabric/clock.js';
import type { PaymentDrive } from './drive.js';
import type { Leases } from './leases.js';
import { PaymentTaken, type PaymentStore } from './payment-store.js';

const EVERY_MS = 1_000;
const AT_ONCE = 8;

export interface PaymentWorkerOptions {
  readonly store: PaymentStore;
  readonly drive: PaymentDrive;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly report: Report;
}

export class PaymentWorker {
  readonly #options: PaymentWorkerOptions;
  #stopTimer: (() => void) | undefined;
  #round: Promise<void> = Promise.resolve();
  #isFailing = false;
  #stopped = false;

  constructor(options: PaymentWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#round = this.warnOfOthers();
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
    await this.#round;
  }

  /** Everything that is due now, once. */
  async round(): Promise<void> {
    const { store, report } = this.#options;
    try {
      const due = await store.due(AT_ONCE);
      await Promise.all(due.map((payment) => this.#finish(payment)));
      this.#isFailing = false;
    } catch (cause) {
      if (!this.#isFailing) report('warning', 'payments could not be looked for', { cause });
      this.#isFailing = true;
    }
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
      this.#round = this.round().then(() => this.#schedule(EVERY_MS));
    });
  }
}
