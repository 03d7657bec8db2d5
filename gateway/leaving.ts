/**
 * Leaving on a signal. First those are told who ask whether to send requests here, and given time to hear it; then each part ends in its turn. A signal
 * that comes again changes nothing: what was taken is answered, and every step of it is bounded.
 */
import type { Logger } from 'pino';
import { sleep, systemClock, type Clock } from './fabric/clock.js';

export interface LeavingOptions {
  readonly logger: Logger;
  /** Between the signal and the first step, milliseconds. */
  readonly noticeMs: number;
  readonly clock?: Clock;
  /** Where signals come from: the process, unless a test says otherwise. */
  readonly signals?: Pick<NodeJS.EventEmitter, 'on'>;
}

export class Leaving {
  readonly #options: LeavingOptions;
  #begun = false;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#begun;
  }

  /** @param steps one after the other; one that fails does not keep the others from ending */
  onSignal(steps: readonly (() => Promise<void> | void)[]): void {
    const once = (signal: string) => {
      if (this.#begun) return;
      this.#begun = true;
      this.#options.logger.info({ signal }, 'the gateway stops');
      void this.#leave(steps);
    };
    const { signals = process } = this.#options;
    signals.on('SIGTERM', once);
    signals.on('SIGINT', once);
  }

  async #leave(steps: readonly (() => Promise<void> | void)[]): Promise<void> {
    const { logger, noticeMs, clock = systemClock } = this.#options;
    await sleep(clock, noticeMs);
    let failures = 0;
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        failures += 1;
        logger.error({ err: error }, 'the gateway did not stop cleanly');
      }
    }
    if (failures > 0) process.exitCode = 1;
    else logger.info('the gateway has stopped');
  }
}
