/** Work that costs a peer much: a little at once, the rest waits, first come, first served; and where anybody can ask for it, more than a little of that is refused. */
import { GatewayError } from './errors.js';

export interface LineLimits {
  readonly atOnce: number;
  /** As many as come, unless given. */
  readonly waiting?: number;
}

export class Line {
  readonly #limits: LineLimits;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  /** @throws {GatewayError} QUEUE_FULL without having begun */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const { atOnce, waiting: limit = Infinity } = this.#limits;
    if (this.#underWay < atOnce) this.#underWay += 1;
    else if (this.#waiting.length >= limit) throw new GatewayError('QUEUE_FULL', { limit });
    // Who is called has the place of whom it was called by.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#underWay -= 1;
    }
  }
}
