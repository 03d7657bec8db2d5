/**
 * Orders for the same named seats. Whoever comes while another's order for one of them is on its way waits for what becomes of that: of hundreds who want one
 * seat one is signed for and sent, and the others hear that it is sold as soon as it is. Nobody waits twice, nor long: if the first was refused, or takes its time,
 * those who waited go and the ledger judges between them, so nobody keeps a seat from others with orders that must fail.
 */
import type { Clock } from '../fabric/clock.js';
import type { Sold } from './sale-maker.js';

/** Who asks for seats: his request's digest, by which a request that is sent twice is known. */
export interface Contender {
  readonly event: string;
  readonly seats: readonly string[];
  readonly digest: string;
}

export interface Contest {
  /** Before his order is: of those who are too late nothing need be known. @throws if it must not be sent */
  readonly check: () => void;
  /** Sends the contender's order. @param hasWaited for rivals */
  readonly order: (hasWaited: boolean) => Promise<Sold>;
  /** Answers him where another has got one of his seats. */
  readonly lose: (seat: string, to: Won) => Promise<Sold>;
}

/** An order that got its seats just now. */
export interface Won extends Contender {
  readonly sold: Sold;
}

/** An order on its way; undefined if it did not get its seats just now. Never rejects. */
type Attempt = Promise<Won | undefined>;

/** Longer than a trip to the ledger on a busy day, shorter than a bank that does not answer. */
const PATIENCE_MS = 3_000;
/** Who finds no room to wait goes on at once: the lanes have bounds of their own, and are fair. */
const MAX_WAITING = 800;
/** Where so many are on their way the ledger judges between them in any case. */
const MAX_RIVALS = 8;

export class ContestedSeats {
  readonly #clock: Clock;
  /** By event and place. */
  readonly #underWay = new Map<string, Set<Attempt>>();
  #waiting = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async sell(contender: Contender, { check, order, lose }: Contest): Promise<Sold> {
    const rivals = this.#rivalsOf(contender);
    // No await before the order is entered where nobody was before it: of two who come together one must see the other.
    const waits = rivals.size > 0 && rivals.size <= MAX_RIVALS && this.#waiting < MAX_WAITING;
    if (waits) {
      const won = await this.#firstWon(rivals);
      const seat = contender.seats.find((each) => won?.seats.includes(each));
      if (won && seat !== undefined) return lose(seat, won);
    }
    check();
    return this.#send(contender, () => order(waits));
  }

  #rivalsOf({ event, seats }: Contender): ReadonlySet<Attempt> {
    const rivals = new Set<Attempt>();
    for (const seat of seats)
      for (const attempt of this.#underWay.get(keyOf(event, seat)) ?? []) {
        rivals.add(attempt);
        if (rivals.size > MAX_RIVALS) return rivals;
      }
    return rivals;
  }

  /** @returns undefined if none of them won, or none has yet */
  async #firstWon(rivals: ReadonlySet<Attempt>): Promise<Won | undefined> {
    this.#waiting += 1;
    let stop: () => void = () => undefined;
    try {
      return await new Promise<Won | undefined>((resolve) => {
        stop = this.#clock.after(PATIENCE_MS, () => resolve(undefined));
        for (const rival of rivals) void rival.then((won) => won && resolve(won));
        void Promise.all(rivals).then(() => resolve(undefined));
      });
    } finally {
      stop();
      this.#waiting -= 1;
    }
  }

  async #send(contender: Contender, order: () => Promise<Sold>): Promise<Sold> {
    const { event, seats } = contender;
    const result = order();
    // What was sold before says nothing of who has the seats now.
    const attempt = result.then(
      (sold) => (sold.committed.replayed ? undefined : { ...contender, sold }),
      () => undefined,
    );
    const keys = seats.map((seat) => keyOf(event, seat));
    for (const key of keys) this.#underWay.set(key, (this.#underWay.get(key) ?? new Set()).add(attempt));
    try {
      return await result;
    } finally {
      for (const key of keys) this.#leave(key, attempt);
    }
  }

  #leave(key: string, attempt: Attempt): void {
    const attempts = this.#underWay.get(key);
    attempts?.delete(attempt);
    if (attempts?.size === 0) this.#underWay.delete(key);
  }
}

/** No event's id and no place has a space. */
const keyOf = (event: string, seat: string): string => `${event} ${seat}`;
