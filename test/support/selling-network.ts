/** A network of its own, on which the reseller sells all the time: for what must not be noticed by who buys. */
import { resetNetwork, startNetwork, type NetworkPlan } from '../../network/network.js';
import { liveScene, type LiveScene } from './live-scene.js';
import type { NetworkPlace } from './place.js';
import { EVERYBODY, partyOf, registerTestKeys, type Party } from './real-network.js';
import { replicasAtRest, type Replica } from './replicas.js';
import { SteadyLoad } from './steady-load.js';

const BUYERS = 4;

export interface SellingNetwork {
  readonly organizer: Party;
  readonly reseller: Party;
  readonly scene: LiveScene;
  readonly load: SteadyLoad;
}

/** From nothing. The pool has more places than anybody buys: those from 80,001 on are free for other things. */
export async function sellingNetwork(place: NetworkPlace): Promise<SellingNetwork> {
  await resetNetwork(place);
  const plan: NetworkPlan = await startNetwork(place);
  const [organizer, reseller] = [partyOf(plan, 'organizer'), partyOf(plan, 'reseller')];
  await registerTestKeys({ organizer, reseller });
  const scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 90_000 } });
  await organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  const load = new SteadyLoad({ seller: reseller, pool: scene.floor, buyers: BUYERS });
  return { organizer, reseller, scene, load };
}

/** What a change did to those who bought meanwhile, in a line. */
export const toldOf = ({ acknowledged, longestOutageMs, retries }: SteadyLoad): string =>
  `${acknowledged.length} sales, longest time without one ${longestOutageMs} ms, sent again: ` +
  ([...retries].map(([code, count]) => `${code} ${count}`).join(', ') || 'none');

/** Each peer's records of the event, when all are at one height. */
export async function copiesOf({ ledger }: Party, event: string): Promise<readonly ReadonlyMap<string, unknown>[]> {
  const replicas: readonly Replica[] = await replicasAtRest(ledger);
  return Promise.all(replicas.map((replica) => replica.records(`${event}/`)));
}
