/**
 * How full a lane's next batch must be before it goes. The first goes at once, and a quiet lane never waits; each further one in flight must be fuller,
 * so that under load few full transactions are on their way and not many empty ones: a transaction costs the network as much as a dozen orders in it.
 * It counts by lane: events that sell little must not wait for one another.
 */

/** Of one lane: that many in flight need no certain size, so that an order seldom waits for a whole round trip. */
const AT_ONCE = 2;

export class Pace {
  readonly #depth: number;
  readonly #inFlight = new Map<string, number>();

  /** @param depth how many may be in flight at all: the last one must be full */
  constructor(depth: number) {
    this.#depth = depth;
  }

  /** @param fullness what waits in the lane, as a share of a whole batch; may be above 1 */
  mayGo(lane: string, fullness: number): boolean {
    const inFlight = this.#inFlight.get(lane) ?? 0;
    return inFlight < AT_ONCE || fullness >= (inFlight + 1 - AT_ONCE) / Math.max(1, this.#depth - AT_ONCE);
  }

  sent(lane: string): void {
    this.#inFlight.set(lane, (this.#inFlight.get(lane) ?? 0) + 1);
  }

  ended(lane: string): void {
    const inFlight = (this.#inFlight.get(lane) ?? 0) - 1;
    if (inFlight > 0) this.#inFlight.set(lane, inFlight);
    else this.#inFlight.delete(lane);
  }
}
