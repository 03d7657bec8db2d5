/**
 * The box office of the browser's suites: the default network with the sample season, from nothing, once for a whole mocha run, in a folder and on
 * ports of its own; one ticket has lived a life on it. Whoever asks first starts it; it is stopped at the end, however that comes.
 */
import { readFileSync } from 'node:fs';
import type { HttpNodeOptions } from '../../committee/client/node-client.js';
import { GuichetClient } from '../../gateway/client/guichet-client.js';
import { Fan } from '../../gateway/tour/fan.js';
import { GateDevice } from '../../gateway/tour/gate-device.js';
import { guichet, resetNetwork, startNetwork, stopNetwork, type NetworkPlan } from '../../network/network.js';
import { sampleSeason } from '../../network/services.js';
import { hours, openSchedule } from '../support/live-scene.js';
import { placeOf } from '../support/place.js';
import { heldByAll } from '../support/real-nodes.js';
import { isUsable, keyWhen } from '../support/real-wallets.js';
import { until } from '../support/until.js';
import { announceForPersons, openBallot } from './for-persons.js';

const place = placeOf('e2e');
export const { dataDir } = place;
const options = { ...place, application: { ...guichet, setup: [...guichet.setup, sampleSeason] } };

export const MATINEE = 'OrganizerMSP:petit-theatre-matinee';
export const TICKET = `${MATINEE}:orchestre:C:7`;
/** An event whose organizer means ill, with a pool of 50 places. */
export const HOSTILE = { event: 'OrganizerMSP:hostile', name: '<img src=x onerror=alert(1)>' };
/** An event for people, and the market that is open at it for as long as the suites last. */
export const BALLOT = { event: 'OrganizerMSP:ballot', market: 'OrganizerMSP:ballot:m1' };
const CHANNEL = 'guichet';

export interface BoxOffice {
  /** Where the organizer's gateway shows the window. */
  readonly url: string;
  readonly organizer: GuichetClient;
  /** The committee's, as a wallet is told them at install. */
  readonly nodes: readonly HttpNodeOptions[];
  readonly ada: Fan;
  /** Has the ticket, and has been admitted. */
  readonly ben: Fan;
  /** Waits until the committee has made the key of an event or a market, and all nodes have their shares. */
  keyMade(name: string): Promise<void>;
  /** Sells one more place of the matinée's orchestre, and waits until the organizer's peer has it. */
  sell(place: string): Promise<void>;
}

let starting: Promise<BoxOffice> | undefined;

export function boxOffice(): Promise<BoxOffice> {
  return (starting ??= start());
}

after('stop the network', async () => {
  if (starting) await stopNetwork(options);
});

async function start(): Promise<BoxOffice> {
  await resetNetwork(options);
  const plan = await startNetwork(options);
  const [organizer, reseller, venue] = ['organizer', 'reseller', 'venue'].map((name) => gatewayOf(plan, name)) as [
    Gateway,
    Gateway,
    Gateway,
  ];
  const clients = [organizer, reseller, venue].map(({ client }) => client);
  const settle = async ({ body: { block = 0 } }: { readonly body: { readonly block?: number | undefined } }) =>
    until(async () =>
      (await Promise.all(clients.map((client) => client.ready()))).every(({ height }) => height > block),
    );
  const keyMade = async (name: string) => {
    await keyWhen(organizer, name, isUsable);
    await heldByAll(plan.committeeNodes, name);
  };
  const fan = (name: string) => new Fan({ name, channel: CHANNEL, event: MATINEE });
  const [ada, ben] = [fan('Ada'), fan('Ben')];
  const wish = (seat: string) => ({ seller: 'ResellerMSP', seats: [seat], currency: 'EUR', maxTotalMinor: 1_950 });
  const sell = async (place: string) => settle(await reseller.client.sell({ request: ada.purchase(wish(place)).jws }));

  await heldByAll(plan.committeeNodes, 'dedup');
  await sell('orchestre:C:7');
  const version = { ticket: TICKET, issue: 1, change: 0 };
  const given = ada.transfer(version, ben);
  await settle(await reseller.client.transfer(given.jws, ben.accept(given).jws));
  await admit(venue.client, ben, settle);
  await announceHostile(organizer.client, settle);
  await announceForPersons(organizer.client, BALLOT.event, 'A ballot');
  await openBallot(organizer.client, BALLOT.event, hours(0.5));
  return { url: organizer.url, organizer: organizer.client, nodes: nodesOf(plan), ada, ben, keyMade, sell };
}

const nodesOf = ({ committeeNodes }: NetworkPlan): HttpNodeOptions[] =>
  committeeNodes.map(({ organization, node, host, port }) => ({
    mspId: organization.mspId,
    node,
    baseUrl: `http://${host}:${port}`,
  }));

type Settle = (answer: { readonly body: { readonly block?: number | undefined } }) => Promise<void>;

async function admit(venue: GuichetClient, holder: Fan, settle: Settle): Promise<void> {
  const device = new GateDevice({ device: 'north-gate', channel: CHANNEL, event: MATINEE });
  await settle(await venue.registerDevice(MATINEE, { device: device.device, jwk: device.jwk, notAfter: hours(24) }));
  const version = { ticket: TICKET, issue: 1, change: 1 };
  const shown = holder.present(version);
  await settle(await venue.admit(device.scan('admit', version, shown).jws, shown.jws));
}

async function announceHostile(organizer: GuichetClient, settle: Settle): Promise<void> {
  const policy = { perPersonLimit: { primary: 4, resale: 4 }, transfer: 'forbidden' as const };
  const event = { ...HOSTILE, venue: 'VenueMSP', currency: 'JPY', schedule: openSchedule(), policy };
  await settle(await organizer.createEvent(event));
  const pool = { section: 'pit', from: 1, to: 50 };
  const price = { priceClass: 'standing', facePriceMinor: 1_800, fees: [] };
  await settle(
    await organizer.createAllotment(HOSTILE.event, { allotment: 'pit', seller: 'OrganizerMSP', ...price, pool }),
  );
}

interface Gateway {
  readonly url: string;
  readonly client: GuichetClient;
}

function gatewayOf({ organizations }: NetworkPlan, name: string): Gateway {
  const { directory } = organizations.find((each) => each.name === name)!;
  const { publicUrl: url } = JSON.parse(readFileSync(directory.profileFile, 'utf8')) as { publicUrl: string };
  const token = readFileSync(directory.tokenFile, 'utf8').trim();
  return { url, client: new GuichetClient({ baseUrl: url, token }) };
}
