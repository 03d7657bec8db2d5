/**
 * What persons may still win while a market is cleared: tickets within their limit, and deposit. What a bid has won is set aside at the bid's limit, whatever
 * the price: so what a person may win does not hang on the prices of others, and no trade costs more than was set aside for it.
 */
import type { CountedBid, Person } from './book.js';

const NOBODY: Person = { left: 0, depositMinor: 0 };

export class Standing {
  readonly #before: Pick<ReadonlyMap<string, Person>, 'get'>;
  /** Who has won since. */
  readonly #people = new Map<string, Person>();

  /** @param people whoever is not among them may win nothing */
  constructor(people: Pick<ReadonlyMap<string, Person>, 'get'>) {
    this.#before = people;
  }

  /** For what would be: what is won there is not won here, and it costs no more than those who win. */
  suppose(): Standing {
    return new Standing({ get: (person) => this.#of(person) });
  }

  /**
   * Who would get the bid's tickets, one each, if there were enough: the bidder, its guests, then the bidder again; without those whose limit is reached, and
   * as many as the bidder's deposit covers at the bid's limit.
   * @returns none for an all-or-nothing bid that can't have all
   */
  recipients({ bidder, guests, quantity, limitMinor, allOrNothing }: CountedBid): readonly string[] {
    const own = Math.min(this.#of(bidder).left, quantity - guests.length);
    const wanted = [
      ...(own > 0 ? [bidder] : []),
      ...guests.filter((guest) => this.#of(guest).left > 0),
      ...Array.from({ length: Math.max(0, own - 1) }, () => bidder),
    ];
    const recipients = wanted.slice(0, this.#covered(bidder, limitMinor));
    return allOrNothing && recipients.length < quantity ? [] : recipients;
  }

  /** @param recipients who got a ticket by it each */
  win({ bidder, limitMinor }: CountedBid, recipients: readonly string[]): void {
    for (const recipient of recipients) {
      const person = this.#of(recipient);
      this.#people.set(recipient, { ...person, left: person.left - 1 });
    }
    const payer = this.#of(bidder);
    this.#people.set(bidder, { ...payer, depositMinor: payer.depositMinor - limitMinor * recipients.length });
  }

  #of(person: string): Person {
    return this.#people.get(person) ?? this.#before.get(person) ?? NOBODY;
  }

  /** How many tickets the deposit covers: a whole quotient, exact for every amount. */
  #covered(bidder: string, limitMinor: number): number {
    const { depositMinor } = this.#of(bidder);
    return limitMinor === 0 ? Infinity : (depositMinor - (depositMinor % limitMinor)) / limitMinor;
  }
}
