/**
 * Reads give way. So many are answered at once as leave the process time for sales: fewer when its event loop lags, more again when it does not (additive
 * increase, multiplicative decrease, as TCP has it). What is beyond is told to come back before any work is done for it, not even a log line.
 * Health is always answered, and what writes has the lanes' own bounds.
 */
import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';
import type { Clock } from '../../fabric/clock.js';
import { problemOf, STATUS } from '../problem.js';

export interface ReadGateOptions {
  readonly clock: Clock;
  readonly maxReads?: number;
  readonly minReads?: number;
}

export interface ReadFigures {
  readonly reading: number;
  /** So many may be under way now. */
  readonly limit: number;
  /** Turned away since the start. */
  readonly shed: number;
}

const MAX_READS = 64;
const MIN_READS = 8;
const LOOK_EVERY_MS = 100;
/** The loop came so late to its timer: whoever waits for a sale has waited too. */
const LAG_MS = 75;
const LESS = 0.7;
const MORE = 1;
const RETRY_AFTER_S = 1;

export class ReadGate {
  readonly #clock: Clock;
  readonly #max: number;
  readonly #min: number;
  #limit: number;
  #reading = 0;
  #shed = 0;
  #stop: () => void = () => undefined;

  constructor({ clock, maxReads = MAX_READS, minReads = MIN_READS }: ReadGateOptions) {
    this.#clock = clock;
    [this.#max, this.#min, this.#limit] = [maxReads, minReads, maxReads];
  }

  get figures(): ReadFigures {
    return { reading: this.#reading, limit: Math.floor(this.#limit), shed: this.#shed };
  }

  /** Looks at the event loop from now on, until it is closed. */
  start(): void {
    const due = this.#clock.now() + LOOK_EVERY_MS;
    this.#stop = this.#clock.after(LOOK_EVERY_MS, () => {
      this.#adapt(this.#clock.now() - due);
      this.start();
    });
  }

  close(): void {
    this.#stop();
  }

  shedReads(): Middleware {
    return async (ctx, next) => {
      if (!isRead(ctx)) {
        await next();
        return;
      }
      if (this.#reading >= Math.floor(this.#limit)) {
        this.#shed += 1;
        turnAway(ctx, Math.floor(this.#limit));
        return;
      }
      this.#reading += 1;
      try {
        await next();
      } finally {
        this.#reading -= 1;
      }
    };
  }

  #adapt(lagMs: number): void {
    this.#limit = lagMs > LAG_MS ? Math.max(this.#min, this.#limit * LESS) : Math.min(this.#max, this.#limit + MORE);
  }
}

const isRead = ({ method, path }: Context): boolean =>
  (method === 'GET' || method === 'HEAD') && !path.startsWith('/health/');

function turnAway(ctx: Context, limit: number): void {
  const instance = randomUUID();
  ctx.status = STATUS.OVERLOADED;
  ctx.set({
    'Retry-After': String(RETRY_AFTER_S),
    'X-Request-Id': instance,
    // A page of another origin may know why, too.
    ...{ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id' },
  });
  ctx.body = problemOf('OVERLOADED', { limit }, instance);
  ctx.type = 'application/problem+json';
}
