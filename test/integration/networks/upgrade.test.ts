/** New versions of the chaincode while tickets are sold through REST all the time. */
import { expect } from 'chai';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import {
  networkStatus,
  planFrom,
  ProcessTable,
  resetNetwork,
  startNetwork,
  upgradeChaincode,
} from '../../../network/network.js';
import { networkCodeOf } from '../../support/network-code-of.js';
import { placeOf } from '../../support/place.js';
import { copiesOf, sellingNetwork, toldOf, type SellingNetwork } from '../../support/selling-network.js';
import { until } from '../../support/until.js';

const SOME = 20;
const place = placeOf('join');
const { topology, directory } = planFrom(place);
const table = new ProcessTable(directory);
const servers = () => table.names().filter((name) => name.startsWith('chaincode-'));
const serversOf = (version: string) =>
  ['organizer', 'reseller', 'venue'].map((name) => `chaincode-guichet-${version}-${name}`);

describe('upgrade during sales', () => {
  let network: SellingNetwork;

  before(async () => {
    expect(await networkCodeOf(upgradeChaincode(place))).to.equal('NOT_RUNNING');
    network = await sellingNetwork(place);
    await network.load.progress(SOME);
  });

  after(async () => {
    network.load.abandon();
    await Promise.all([network.organizer, network.reseller].map(({ ledger }) => ledger.close()));
    await resetNetwork(place);
  });

  it('takes no version that is committed or that Fabric would not take', async () => {
    for (const version of ['1.0', '', '-1'])
      expect(await networkCodeOf(upgradeChaincode({ ...place, version }))).to.equal('COMMAND_INVALID');
  });

  it('stops before anything is agreed when the new servers don’t come up', async () => {
    const command = ['node', '-e', 'process.exit(1)'];
    const broken = { ...topology, chaincode: { ...topology.chaincode, command } };
    expect(await networkCodeOf(upgradeChaincode({ ...place, topology: broken }))).to.equal('PROCESS_DIED');
    await startNetwork(place);
    expect(servers()).to.include.members(serversOf('1.0'));
    await network.load.progress(SOME);
  });

  it('nobody who buys is refused', async () => {
    const { load } = network;
    load.watch();
    const plan = await upgradeChaincode(place);
    expect(plan.topology.chaincode).to.include({ version: '1.1', sequence: 2 });
    await load.progress(SOME);
    console.log(`      ${toldOf(load)}`);
    expect(load.refused).to.deep.equal([]);
  });

  it('stops the old version’s servers', () => expect(servers()).to.deep.equal(serversOf('1.1')));

  it('again, to a version that is named', async () => {
    await upgradeChaincode({ ...place, version: '2.0-rc1' });
    await network.load.progress(SOME);
    expect(servers()).to.deep.equal(serversOf('2.0-rc1'));
    expect(await networkCodeOf(upgradeChaincode(place))).to.equal('COMMAND_INVALID');
  });

  it('is brought back by up, after everything was killed', async () => {
    await network.load.stop();
    const pids = table.names().map((name) => table.running(name)!.pid);
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await until(() => table.names().every((name) => !table.running(name)));
    await startNetwork(place);
    expect(servers()).to.deep.equal(serversOf('2.0-rc1'));
    const { processes } = await networkStatus(place);
    expect(processes.filter(({ pid }) => pid === undefined)).to.deep.equal([]);
  });

  it('is done by up too, where the topology says so', async () => {
    const chaincode = { ...topology.chaincode, version: '3.0', sequence: 4 };
    const plan = await startNetwork({ ...place, topology: { ...topology, chaincode } });
    expect(plan.topology.chaincode).to.include({ version: '3.0', sequence: 4 });
    expect(servers()).to.deep.equal(serversOf('3.0'));
  });

  it('loses no ticket', async () => {
    const { load, reseller, scene } = network;
    expect(load.refused).to.deep.equal([]);
    const copies = await copiesOf(reseller, scene.event.event);
    for (const { sale } of load.acknowledged)
      for (const copy of copies)
        expect(copy.get(ticketKey(sale.of.event, sale.payload.seats[0]!))).to.deep.include({ holder: sale.buyer.kid });
  });
});
