/** A fifth organization joins the running network while tickets are sold through REST all the time, and sells one itself. */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { ticketKey } from '../../chaincode/domain/keys.js';
import { channelConfig } from '../../network/channel.js';
import { hasMember } from '../../network/config-update.js';
import { findProjectRoot } from '../../network/data-directory.js';
import { withPeers } from '../../network/fabric-peer.js';
import {
  guichet,
  joinOrganization,
  loadOrganization,
  NetworkError,
  networkStatus,
  planFrom,
  ProcessTable,
  resetNetwork,
  startNetwork,
  stopNetwork,
} from '../../network/network.js';
import { batchOf } from '../support/party-ledger.js';
import { placeOf } from '../support/place.js';
import { EVERYBODY, ORGANIZER, partyOf, RESELLER, VENUE, type Party } from '../support/real-network.js';
import { send } from '../support/rest.js';
import { copiesOf, sellingNetwork, toldOf, type SellingNetwork } from '../support/selling-network.js';
import { aSale, anAllotment, type TestAllotment } from '../support/statements.js';

const AGENCY = 'AgencyMSP';
const CLI = fileURLToPath(new URL('../../network/cli.js', import.meta.url));
/** Acknowledged after a change, so that it is seen not to have stopped anything. */
const SOME = 20;

const place = placeOf('join');
const agency = loadOrganization(findProjectRoot(), 'agency');
const table = new ProcessTable(planFrom(place).directory);
const pids = () => table.names().map((name) => [name, table.running(name)?.pid]);

type Elements<T> = Pick<ReadonlyMap<string, T>, 'get' | 'forEach'>;

interface ChannelState {
  /** How often the configuration has been changed. */
  readonly changes: number;
  readonly isMember: boolean;
  /** What names the agency as an endorser. */
  readonly policies: readonly string[];
}

/** As the first peer has it. */
async function channelNow(): Promise<ChannelState> {
  const { peers, topology } = planFrom(place);
  const config = await withPeers(peers.slice(0, 1), ([peer]) => channelConfig(topology.channel, peer!));
  const channel = config.getChannelGroup()!;
  const application = (channel.getGroupsMap() as Elements<common.ConfigGroup>).get('Application')!;
  const policies: string[] = [];
  (application.getPoliciesMap() as Elements<common.ConfigPolicy>).forEach((policy, name) => {
    if (Buffer.from(policy.serializeBinary()).includes(AGENCY)) policies.push(name);
  });
  return { changes: config.getSequence(), isMember: hasMember(channel, AGENCY), policies: policies.sort() };
}

/** The different states that the channel was seen in while something was done. */
async function channelDuring(work: Promise<unknown>): Promise<readonly ChannelState[]> {
  const seen = new Map<string, ChannelState>();
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  while (!isDone) {
    const state = await channelNow();
    seen.set(JSON.stringify(state), state);
    await Promise.race([done, setTimeout(200)]);
  }
  await done;
  const last = await channelNow();
  return [...seen.set(JSON.stringify(last), last).values()];
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetworkError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('an organization joins during sales', function () {
  this.timeout(180_000);
  let network: SellingNetwork;
  let newcomer: Party;
  let tickets: TestAllotment;
  const ledgers: Party['ledger'][] = [];

  before(async () => {
    network = await sellingNetwork(place);
    ledgers.push(network.organizer.ledger, network.reseller.ledger);
    await network.load.progress(SOME);
  });

  after(async () => {
    network.load.abandon();
    await Promise.all(ledgers.map((ledger) => ledger.close()));
    await resetNetwork(place);
  });

  it('only if it is described and fits, in one line', async () => {
    const env = { ...process.env, GUICHET_DATA: place.dataDir, GUICHET_PORT_BASE: String(place.portBase) };
    const failure = await promisify(execFile)(process.execPath, [CLI, 'join', 'nobody'], { env }).catch(
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(failure).to.include({ code: 1 });
    expect(failure.stderr.trimEnd().split('\n')).to.have.length(1);
    const onVenuesPorts = { ...agency, chaincodePort: 240 };
    expect(await refusalOf(joinOrganization(onVenuesPorts, place))).to.equal('TOPOLOGY_INVALID');
    expect(table.names().filter((name) => name.endsWith('-agency'))).to.deep.equal([]);
  });

  it('not without the others’ vote, and they go on as before', async () => {
    const admission = { name: 'admission', command: ['node', '-e', 'process.exit(1)'] };
    const application = { ...guichet, admission };
    const before = await channelNow();
    expect(before).to.include({ isMember: false });
    expect(await refusalOf(joinOrganization(agency, { ...place, application }))).to.equal('PROGRAM_FAILED');
    expect(await channelNow()).to.deep.equal(before);
    const plan = await startNetwork(place);
    expect(plan.organizations.map(({ mspId }) => mspId)).not.to.include(AGENCY);
    expect(table.names().filter((name) => name.endsWith('-agency'))).to.deep.equal([]);
    await network.load.progress(SOME);
  });

  it('not as somebody else than it began to', async () => {
    const moved = { ...agency, gateway: { host: '127.0.0.1', port: 431 } };
    expect(await refusalOf(joinOrganization(moved, place))).to.equal('TOPOLOGY_CHANGED');
  });

  it('and nobody who buys is refused', async () => {
    const { load } = network;
    load.watch();
    const { changes } = await channelNow();
    const joining = joinOrganization(agency, place);
    const states = await channelDuring(joining);
    const plan = await joining;
    await load.progress(SOME);
    console.log(`      ${toldOf(load)}`);
    newcomer = partyOf(plan, 'agency');
    ledgers.push(newcomer.ledger);
    expect(load.refused).to.deep.equal([]);
    expect(plan.topology.chaincode).to.include({ version: '1.0', sequence: 2, endorsements: 3 });
    // A member before it is an endorser: what names endorsers changes only when it has endorsed.
    expect(states).to.deep.equal([
      { changes, isMember: false, policies: [] },
      { changes: changes + 1, isMember: true, policies: [] },
      { changes: changes + 2, isMember: true, policies: ['Endorsement', 'LifecycleEndorsement'] },
    ]);
  });

  it('and everybody’s gateway knows its peer', async () => {
    for (const { client } of [network.organizer, network.reseller, newcomer]) {
      const { peers } = await client.network();
      expect(peers.filter(({ reachable }) => reachable).map(({ mspId }) => mspId)).to.have.members([
        ...EVERYBODY,
        AGENCY,
      ]);
    }
  });

  it('and its endorsement counts: three of four are needed', async () => {
    const { floor } = network.scene;
    const SETS = [
      [ORGANIZER, RESELLER],
      [ORGANIZER, AGENCY],
      [ORGANIZER, RESELLER, VENUE],
      [ORGANIZER, VENUE, AGENCY],
      [RESELLER, VENUE, AGENCY],
    ];
    for (const [index, endorsers] of SETS.entries()) {
      const sale = aSale(floor, { seats: [`standing:${80_001 + index}`] });
      const { code } = await network.reseller.ledger.transact('BoxOffice:submit', batchOf([sale.command]), endorsers);
      expect(code, endorsers.join()).to.equal(endorsers.length > 2 ? 'VALID' : 'ENDORSEMENT_POLICY_FAILURE');
    }
  });

  it('and sells a ticket through its own gateway', async () => {
    const { organizer, scene } = network;
    const pool = { section: 'terrace', from: 1, to: 100 };
    tickets = anAllotment(scene.event, { allotment: 'terrace', seller: AGENCY, pool });
    const { body: created } = await send(organizer, tickets.command);
    await newcomer.ledger.settle(created.block!);
    const sale = aSale(tickets, { seats: ['terrace:1'] });
    const { kind, request } = sale.command;
    await send(newcomer, { kind, request });
    expect(await newcomer.client.ticket(sale.tickets[0]!)).to.include({ state: 'sold', holder: sale.buyer.kid });
  });

  it('once: again changes nothing, nor does up', async () => {
    const { load } = network;
    await load.stop();
    const height = async () => (await networkStatus(place)).peers.map((peer) => peer.height);
    const before = [pids(), await height()];
    await joinOrganization(agency, place);
    await startNetwork(place);
    expect([pids(), await height()]).to.deep.equal(before);
    expect(load.refused).to.deep.equal([]);
  });

  it('and every peer has every ticket that was acknowledged', async () => {
    const copies = await copiesOf(newcomer, network.scene.event.event);
    expect(copies).to.have.length(4);
    for (const copy of copies) expect(copy).to.deep.equal(copies[0]);
    for (const { sale } of network.load.acknowledged)
      expect(copies[0]!.get(ticketKey(sale.of.event, sale.payload.seats[0]!))).to.deep.include({
        holder: sale.buyer.kid,
      });
  });

  it('and is there again after down and up, selling with the keys of before', async () => {
    await stopNetwork(place);
    expect(table.names()).to.deep.equal([]);
    await startNetwork(place);
    const { processes, peers } = await networkStatus(place);
    expect(processes.filter(({ pid }) => pid === undefined)).to.deep.equal([]);
    expect(peers.map(({ name }) => name)).to.include('peer0-agency');
    const { kind, request } = aSale(tickets, { seats: ['terrace:2'] }).command;
    const { body } = await send(newcomer, { kind, request });
    expect(body.tx).to.be.a('string');
  });
});
