/** What this gateway knows of held seats without asking the book: that they are held, and that its allocator offers none of them. */
import { Gathered } from '../gathered.js';
import type { SeatAllocator } from '../sales/seat-allocator.js';
import type { HeldPlaces } from './held-places.js';
import type { Hold } from './hold.js';

export interface SeatViewsOptions {
  readonly held: HeldPlaces;
  readonly allocator: SeatAllocator;
}

export class SeatViews {
  readonly #options: SeatViewsOptions;
  readonly #learning: Gathered<string, void>;

  constructor(options: SeatViewsOptions) {
    this.#options = options;
    this.#learning = new Gathered(async (events) => {
      for (const event of events) await this.#learn(event);
    });
  }

  /** What was written is known here at once. */
  async told({ event, hold, seats, expiresAtMs: untilMs }: Hold): Promise<void> {
    const { held, allocator } = this.#options;
    await held.add(seats.map((place) => ({ event, place, hold, untilMs })));
    await allocator.held(event, seats, untilMs);
  }

  /** What others hold or have in hand since, so that the next offer is not among it. */
  learn(event: string): Promise<void> {
    return this.#learning.ask([event]);
  }

  async #learn(event: string): Promise<void> {
    const { held, allocator } = this.#options;
    held.forget(event);
    await allocator.learn(event, await held.outOfReach(event));
  }
}
