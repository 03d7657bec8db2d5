/**
 * An event for persons with a sealed market: half of the people hold a ticket, the others want one. Persons come on the ledger by a short cut, which is
 * set-up and not measured: no wallet asks the nodes, but what t nodes would sign of a credential is signed here with their keys, out of the network's folder.
 * The ledger verifies it as any enrolment. Everything else goes through the organizations' gateways.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import { generateSigningKey, signStatement, type SigningKey } from '../../gateway/signer/sign-statement.js';
import { nodeSigningKeys } from '../support/live-committee.js';
import type { BenchNetwork } from './bench-network.js';
import { awaitKey } from './key-generations.js';
import { postAll } from './rest-load.js';
import { openDrop, runDrop, signOrders } from './seat-drop-load.js';

export const RESELLER = 'ResellerMSP';
const RULES: PolicyPart = {
  credentialRequired: true,
  market: 'both',
  organizerRoyaltyBps: 500,
  venueBps: 200,
};
const THRESHOLD = 3;
const CLIENTS = 400;
/** A gateway keeps fewer commands of the public waiting than of its own operator. */
const PUBLIC_CLIENTS = 80;

export interface Person {
  readonly key: SigningKey;
  readonly credential: string;
}

export interface Seller extends Person {
  readonly ticket: string;
}

export interface MarketScene {
  readonly channel: string;
  readonly event: string;
  readonly sellers: readonly Seller[];
  readonly buyers: readonly Person[];
}

/** @param orders as many as there are people */
export async function openMarketScene(network: BenchNetwork, event: string, orders: number): Promise<MarketScene> {
  const { channel } = network.profileOf('reseller');
  const organizer = network.clientOf('organizer');
  const sold = Math.floor(orders / 2);
  const places = await openDrop(organizer, event, sold, RULES);
  await awaitKey(organizer, event);
  const people = await enrolPeople(network, event, orders);
  const holders = people.slice(0, sold);
  const purchases = signOrders(channel, event, places.slice(0, sold), 1, (at) => holders[at] ?? newPerson());
  await runDrop(network.shopOf('reseller'), purchases, CLIENTS);
  const sellers = holders.map((holder, at) => ({ ...holder, ticket: purchases[at]?.tickets[0] ?? '' }));
  return { channel, event, sellers, buyers: people.slice(sold) };
}

const newPerson = (): Person => ({ key: generateSigningKey(), credential: randomBytes(32).toString('base64url') });

async function enrolPeople(network: BenchNetwork, event: string, count: number): Promise<readonly Person[]> {
  const { channel } = network.profileOf('reseller');
  const nodes = (await nodeSigningKeys(network.plan)).slice(0, THRESHOLD);
  const people = Array.from({ length: count }, newPerson);
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const bodies = people.map(({ credential, key: { kid: key } }) => {
    const statements = nodes.map((node) => {
      const payload = { channel, event, jti: randomUUID(), exp, credential, key, sequence: 0 };
      return signStatement(node, 'enrolment', payload).jws;
    });
    return JSON.stringify({ statements });
  });
  await postAll(network.shopOf('reseller'), `/v1/events/${event}/enrolments`, bodies, PUBLIC_CLIENTS);
  return people;
}
