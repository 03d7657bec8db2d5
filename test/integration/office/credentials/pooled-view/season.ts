/** A season: people who are seen once, at one desk or another, and come to some of the events, each when it suits them; some buy a ticket. */
import { randomInt } from 'node:crypto';
import { newId, walletFor } from '../../../../../committee/wallet/index.js';
import { keyMade, LivePerson } from '../../../../support/live-people.js';
import { liveScene } from '../../../../support/live-scene.js';
import { placesOf } from '../../../../support/places.js';
import { EVERYBODY, RESELLER, type Party, type RealNetwork } from '../../../../support/real-network.js';
import { settled } from '../../../../support/rest.js';
import { EVENT_POLICY } from '../../../../support/statements.js';

export interface Visit {
  readonly person: LivePerson;
  readonly event: string;
}

export interface Season {
  readonly people: readonly LivePerson[];
  readonly visits: readonly Visit[];
}

/** Of each event. */
export const SEATS: Parameters<typeof placesOf>[0] = { seats: { section: 'floor', rows: [['A', 1, 100]] } };

const AT_ONCE = 5;
const FEWEST_EVENTS = 2;
const PRICE_MINOR = 2_200;

/** The pseudonym of a visit, once it was made. */
export const credentialOf = ({ person, event }: Visit): string =>
  person.services.store.state.credentials[event]!.subject!;

export async function playSeason(network: RealNetwork, events: readonly string[], count: number): Promise<Season> {
  const people = await Promise.all(Array.from({ length: count }, (_, at) => aPerson(network, at)));
  await atOnce(people, (person) => person.register(events.length));
  const visits = shuffled(people.flatMap((person) => choice(events).map((event) => ({ person, event }))));
  await atOnce(visits, ({ person, event }) => person.goTo(event));
  await atOnce(shuffled(visits).slice(0, Math.floor(visits.length / 3)), (visit) => buy(network, visit));
  return { people, visits };
}

/** One from each desk, to everything, before anybody else: what is seen of them as well is no sign of one of the others. */
export async function sendAhead(network: RealNetwork, events: readonly string[]): Promise<void> {
  await atOnce([0, 1, 2], async (at) => {
    const person = await aPerson(network, at);
    await person.register(events.length);
    for (const event of events) {
      await person.goTo(event);
      await buy(network, { person, event });
    }
  });
}

/** The hasty one: everything at once, as soon as the clerk has signed; nobody else is about. */
export async function hurry(network: RealNetwork, events: readonly string[], people: number): Promise<Visit[]> {
  const visits: Visit[] = [];
  for (let at = 0; at < people; at += 1) {
    const person = await aPerson(network, at);
    await person.register(events.length);
    for (const event of events) {
      await person.goTo(event);
      visits.push({ person, event });
    }
  }
  return visits;
}

/** Another organization's gateway than the attestor's, as wallets are told. */
function aPerson(network: RealNetwork, at: number): Promise<LivePerson> {
  const parties: readonly Party[] = [network.organizer, network.reseller, network.venue];
  const [attestor, gateway] = [parties[at % parties.length]!, parties[(at + 1) % parties.length]!];
  return LivePerson.with({ network, attestor, gateway });
}

/** Events and their keys. */
export async function announce(network: RealNetwork, count: number): Promise<readonly string[]> {
  const scenes = Array.from({ length: count }, () =>
    liveScene({ policy: { ...EVENT_POLICY, credentialRequired: true } }, SEATS),
  );
  const commands = scenes.flatMap(({ event, floor }) => [event.command, floor.command]);
  await network.organizer.ledger.accept(commands, EVERYBODY);
  const events = scenes.map(({ event }) => event.event);
  await Promise.all(events.map((event) => keyMade(network, event)));
  return events;
}

async function buy({ organizer, reseller, venue }: RealNetwork, { person, event }: Visit): Promise<void> {
  // Whose peers judge the purchase have to know of the enrolment, which went through another gateway.
  await settled([organizer, reseller, venue], (await person.gateway.client.ready()).height - 1);
  const wallet = await walletFor(event, person.services);
  const { jws } = await wallet.signPurchase({
    ...{ event, seller: RESELLER, currency: 'EUR', maxTotalMinor: PRICE_MINOR, paymentReference: newId() },
    wanted: { priceClass: 'standard', quantity: 1 },
  });
  const { body } = await reseller.client.sell({ request: jws });
  await settled([organizer], body.block ?? 0);
}

/** From two to all. */
const choice = (events: readonly string[]): readonly string[] =>
  shuffled(events).slice(0, randomInt(FEWEST_EVENTS, events.length + 1));

function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = randomInt(at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

async function atOnce<T>(work: readonly T[], one: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...work];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await one(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
