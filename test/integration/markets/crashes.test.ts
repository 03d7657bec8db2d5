/**
 * kill -9 at each step of a sealed market: whenever it has come to another state, everything of the organization whose gateway would take the next step dies at
 * once, gateway, chaincode, peer and committee node, and is started again while the next one may die already.
 */
import { expect } from 'chai';
import type { MarketState } from '../../../chaincode/domain/market/records.js';
import type { Step } from '../../../gateway/markets/step.js';
import { orderOf } from '../../../gateway/markets/turns.js';
import { startNetwork } from '../../../network/network.js';
import { auditLive } from '../../support/live-audit.js';
import { LiveMarket } from '../../support/live-market.js';
import { enrolled, escrowedMinor } from '../../support/live-persons.js';
import { closeIn, hours, liveScene, openSchedule, seconds, type LiveScene } from '../../support/live-scene.js';
import {
  EVERYBODY,
  networkOptions,
  ORGANIZER,
  realNetwork,
  RESELLER,
  VENUE,
  type RealNetwork,
} from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { aSale, EVENT_POLICY, held } from '../../support/statements.js';
import { until } from '../../support/until.js';

const OPEN_S = 45;
const TICKETS = 3;
const MAX_REPAIRS = 6;
const PARTIES = [ORGANIZER, RESELLER, VENUE];

/** The step that brings a market out of a state. */
const NEXT: Readonly<Partial<Record<MarketState, Step>>> = {
  open: { kind: 'close' },
  closed: { kind: 'freeze', page: 0 },
  frozen: { kind: 'unseal' },
  revealed: { kind: 'read', page: 0 },
  cleared: { kind: 'settle', page: 0 },
};

describe('kill -9 at each step of a sealed market', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let market: LiveMarket;
  let repairs: Promise<unknown> = Promise.resolve();
  let failure: unknown;
  const killed = new Map<MarketState, readonly string[]>();

  /** By whichever gateway answers first: one whose peer is dead would be waited for while a state goes by. */
  async function stateNow(): Promise<MarketState | undefined> {
    const parties = [network.venue, network.reseller, network.organizer];
    const asked = parties.map(async ({ client }) => (await client.market(market.id)).state);
    return Promise.any(asked).catch((error: unknown) => {
      if (!(error instanceof AggregateError)) throw error;
      return undefined;
    });
  }

  before(async () => {
    network = await realNetwork();
    const policy = { ...EVENT_POLICY, credentialRequired: true, market: 'both' as const };
    scene = liveScene({ policy, schedule: openSchedule({ doorsOpenAt: hours(1.5) }) });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    const { Ann, Ben, Cem, Dan } = await enrolled(network, scene.event.event, 'Ann', 'Ben', 'Cem', 'Dan');
    const seats = Array.from({ length: TICKETS }, (_, at) => `floor:A:${at + 1}`);
    const sale = aSale(scene.floor, { buyer: Ann, seats });
    await network.reseller.ledger.accept([sale.command], EVERYBODY);
    market = new LiveMarket(network, scene.event, { closesAt: closeIn(OPEN_S) });
    await market.open();
    const bidders = [Ben, Cem, Dan];
    await market.take(...bidders.map((person) => market.deposit(person, 3_000)));
    await market.take(
      ...seats.map((_, at) => market.order(Ann, anAsk(held(sale, at)))),
      ...bidders.map((person) => market.order(person, aBid())),
    );
  });
  after(async () => {
    await repairs;
    await repair();
  });

  it('does not keep it from its end', async () => {
    await until(() => seconds(0) >= market.terms.closesAt);
    await until(async () => {
      if (failure !== undefined) throw new Error('the network could not be started again', { cause: failure });
      const state = await stateNow();
      const step = state && NEXT[state];
      const victim = step && !killed.has(state) ? firstWhole(network, orderOf(market.of, step, PARTIES)) : undefined;
      if (state && victim) {
        killed.set(state, victim);
        for (const name of victim) process.kill(network.processes.running(name)!.pid, 'SIGKILL');
        repairs = repairs.then(repair).catch((error: unknown) => (failure ??= error));
      }
      return state === 'finished';
    });
    await repairs;
    for (const [state, names] of killed) console.log(`      ${state}: ${names.join(', ')}`);
    expect([...killed.keys()]).to.include.members(['closed', 'frozen', 'revealed', 'cleared']);
    for (const names of killed.values()) expect(names).to.have.length(4);
    expect((await market.released()).result).to.deep.include({ trades: TICKETS });
  });

  it('loses nothing, pays nothing twice and leaves all peers with the same', async () => {
    const replicas = await replicasAtRest(network.organizer.ledger);
    const copies = await Promise.all(replicas.map((replica) => replica.records(`${scene.event.event}/`)));
    for (const copy of copies) expect(copy).to.deep.equal(copies[0]);
    expect(await escrowedMinor(network, scene.event.event)).to.equal(0);
    expect(await auditLive(network, market.id)).to.deep.equal({ audit: 0, python: 0, tampered: 1 });
  });
});

/** What dies while it is being started is started once more. */
async function repair(): Promise<void> {
  for (let left = MAX_REPAIRS; ; left--)
    try {
      await startNetwork(networkOptions);
      return;
    } catch (error) {
      if (left === 1) throw error;
    }
}

/** @returns the processes of the first organization that has them all: another may just be started again */
function firstWhole(network: RealNetwork, mspIds: readonly string[]): readonly string[] | undefined {
  const all = mspIds.map((mspId) => processesOf(network, mspId));
  return all.find((names) => names.every((name) => network.processes.running(name)));
}

function processesOf({ plan }: RealNetwork, mspId: string): readonly string[] {
  const { name } = plan.organizations.find((each) => each.mspId === mspId)!;
  const { name: chaincode, version } = plan.topology.chaincode;
  const nodes = plan.committeeNodes.filter(({ organization }) => organization.mspId === mspId);
  return [
    `gateway-${name}`,
    `chaincode-${chaincode}-${version}-${name}`,
    `peer0-${name}`,
    ...nodes.map((node) => node.name),
  ];
}
