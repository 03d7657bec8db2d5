/**
 * Leaving on a signal. First those are told who ask whether to send requests here, and given time to hear it; then each part ends in its turn. A signal
 * that comes again changes nothing: what was taken is answered, and every step of it is bounded. Where a part has died that only a new process can have again, it leaves
 * in the same way by itself, with an exit code that has a supervisor start it anew.
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
  #steps: readonly (() => Promise<void> | void)[] | undefined;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#begun;
  }

  /** @param steps one after the other; one that fails does not keep the others from ending */
  onSignal(steps: readonly (() => Promise<void> | void)[]): void {
    this.#steps = steps;
    const { signals = process } = this.#options;
    signals.on('SIGTERM', (signal: string) => this.#begin({ signal }));
    signals.on('SIGINT', (signal: string) => this.#begin({ signal }));
    if (this.#begun) void this.#leave(steps);
  }

  /** Without a signal. Before it is known what to end, that is waited for. */
  fail(reason: string): void {
    process.exitCode = 1;
    this.#begin({ reason });
  }

  #begin(why: object): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#options.logger.info(why, 'the gateway stops');
    if (this.#steps) void this.#leave(this.#steps);
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
