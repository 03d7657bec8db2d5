/**
 * Two gateways of one organization sell one event at once, on real Fabric and a PostgreSQL server that they share. The one that writes for the event is
 * killed (SIGKILL): the other goes on with its sales and its holds. Whoever was told that he has a seat has it, and nobody has a seat twice.
 */
import { expect } from 'chai';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import { systemClock } from '../../../gateway/fabric/clock.js';
import { OwnBlocks } from '../../../gateway/fabric/own-blocks.js';
import { openStore, type Store } from '../../../gateway/store/open-store.js';
import { Fan } from '../../../gateway/tour/fan.js';
import { join } from 'node:path';
import { startNetwork } from '../../../network/network.js';
import { GatewayProcess } from '../../support/gateway-pair.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { PairLoad, post } from '../../support/pair-load.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { EVERYBODY, networkOptions, realNetwork, RESELLER, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { until } from '../../support/until.js';

const NAME = 'gateway-reseller';
const BUYERS = 12;
const BETWEEN = 60;
/** Transactions that conflicted, of all that were ordered: gateways that write of one event side by side would have many. */
const MAX_CONFLICTS = 0.1;

describe('two gateways of one organization', () => {
  let network: RealNetwork;
  let server: PostgresServer | undefined;
  let store: Store | undefined;
  let scene: LiveScene;
  let gateways: GatewayProcess[] = [];
  let load: PairLoad;
  let token: string;
  let from: number;

  const blocks = () => new OwnBlocks({ connection: network.reseller.ledger.connection, clock: systemClock });
  const leaseOf = () =>
    store!.selectFrom('lane_leases').selectAll().where('lane', '=', scene.event.event).executeTakeFirstOrThrow();
  const held = (url: string, seats: readonly string[]) =>
    post(url, token, '/v1/holds', { event: scene.event.event, seats, minutes: 10 });
  function sale(url: string, seats: readonly string[], hold?: unknown) {
    const fan = new Fan({ name: 'a fan', channel: network.reseller.profile.channel, event: scene.event.event });
    const wish = { seller: RESELLER, seats: [...seats], currency: 'EUR', maxTotalMinor: 5_000 * seats.length };
    return post(url, token, '/v1/sales', { request: fan.purchase(wish).jws, ...(hold !== undefined && { hold }) });
  }

  before(async () => {
    network = await realNetwork();
    server = await startPostgres();
    store = await openStore({ url: server.url }, () => undefined);
    await network.processes.stop(NAME);
    const { directory } = network.plan.organizations.find(({ name }) => name === 'reseller')!;
    const port = Number(new URL(network.reseller.url).port);
    token = network.reseller.token;
    gateways = [port, port + 5].map(
      (each) =>
        new GatewayProcess(directory.profileFile, {
          ...{ port: each, databaseUrl: server!.url },
          directory: join(networkOptions.dataDir, `gateway-at-${each}`),
        }),
    );
    await Promise.all(gateways.map((gateway) => gateway.start()));
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 5_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    from = await blocks().height();
  });
  after(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop('SIGTERM')));
    await store?.destroy();
    await server?.stop();
    await startNetwork(networkOptions);
  });

  it('give one seat to one of many that want it at both of them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => sale(gateways[index % 2]!.url, ['standing:4999'])),
    );
    expect(answers.filter((answer) => answer?.status === 201)).to.have.length(1);
    const others = answers.filter((answer) => answer?.status !== 201).map((answer) => answer?.body.code);
    expect(new Set(others)).to.deep.equal(new Set(['SEAT_ALREADY_SOLD']));
  });

  it('sell by class and from carts at both, whichever of them dies', async () => {
    const { channel } = network.reseller.profile;
    const urls = gateways.map(({ url }) => url);
    load = new PairLoad({ urls, token, channel, event: scene.event.event, seller: RESELLER, buyers: BUYERS });
    await load.progress(BETWEEN);
    const { url, epoch } = await leaseOf();
    const owner = gateways.find((gateway) => gateway.url === url)!;
    const other = gateways.find((gateway) => gateway !== owner)!;
    const kept = await held(owner.url, ['standing:5000']);
    expect(kept?.status).to.equal(201);
    await owner.stop('SIGKILL');
    await load.progress(BETWEEN);
    expect((await sale(other.url, ['standing:5000']))?.body.code).to.equal('SEAT_HELD');
    await until(async () => (await leaseOf()).url === other.url);
    expect((await leaseOf()).epoch).to.equal(epoch + 1);
    await owner.start();
    await load.progress(BETWEEN);
    expect((await sale(owner.url, ['standing:5000']))?.body.code).to.equal('SEAT_HELD');
    expect((await sale(owner.url, ['standing:5000'], kept!.body.hold))?.status).to.equal(201);
    await load.stop();
    expect(load.refused).to.deep.equal([]);
  });

  it('have sold each seat once, and every one that was acknowledged', async () => {
    const replicas = await replicasAtRest(network.organizer.ledger);
    const { event } = scene.event;
    for (const replica of replicas) {
      const records = await replica.records(`${event}/t/`);
      expect(records.size).to.equal(load.bought.length + 2);
      for (const { place, holder } of load.bought)
        expect(records.get(ticketKey(event, place)), place).to.include({
          holder,
          issue: 1,
          state: 'sold',
        });
    }
    expect(new Set(load.bought.map(({ place }) => place)).size).to.equal(load.bought.length);
  });

  it('hardly ever conflicted', async () => {
    const codes = new Map<string, number>();
    for await (const { transactions } of blocks().read(from, await blocks().height()))
      for (const { validationCode: code } of transactions) codes.set(code, (codes.get(code) ?? 0) + 1);
    const all = [...codes.values()].reduce((sum, count) => sum + count, 0);
    console.log(
      `      ${load.bought.length} sales in ${[...codes].map(([code, count]) => `${count} ${code}`).join(', ')} transactions;`,
      `sent again: ${[...load.again].map(([code, count]) => `${code} ${count}`).join(', ') || 'none'}`,
    );
    expect((all - (codes.get('VALID') ?? 0)) / all).to.be.at.most(MAX_CONFLICTS);
  });

  it('leave nothing held and no lane taken when they stop', async () => {
    const over = await store!.selectFrom('held_seats').selectAll().execute();
    expect(over).to.deep.equal([]);
    await Promise.all(gateways.map((gateway) => gateway.stop('SIGTERM')));
    expect(await store!.selectFrom('lane_leases').selectAll().execute()).to.deep.equal([]);
    for (const gateway of gateways) expect(gateway.log()).not.to.include('did not stop cleanly');
  });
});
