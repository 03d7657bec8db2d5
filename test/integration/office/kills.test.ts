/**
 * Every kind of process is killed (SIGKILL) once while seats are sold and sold on through REST, the gateway many times, and brought back by `up`. Whoever
 * was told that he has a seat has it on every peer, nobody has a seat twice, whoever sold one has his money, and the peers agree to the last byte. Of who
 * pays by card as much is taken as the ledger has sold him.
 * SEED=<n> repeats the gateway's random moments.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { EntriesRecord, HolderRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import { holderKey, paymentKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { holderAccount } from '../../../chaincode/domain/money.js';
import { readProfile } from '../../../gateway/config.js';
import { UNFINISHED } from '../../../gateway/payments/states.js';
import { openStore } from '../../../gateway/store/open-store.js';
import { startNetwork } from '../../../network/network.js';
import { seededRandom } from '../../simulation/random.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { isLeader } from '../../support/metrics.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest, type Replica } from '../../support/replicas.js';
import { call } from '../../support/rest.js';
import type { TestSale } from '../../support/statements.js';
import { SteadyLoad } from '../../support/steady-load.js';
import { until } from '../../support/until.js';

const BUYERS = 8;
const RESELL_EVERY = 4;
const PAY_EVERY = 3;
/** What the builders' seller has of a ticket that he sells on. */
const PROCEEDS_MINOR = 1_900;
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
  ['gateway', () => GATEWAY],
  ['signer', () => 'signer-reseller'],
];

const GATEWAY = 'gateway-reseller';
/** At any moment between taking a request and having answered it: with eight buyers and blocks of 200 ms every stage is met. */
const RANDOM_KILLS = 12;
const LONGEST_LIFE_MS = 700;

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
    const often = { resellEvery: RESELL_EVERY, payEvery: PAY_EVERY };
    load = new SteadyLoad({ seller: network.reseller, pool: scene.floor, buyers: BUYERS, ...often });
    await load.progress(BETWEEN_KILLS);
  });

  for (const [kind, nameOf] of VICTIMS) {
    it(`${kind}: sales go on`, async () => {
      const name = await nameOf(network);
      load.watch();
      await kill(network, name);
      await sleep(DEAD_MS);
      await startNetwork(networkOptions);
      await load.progress(BETWEEN_KILLS);
      outages.push(`${kind} (${name}): ${load.longestOutageMs} ms`);
      expect(network.processes.running(name)).not.to.be.undefined;
    });
  }

  it(`gateway, at ${RANDOM_KILLS} random moments: sales go on`, async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`      SEED=${seed}`);
    const random = seededRandom(seed);
    for (let killed = 0; killed < RANDOM_KILLS; killed += 1) {
      await sleep(random() * LONGEST_LIFE_MS);
      await kill(network, GATEWAY);
      await startNetwork(networkOptions);
      await load.progress(1);
    }
    await load.progress(BETWEEN_KILLS);
  });

  describe('afterwards', () => {
    before(async () => {
      await load.stop();
      replicas = await replicasAtRest(network.organizer.ledger);
      copies = await Promise.all(replicas.map((replica) => replica.records(`${scene.event.event}/`)));
      console.log(
        `      ${load.acknowledged.length} sales and ${load.soldOn.length} resales acknowledged, ${VICTIMS.length + RANDOM_KILLS} kills; longest without a sale:`,
      );
      for (const outage of outages) console.log(`        ${outage}`);
      console.log(`      sent again: ${[...load.retries].map(([code, count]) => `${code} ${count}`).join(', ')}`);
    });

    it('nobody was refused', () => expect(load.refused).to.deep.equal([]));

    it('all peers have the same blocks, judged alike', async () => {
      // Of the blocks that all have: the clockwork may have written one since.
      const top = Math.min(...(await Promise.all(replicas.map((replica) => replica.height())))) - 1;
      const hashes = await Promise.all(replicas.map((replica) => replica.commitHash(top)));
      expect(new Set(hashes).size).to.equal(1);
      expect(hashes[0]).to.have.length(64);
    });

    it('all peers have the same world state', () => {
      for (const copy of copies) expect(copy).to.deep.equal(copies[0]);
    });

    it('every acknowledged seat is its buyer’s, or whose he sold it to, and sold once', () => {
      expect(load.soldOn).not.to.be.empty;
      const owners = new Map<string, Partial<TicketRecord>>();
      for (const { sale } of load.acknowledged) {
        expect(owners.has(keyOf(sale))).to.be.false;
        owners.set(keyOf(sale), { holder: sale.buyer.kid, issue: 1, change: 0, hops: 0, state: 'sold' });
      }
      for (const { sale, resale } of load.soldOn)
        owners.set(keyOf(sale), { holder: resale.ticket.holder.kid, issue: 1, change: 2, hops: 1, state: 'sold' });
      for (const copy of copies) for (const [key, ticket] of owners) expect(copy.get(key), key).to.deep.include(ticket);
    });

    it('the ledger has nothing that was not acknowledged', () => {
      expect(keysOf(copies[0]!, 't')).to.have.length(load.acknowledged.length);
      expect(keysOf(copies[0]!, 'l')).to.have.length(load.soldOn.length);
    });

    it("every holder's counts are the tickets that it has, and what it is owed", () => {
      const holders = new Map<string, HolderRecord>();
      for (const { sale } of load.acknowledged) holders.set(sale.buyer.kid, { held: 1, boughtPrimary: 1 });
      for (const { sale, resale } of load.soldOn) {
        holders.set(sale.buyer.kid, { held: 0, boughtPrimary: 1, resold: 1, balanceMinor: PROCEEDS_MINOR });
        holders.set(resale.ticket.holder.kid, { held: 1, boughtPrimary: 0, boughtResale: 1 });
      }
      for (const [kid, record] of holders)
        expect(copies[0]!.get(holderKey(scene.event.event, kid)), kid).to.deep.equal(record);
      expect(keysOf(copies[0]!, 'h')).to.have.length(holders.size);
    });

    it('every sale and resale is in the books once, they balance, and holders have what stands in them', () => {
      const books = keysOf(copies[0]!, 'm').flatMap((key) => copies[0]!.get(key) as EntriesRecord);
      expect(books).to.have.length(load.acknowledged.length + load.soldOn.length);
      expect(new Set(books.map(([command]) => command)).size).to.equal(books.length);
      for (const [, ...entries] of books) expect(entries.reduce((sum, [, minor]) => sum + minor, 0)).to.equal(0);
      const credited = books.flatMap(([, ...entries]) => entries.filter(([account]) => account.startsWith('holder:')));
      const expected = load.soldOn.map(({ sale }) => [holderAccount(sale.buyer.kid), PROCEEDS_MINOR, 'proceeds']);
      expect(credited).to.have.deep.members(expected);
    });
  });

  describe('by card', () => {
    let charges: readonly { readonly key: string; readonly state: string; readonly amount_minor: number }[];

    before(async () => {
      await until(async () => (await unfinished()).length === 0);
      charges = await chargesIn(network);
    });

    it('as much was captured as the ledger has sold, once each, and nothing is reserved any longer', async () => {
      const { event } = scene.event;
      const keys = load.byCard.map(({ request }) => paymentKey(event, 'ResellerMSP', request.paymentReference));
      const records = await network.reseller.ledger.records.readAll(keys);
      const sold = load.byCard.filter((_, index) => records[index] !== undefined);
      expect(sold).to.have.length.of.at.least(RANDOM_KILLS);
      const ours = charges.filter(({ key }) => load.byCard.some(({ request }) => isOf(key, request.paymentReference)));
      const captured = ours.filter(({ state }) => state === 'captured');
      expect(ours.filter(({ state }) => !['captured', 'voided'].includes(state))).to.deep.equal([]);
      for (const { request, payload } of sold) {
        const amounts = captured
          .filter(({ key }) => isOf(key, request.paymentReference))
          .map((one) => one.amount_minor);
        expect(amounts, request.paymentReference).to.deep.equal([payload.totalMinor]);
      }
      expect(captured).to.have.length(sold.length);
      console.log(`      ${captured.length} charges captured, ${ours.length - captured.length} voided`);
    });

    const isOf = (key: string, reference: string): boolean => key.startsWith(`guichet.ResellerMSP.${reference}.`);
    /** Who does not ask any more is served by the gateway itself. */
    const unfinished = async (): Promise<readonly unknown[]> => {
      const pages = await Promise.all(
        UNFINISHED.map(async (state) => {
          const page = await call(network.reseller, 'GET', `/v1/payments?state=${state}`);
          return ((await page.json()) as { readonly payments: readonly unknown[] }).payments;
        }),
      );
      return pages.flat();
    };
  });

  const keyOf = ({ payload }: TestSale) => ticketKey(scene.event.event, payload.seats[0]!);
  const keysOf = (copy: ReadonlyMap<string, unknown>, kind: string) =>
    [...copy.keys()].filter((key) => key.startsWith(`${scene.event.event}/${kind}/`));

  // Where the network did not even start there is no load.
  after(() => (load as SteadyLoad | undefined)?.abandon());
});

async function kill({ processes }: RealNetwork, name: string): Promise<void> {
  process.kill(processes.running(name)!.pid, 'SIGKILL');
  await until(() => processes.running(name) === undefined);
}

/** Of the provider's own books, which are the gateway's as long as it runs. */
async function chargesIn(network: RealNetwork) {
  const { profileFile } = network.plan.organizations.find(({ name }) => name === 'reseller')!.directory;
  process.kill(network.processes.running(GATEWAY)!.pid, 'SIGTERM');
  await until(() => network.processes.running(GATEWAY) === undefined);
  const store = await openStore({ directory: readProfile(profileFile).storeDir }, () => undefined);
  try {
    return await store.selectFrom('payment_test_charge').select(['key', 'state', 'amount_minor']).execute();
  } finally {
    await store.destroy();
    await startNetwork(networkOptions);
  }
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
