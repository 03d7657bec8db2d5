/** The network's own commands after the worst: everything is killed, `up` is called twice, and everybody has what he had. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { networkStatus } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { send } from '../../support/rest.js';
import { aSale, type Command, type TestSale } from '../../support/statements.js';
import { until } from '../../support/until.js';

const CLI = fileURLToPath(new URL('../../../network/cli.js', import.meta.url));
const up = () =>
  promisify(execFile)(process.execPath, [CLI, 'up'], {
    env: {
      ...process.env,
      GUICHET_DATA: networkOptions.dataDir,
      GUICHET_PORT_BASE: String(networkOptions.portBase),
    },
  });

/** The request alone: the signer has to sign the sale. */
const unsigned = ({ command: { kind, request } }: TestSale): Command => ({ kind, request });

describe('everything killed, and up', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let sale: TestSale;
  let tx: string;
  const pids = () => network.processes.names().map((name) => network.processes.running(name)?.pid);

  before(async () => {
    network = await realNetwork();
    scene = liveScene();
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    sale = aSale(scene.floor);
    ({ tx } = (await send(network.reseller, unsigned(sale))).body);
    for (const pid of pids()) process.kill(pid!, 'SIGKILL');
    await until(() => pids().every((pid) => pid === undefined));
  });

  it('brings everything back', async () => {
    await up();
    const { processes } = await networkStatus(networkOptions);
    expect(processes.filter(({ pid }) => pid === undefined)).to.deep.equal([]);
  });

  it('starts nothing when it is called again', async () => {
    const before = pids();
    await up();
    expect(pids()).to.deep.equal(before);
  });

  it('has the tickets that were sold before, with their history', async () => {
    const ticket = sale.tickets[0]!;
    // Only the reseller's peer is sure to have had it before the worst.
    await replicasAtRest(network.organizer.ledger);
    for (const { client } of [network.organizer, network.reseller, network.venue]) {
      expect(await client.ticket(ticket)).to.include({ state: 'sold', issue: 1, holder: sale.buyer.kid });
      expect((await client.history(ticket)).versions.map((version) => version.tx)).to.deep.equal([tx]);
    }
  });

  it('answers a sale of before with its first receipt', async () => {
    const { body, replayed } = await send(network.reseller, unsigned(sale));
    expect(replayed).to.be.true;
    expect(body.tx).to.equal(tx);
  });

  it('signs new sales with the keys of before', async () => {
    const { keys: before } = await network.reseller.client.organization(network.reseller.mspId);
    const { body } = await send(network.reseller, unsigned(aSale(scene.floor, { seats: ['floor:A:2'] })));
    expect(body.tickets).to.deep.equal([{ ticket: `${scene.event.event}:floor:A:2`, issue: 1, change: 0 }]);
    expect((await network.reseller.client.organization(network.reseller.mspId)).keys).to.deep.equal(before);
  });
});
