/** Several people at one event: each has shown a passport and has a pseudonym there, and what the story calls it. */
import type { SoldTicket } from '../client/resources.js';
import { newCommandId } from '../http/command-id.js';
import type { Party, Stage } from './cast.js';
import { PRICE_MINOR } from './chapters/event.js';
import { StoryBroken } from './narrator.js';
import { issuePassport, Person } from './person.js';

export class Crowd {
  readonly #stage: Stage;
  readonly #people = new Map<string, Person>();
  readonly #names = new Map<string, string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** All at once. @param attestor looks at their passports */
  async join(text: string, attestor: Party, names: readonly string[]): Promise<void> {
    const join = async (name: string) => {
      const passport = await issuePassport(this.#stage, 'SPECIMEN', name.toUpperCase());
      const person = await Person.with(this.#stage, { passport, attestor });
      await person.register();
      const enrolled = await person.goTo(this.#stage.event);
      this.#people.set(name, person);
      this.#names.set(enrolled.body.credential, name);
      return enrolled;
    };
    await this.#stage.narrator.happenAtOnce(text, names.map(join));
  }

  person(name: string): Person {
    const person = this.#people.get(name);
    if (!person) throw new StoryBroken(`${name} has not joined`);
    return person;
  }

  nameOf(credential: string): string {
    return this.#names.get(credential) ?? credential;
  }

  get credentials(): readonly string[] {
    return [...this.#names.keys()];
  }

  async credentialOf(name: string): Promise<string> {
    return (await this.person(name).holderFor(this.#stage.event)).credential;
  }

  /** @param seat of an allotment of the seller's */
  async buy(name: string, { client, mspId }: Party, seat: string) {
    const { event } = this.#stage;
    const price = { seller: mspId, currency: 'GBP', maxTotalMinor: PRICE_MINOR, paymentReference: newCommandId() };
    const wallet = await this.person(name).walletFor(event);
    const { jws } = await wallet.signPurchase({ event, wanted: { seats: [seat] }, ...price });
    return client.sell({ request: jws });
  }

  async transfer(from: string, to: string, { ticket, issue, change }: SoldTicket) {
    const { event, venue } = this.#stage;
    const [giver, taker] = await Promise.all([from, to].map((name) => this.person(name).walletFor(event)));
    if (!giver || !taker) throw new StoryBroken('a transfer has two sides');
    const { jws } = await giver.signTransfer({ ticket, issue, change }, taker.holder);
    return venue.client.transfer(jws, (await taker.signAcceptance(event, jws)).jws);
  }
}
