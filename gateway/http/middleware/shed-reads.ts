/**
 * Reads give way. So many are answered at once as leave the process time for sales: fewer when its event loop lags, more again when it does not (additive
 * increase, multiplicative decrease, as TCP has it). Some more stand in line for a moment, so that a burst is answered and only a flood is not; what is beyond
 * is told to come back before any work is done for it, not even a log line. A read that waits for a block, or for the chain to be read, leaves its place to
 * others meanwhile. Health and metrics are always answered, and what writes has the lanes' own bounds.
 */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Context, Middleware } from 'koa';
import type { Clock } from '../../fabric/clock.js';
import { GatewayError } from '../../errors.js';
import { problemOf, STATUS } from '../problem.js';
import type { RequestState } from './request-id.js';

export interface ReadGateOptions {
  readonly clock: Clock;
  readonly maxReads?: number;
  readonly minReads?: number;
  /** In line for a place. */
  readonly maxInLine?: number;
  /** Beside the places, for a block or for the chain to be read. */
  readonly maxWaiting?: number;
}

/** Carries out a wait beside the reads. @throws {GatewayError} OVERLOADED where too many wait, or read when it is over */
export type Aside = (wait: () => Promise<unknown>) => Promise<void>;

export interface ReadFigures {
  readonly reading: number;
  /** So many may be under way now. */
  readonly limit: number;
  /** Turned away since the start. */
  readonly shed: number;
}

/** Of those too that are not under way. */
export interface ReadLevels extends ReadFigures {
  /** For a place. */
  readonly inLine: number;
  /** Beside the places, for a block or for the chain to be read. */
  readonly waiting: number;
}

const MAX_READS = 64;
const MIN_READS = 8;
const MAX_IN_LINE = 256;
/** Whoever stands in line longer is better off elsewhere, or later. */
const LINE_MS = 2_000;
const MAX_WAITING = 256;
const LOOK_EVERY_MS = 100;
/** The loop came so late to its timer: whoever waits for a sale has waited too. */
const LAG_MS = 75;
const LESS = 0.7;
const MORE = 1;
const RETRY_AFTER_S = 1;

/** In line. */
interface Standing {
  readonly enter: (hasPlace: boolean) => void;
}

export class ReadGate {
  readonly #clock: Clock;
  readonly #bounds: Required<Omit<ReadGateOptions, 'clock'>>;
  readonly #line = new Set<Standing>();
  #limit: number;
  #reading = 0;
  #waiting = 0;
  #shed = 0;
  #stop: () => void = () => undefined;

  constructor({ clock, ...bounds }: ReadGateOptions) {
    const defaults = { maxReads: MAX_READS, minReads: MIN_READS, maxInLine: MAX_IN_LINE, maxWaiting: MAX_WAITING };
    this.#clock = clock;
    this.#bounds = { ...defaults, ...bounds };
    this.#limit = this.#bounds.maxReads;
  }

  get figures(): ReadFigures {
    return { reading: this.#reading, limit: Math.floor(this.#limit), shed: this.#shed };
  }

  get levels(): ReadLevels {
    return { ...this.figures, inLine: this.inLine, waiting: this.waiting };
  }

  /** For a place. */
  get inLine(): number {
    return this.#line.size;
  }

  /** Beside those that are read, for a block or for the chain to be read. */
  get waiting(): number {
    return this.#waiting;
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

  /** @param count is told of each that is turned away: it is neither logged nor counted as a request */
  shedReads(count: (code: 'OVERLOADED') => void): Middleware<RequestState> {
    return async (ctx, next) => {
      if (!isRead(ctx)) {
        await next();
        return;
      }
      if (!(await this.#enter(ctx))) {
        turnAway(ctx, Math.floor(this.#limit));
        count('OVERLOADED');
        return;
      }
      const place = { isTaken: true };
      ctx.state.aside = async (wait) => {
        this.#requireRoomToWait();
        place.isTaken = false;
        this.#leave();
        await this.#wait(wait);
        place.isTaken = await this.#enter(ctx);
        if (!place.isTaken) throw new GatewayError('OVERLOADED', { limit: Math.floor(this.#limit) });
      };
      try {
        await next();
      } finally {
        if (place.isTaken) this.#leave();
      }
    };
  }

  /** @returns whether there was a place, at once or after some time in line; whoever has one must leave it */
  async #enter({ res }: Context): Promise<boolean> {
    if (this.#reading < Math.floor(this.#limit)) {
      this.#reading += 1;
      return true;
    }
    const hasPlace = this.#line.size < this.#bounds.maxInLine && (await this.#standInLine(res));
    if (!hasPlace) this.#shed += 1;
    return hasPlace;
  }

  #standInLine(response: ServerResponse): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = () => standing.enter(false);
      const stop = this.#clock.after(LINE_MS, giveUp);
      // Whoever hangs up stands in nobody's way.
      response.once('close', giveUp);
      const standing: Standing = {
        enter: (hasPlace) => {
          stop();
          response.off('close', giveUp);
          this.#line.delete(standing);
          resolve(hasPlace);
        },
      };
      this.#line.add(standing);
    });
  }

  #leave(): void {
    this.#reading -= 1;
    this.#letIn();
  }

  /** First come, first served. */
  #letIn(): void {
    for (const standing of this.#line) {
      if (this.#reading >= Math.floor(this.#limit)) return;
      this.#reading += 1;
      standing.enter(true);
    }
  }

  #requireRoomToWait(): void {
    if (this.#waiting < this.#bounds.maxWaiting) return;
    this.#shed += 1;
    throw new GatewayError('OVERLOADED', { limit: this.#bounds.maxWaiting });
  }

  async #wait(wait: () => Promise<unknown>): Promise<void> {
    this.#waiting += 1;
    try {
      await wait();
    } finally {
      this.#waiting -= 1;
    }
  }

  #adapt(lagMs: number): void {
    const { minReads, maxReads } = this.#bounds;
    this.#limit = lagMs > LAG_MS ? Math.max(minReads, this.#limit * LESS) : Math.min(maxReads, this.#limit + MORE);
    this.#letIn();
  }
}

/** Of the gateway itself: how it is must be seen most of all when it has much to do. */
const OWN = ['/health/live', '/health/ready', '/metrics'];

const isRead = ({ method, path }: Context): boolean => (method === 'GET' || method === 'HEAD') && !OWN.includes(path);

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
