/**
 * Every kind of process is killed (SIGKILL) once while seats are sold through REST, and brought back by `up`. Whoever was told that he has a seat has
 * it on every peer, nobody has a seat twice, and the peers agree to the last byte.
 */
import { expect } from 'chai';
import type { EntriesRecord, HolderRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { startNetwork } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { isLeader } from '../../support/metrics.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest, type Replica } from '../../support/replicas.js';
import { SteadyLoad } from '../../support/steady-load.js';
import { until } from '../../support/until.js';

const BUYERS = 8;
/** Acknowledged between two kills, at least. */
const BETWEEN_KILLS = 40;
/** Long enough to see what stands still without a process, and for orderers to elect another leader. */
const DEAD_MS = 2_000;

/** What is killed, in this order; the seller is the reseller. */
const VICTIMS: readonly (readonly [kind: string, nameOf: (network: RealNetwork) => Promise<string> | string])[] = [
  ['peer of another endorser', () => 'peer0-venue'],
  ["the gateway's own peer", () => 'peer0-reseller'],
  ['chaincode server', ({ plan: { topology } }) => serverOf(topology.chaincode)],
  ['orderer, follower', (network) => ordererThat(network, false)],
  ['orderer, leader', (network) => ordererThat(network, true)],
  ['gateway', () => 'gateway-reseller'],
  ['signer', () => 'signer-reseller'],
];

const serverOf = ({ name, version }: { readonly name: string; readonly version: string }) =>
  `chaincode-${name}-${version}-reseller`;

describe('kill -9 during sales', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let load: SteadyLoad;
  let replicas: readonly Replica[];
  let copies: readonly ReadonlyMap<string, unknown>[];
  const outages: string[] = [];

  before(async () => {
    network = await realNetwork();
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 90_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    load = new SteadyLoad({ seller: network.reseller, pool: scene.floor, buyers: BUYERS });
    await load.progress(BETWEEN_KILLS);
  });

  for (const [kind, nameOf] of VICTIMS) {
    it(`${kind}: sales go on`, async () => {
      const name = await nameOf(network);
      load.watch();
      await kill(network, name);
      await new Promise((resolve) => setTimeout(resolve, DEAD_MS));
      await startNetwork(networkOptions);
      await load.progress(BETWEEN_KILLS);
      outages.push(`${kind} (${name}): ${load.longestOutageMs} ms`);
      expect(network.processes.running(name)).not.to.be.undefined;
    });
  }

  describe('afterwards', () => {
    before(async () => {
      await load.stop();
      replicas = await replicasAtRest(network.organizer.ledger);
      copies = await Promise.all(replicas.map((replica) => replica.records(`${scene.event.event}/`)));
      console.log(
        `      ${load.acknowledged.length} sales acknowledged, ${VICTIMS.length} kills; longest without one:`,
      );
      for (const outage of outages) console.log(`        ${outage}`);
      console.log(`      sent again: ${[...load.retries].map(([code, count]) => `${code} ${count}`).join(', ')}`);
    });

    it('nobody was refused', () => expect(load.refused).to.deep.equal([]));

    it('all peers have the same blocks, judged alike', async () => {
      const top = (await replicas[0]!.height()) - 1;
      const hashes = await Promise.all(replicas.map((replica) => replica.commitHash(top)));
      expect(new Set(hashes).size).to.equal(1);
      expect(hashes[0]).to.have.length(64);
    });

    it('all peers have the same world state', () => {
      for (const copy of copies) expect(copy).to.deep.equal(copies[0]);
    });

    it('every acknowledged seat is its buyer’s, sold once', () => {
      const owners = new Map<string, string>();
      for (const { sale } of load.acknowledged) {
        const key = ticketKey(scene.event.event, sale.payload.seats[0]!);
        expect(owners.has(key)).to.be.false;
        owners.set(key, sale.buyer.kid);
      }
      for (const copy of copies) {
        for (const [key, holder] of owners)
          expect(copy.get(key), key).to.deep.include({
            holder,
            issue: 1,
            state: 'sold',
          } satisfies Partial<TicketRecord>);
      }
    });

    it('the ledger has nothing that was not acknowledged', () => {
      expect(keysOf(copies[0]!, 't')).to.have.length(load.acknowledged.length);
    });

    it("every holder's counts are the tickets that it has", () => {
      for (const { sale } of load.acknowledged)
        expect(copies[0]!.get(holderKey(scene.event.event, sale.buyer.kid))).to.deep.equal({
          held: 1,
          boughtPrimary: 1,
        } satisfies HolderRecord);
      expect(keysOf(copies[0]!, 'h')).to.have.length(load.acknowledged.length);
    });

    it('every sale is in the books once, and they balance', () => {
      const books = keysOf(copies[0]!, 'm').flatMap((key) => copies[0]!.get(key) as EntriesRecord);
      expect(books).to.have.length(load.acknowledged.length);
      expect(new Set(books.map(([command]) => command)).size).to.equal(books.length);
      for (const [, ...entries] of books) expect(entries.reduce((sum, [, minor]) => sum + minor, 0)).to.equal(0);
    });
  });

  const keysOf = (copy: ReadonlyMap<string, unknown>, kind: string) =>
    [...copy.keys()].filter((key) => key.startsWith(`${scene.event.event}/${kind}/`));

  // Where the network did not even start there is no load.
  after(() => (load as SteadyLoad | undefined)?.abandon());
});

async function kill({ processes }: RealNetwork, name: string): Promise<void> {
  process.kill(processes.running(name)!.pid, 'SIGKILL');
  await until(() => processes.running(name) === undefined);
}

/** Leaders change, so they are asked at the last moment. */
async function ordererThat({ plan }: RealNetwork, leads: boolean): Promise<string> {
  let found: string | undefined;
  await until(async () => {
    const leading = await Promise.all(plan.orderers.map((orderer) => isLeader(orderer).catch(() => false)));
    // One leader exactly: while they change, several or none may think that they are.
    if (leading.filter(Boolean).length === 1) found = plan.orderers[leading.indexOf(leads)]?.name;
    return found !== undefined;
  });
  return found!;
}
