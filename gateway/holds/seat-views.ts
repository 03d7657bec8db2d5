/** What this gateway knows of held seats without asking the book: that they are held, and that its allocator offers none of them. */
import type { SeatAllocator } from '../sales/seat-allocator.js';
import type { HeldPlaces } from './held-places.js';
import type { Hold } from './hold.js';

export interface SeatViewsOptions {
  readonly held: HeldPlaces;
  readonly allocator: SeatAllocator;
}

export class SeatViews {
  readonly #options: SeatViewsOptions;

  constructor(options: SeatViewsOptions) {
    this.#options = options;
  }

  /** What was written is known here at once. */
  async told({ event, hold, seats, expiresAtMs: untilMs }: Hold): Promise<void> {
    const { held, allocator } = this.#options;
    await held.add(seats.map((place) => ({ event, place, hold, untilMs })));
    await allocator.held(event, seats, untilMs);
  }

  /** Holds that another gateway made since, so that the next offer is not among them. */
  async learn(event: string): Promise<void> {
    const { held, allocator } = this.#options;
    held.forget(event);
    for (const { place, untilMs } of (await held.of(event)).values()) await allocator.held(event, [place], untilMs);
  }
}
