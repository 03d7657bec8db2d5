/**
 * Sealed markets on a real network, from the close to the last deposit: nodes say that the time has come and reveal, gateways do the rest, and nobody tells
 * them to. One of them is killed while it settles.
 */
import { expect } from 'chai';
import type { EntriesRecord, HolderRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { ticketPlace } from '../../../chaincode/domain/ids.js';
import { ESCROWED_DEPOSITS } from '../../../chaincode/domain/money.js';
import { orderOf } from '../../../gateway/markets/turns.js';
import { startNetwork } from '../../../network/network.js';
import { keyMade, LivePerson } from '../../support/live-people.js';
import { LiveMarket } from '../../support/live-market.js';
import { closeIn, hours, liveScene, openSchedule, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { aSale, EVENT_POLICY, type TestKey } from '../../support/statements.js';
import { until } from '../../support/until.js';

/** Orders are in by then; on a busy machine they take a while. */
const OPEN_S = 60;
/** Each; more than two pages of trades in all. */
const TICKETS = 34;

describe('the life of sealed markets', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let seats = 0;
  const people = new Map<string, LivePerson>();
  const at = (name: string): TestKey => people.get(name)!.keyAt(scene.event.event);
  const read = <T>(key: string) => network.venue.ledger.records.read<T>(key);
  const holder = (name: string) => read<HolderRecord>(holderKey(scene.event.event, at(name).credential!));

  /** Seats of row A, one after the other. */
  async function ticketsOf(name: string, count: number): Promise<readonly string[]> {
    const rows = ['A', 'B', 'C'];
    const own = Array.from({ length: count }, () => {
      const seat = `floor:${rows[Math.floor(seats / 50)]!}:${(seats % 50) + 1}`;
      seats += 1;
      return seat;
    });
    const sales = own.map((seat) => aSale(scene.floor, { buyer: at(name), seats: [seat] }).command);
    await network.reseller.ledger.accept(sales, EVERYBODY);
    return own.map((seat) => `${scene.event.event}:${seat}`);
  }

  const asks = (market: LiveMarket, name: string, tickets: readonly string[]) =>
    tickets.map((ticket) => market.order(at(name), anAsk({ event: scene.event.event, ticket } as never)));
  const inEscrow = async (): Promise<number> => {
    const { records } = await network.venue.ledger.records.list<EntriesRecord>(`${scene.event.event}/m/`);
    const entries = records.flatMap(({ record }) => record.flatMap(([, ...moved]) => moved));
    return entries.reduce((sum, [account, minor]) => sum + (account === ESCROWED_DEPOSITS ? minor : 0), 0);
  };
  async function released(market: LiveMarket): Promise<void> {
    await market.released();
    expect(await inEscrow()).to.equal(0);
  }

  before(async () => {
    network = await realNetwork();
    const policy = { ...EVENT_POLICY, credentialRequired: true, market: 'both' as const };
    scene = liveScene({ policy, schedule: openSchedule({ doorsOpenAt: hours(1.5) }) });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    await keyMade(network, scene.event.event);
    await Promise.all(
      ['Ann', 'Abe', 'Ben', 'Bea', 'Ida'].map(async (name) => {
        const person = await LivePerson.with({ network, attestor: network.reseller, gateway: network.venue });
        people.set(name, person);
        await person.register(1);
        await person.goTo(scene.event.event);
      }),
    );
    // They are enrolled by the venue's peer; who sells to them asks all.
    await replicasAtRest(network.venue.ledger);
  });

  it('go from the close to the last deposit by themselves', async () => {
    const [ticket] = await ticketsOf('Ann', 1);
    const closesAt = closeIn(OPEN_S);
    const market = new LiveMarket(network, scene.event, { closesAt });
    await market.open();
    await market.take(...['Ben', 'Bea', 'Ida'].map((name) => market.deposit(at(name), 3_000)));
    const bids = [market.order(at('Ben'), aBid()), market.order(at('Bea'), aBid({ limitMinor: 1_000 }))];
    await market.take(...asks(market, 'Ann', [ticket!]), ...bids);
    expect(await inEscrow()).to.equal(9_000);
    await until(() => Date.now() >= Date.parse(closesAt));
    await released(market);
    console.log(`      from the close to the last deposit: ${Date.now() - Date.parse(closesAt)} ms`);
    expect(await read<TicketRecord>(ticketKey(scene.event.event, ticketPlace(ticket!)))).to.deep.include({
      ...{ holder: at('Ben').credential, paidMinor: 2_100, state: 'sold' },
    });
    const balances = await Promise.all(
      ['Ann', 'Ben', 'Bea', 'Ida'].map(async (name) => (await holder(name))?.balanceMinor),
    );
    expect(balances).to.deep.equal([1_900, 900, 3_000, 3_000]);
  });

  it('are settled to the end when the gateway that settles is killed', async () => {
    const [own, others] = [await ticketsOf('Ann', TICKETS), await ticketsOf('Abe', TICKETS)];
    const closesAt = closeIn(OPEN_S);
    const market = new LiveMarket(network, scene.event, { market: 2, closesAt });
    await market.open();
    const bidders = ['Ben', 'Bea'];
    await market.take(
      ...bidders.flatMap((name) => [market.deposit(at(name), 60_000), market.deposit(at(name), 60_000)]),
    );
    const bids = bidders.flatMap((name) =>
      ['first', 'second'].map((bid) => market.order(at(name), aBid({ name: bid, quantity: 17, limitMinor: 3_000 }))),
    );
    await market.take(...asks(market, 'Ann', own), ...bids);
    await market.take(...asks(market, 'Abe', others));
    const mspIds = [network.organizer, network.reseller, network.venue].map(({ mspId }) => mspId);
    const [first] = orderOf(market.of, { kind: 'settle', page: 0 }, mspIds);
    const victim = [network.organizer, network.reseller, network.venue].find(({ mspId }) => mspId === first)!;
    await until(() => Date.now() >= Date.parse(closesAt));
    await until(async () => ['cleared', 'finished'].includes((await market.record())!.state));
    process.kill(network.processes.running(`gateway-${victim.name}`)!.pid, 'SIGKILL');
    const { state, result } = (await market.record())!;
    console.log(
      `      killed gateway-${victim.name} (${state}), ${await market.settledPages()} of ${result!.pages} pages`,
    );
    try {
      await released(market);
    } finally {
      await startNetwork(networkOptions);
    }
    expect((await market.record())!.result).to.deep.include({ trades: 2 * TICKETS, pages: 3 });
    expect(await market.settledPages()).to.equal(3);
    const [ben, bea] = await Promise.all(bidders.map(holder));
    expect([ben!.boughtResale, bea!.boughtResale]).to.deep.equal([1 + TICKETS, TICKETS]);
  });
});
