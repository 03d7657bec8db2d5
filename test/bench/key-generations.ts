/**
 * How long a committee takes for an event's key: from the answer that the event is on the ledger, at which the nodes send `key.generate` by themselves, to
 * the gateway's answer that the key is usable. A little more than the generation itself.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuichetClient } from '../../gateway/client/guichet-client.js';
import { ProblemError } from '../../gateway/client/problem-error.js';
import type { SharedKeyResource } from '../../gateway/client/resources.js';
import { loadTopology, type Topology } from '../../network/network.js';
import type { BenchNetwork } from './bench-network.js';
import { spreadOf, type Spread } from './statistics.js';

const REPEATS = 10;
const POLL_MS = 20;
const LIMIT_MS = 60_000;
const HOUR_MS = 3_600_000;

export async function measureKeyGenerations({ clientOf }: BenchNetwork): Promise<Spread> {
  const organizer = clientOf('organizer');
  const seconds: number[] = [];
  for (let number = 1; number <= REPEATS; number += 1) {
    const event = `OrganizerMSP:key-${number}`;
    await openEvent(organizer, event);
    const started = performance.now();
    const { usable } = await awaitKey(organizer, event);
    seconds.push((performance.now() - started) / 1000);
    const of = `${usable?.threshold ?? 0} of ${usable?.nodes.length ?? 0}`;
    console.log(`key ${number}: ${of} in ${seconds.at(-1)?.toFixed(2) ?? ''} s`);
  }
  return spreadOf(seconds, 2);
}

const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** An event for enrolled people: the committee makes a key for it. */
export async function openEvent(organizer: GuichetClient, event: string): Promise<void> {
  const now = Date.now();
  const at = (hours: number) => iso(now + hours * HOUR_MS);
  const sales = { salesOpenAt: at(-1), salesCloseAt: at(100), transfersCloseAt: at(100) };
  const schedule = { ...sales, doorsOpenAt: at(99), startsAt: at(100), endsAt: at(104) };
  const policy = { credentialRequired: true };
  await organizer.createEvent({ event, name: 'For persons', venue: 'VenueMSP', currency: 'EUR', schedule, policy });
}

/** @param key `dedup` or an event's id */
export async function awaitKey(client: GuichetClient, key: string): Promise<SharedKeyResource> {
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const found = await keyOf(client, key);
    if (found?.usable) return found;
    if (performance.now() > deadline) throw new Error(`the committee has no key for ${key} after ${LIMIT_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}

async function keyOf(client: GuichetClient, key: string): Promise<SharedKeyResource | undefined> {
  try {
    return await client.key(key);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** The default network with seven nodes, of which five have to answer: two in each of three organizations, one at the trustee. */
export function sevenNodes(): Topology {
  const topology = loadTopology('network/topology.json');
  const organizations = topology.organizations.map((organization) => {
    const [first] = organization.committeeNodes;
    if (!first || organization.name === 'trustee') return organization;
    return { ...organization, committeeNodes: [first, { ...first, name: 'committee1', port: first.port + 1 }] };
  });
  return { ...topology, committee: { threshold: 5 }, organizations };
}
