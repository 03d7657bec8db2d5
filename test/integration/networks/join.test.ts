/**
 * A fifth organization joins the running network while tickets are sold through REST all the time, and sells one itself. It brings a committee node: the
 * consortium's key moves to a committee of five and stays the same, and so does everybody who is registered.
 */
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import type { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import { credentialFor, enrol, type WalletServices } from '../../../committee/wallet/index.js';
import { channelConfig } from '../../../network/channel.js';
import { hasMember } from '../../../network/config-update.js';
import { findProjectRoot } from '../../../network/data-directory.js';
import { withPeers } from '../../../network/fabric-peer.js';
import {
  guichet,
  joinOrganization,
  loadOrganization,
  networkStatus,
  planFrom,
  ProcessTable,
  resetNetwork,
  startNetwork,
  stopNetwork,
} from '../../../network/network.js';
import { codeOf } from '../../support/code-of.js';
import { batchOf } from '../../support/party-ledger.js';
import { networkCodeOf } from '../../support/network-code-of.js';
import { placeOf } from '../../support/place.js';
import { EVERYBODY, ORGANIZER, partyOf, RESELLER, VENUE, type Party } from '../../support/real-network.js';
import { Boards, heldByAll, nodesOf, storedBy } from '../../support/real-nodes.js';
import {
  aPassport,
  aWallet,
  createPeoplesEvent,
  isUsable,
  keyWhen,
  showPassport,
  unaware,
  type Passport,
} from '../../support/real-wallets.js';
import { replicasAtRest } from '../../support/replicas.js';
import { send } from '../../support/rest.js';
import { copiesOf, sellingNetwork, toldOf, type SellingNetwork } from '../../support/selling-network.js';
import { aSale, anAllotment, type TestAllotment } from '../../support/statements.js';
import { until } from '../../support/until.js';

const AGENCY = 'AgencyMSP';
const CLI = fileURLToPath(new URL('../../../network/cli.js', import.meta.url));
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

/** Somebody who was registered, and enrolled for an event, before the join. */
interface Registered {
  readonly passport: Passport;
  readonly wallet: WalletServices;
  readonly event: string;
  readonly person: string;
  readonly credential: string;
  readonly groupKey: string;
  /** Of the consortium's key, as the nodes held it. */
  readonly shares: readonly string[];
}

async function register({ organizer, reseller }: SellingNetwork): Promise<Registered> {
  const plan = planFrom(place);
  const event = `${ORGANIZER}:before-the-join`;
  await heldByAll(plan.committeeNodes, 'dedup');
  const passport = await aPassport(organizer);
  const wallet = await aWallet(organizer, { nodes: nodesOf(plan) });
  const { subject: person } = await showPassport(passport, reseller, wallet);
  await createPeoplesEvent(organizer, event);
  await keyWhen(organizer, event, isUsable);
  await heldByAll(plan.committeeNodes, event);
  const { subject: credential } = await credentialFor(event, wallet);
  const { usable } = await organizer.client.key('dedup');
  const disks = await Promise.all(plan.committeeNodes.map(storedBy));
  const shares = disks.flatMap(({ states }) => states.filter(({ name }) => name.owner === 'dedup'));
  return {
    ...{ passport, wallet, event, person, credential, groupKey: usable!.groupKey },
    shares: shares.flatMap(({ state }) => state.share ?? []),
  };
}

describe('an organization joins during sales', () => {
  let network: SellingNetwork;
  let newcomer: Party;
  let tickets: TestAllotment;
  const ledgers: Party['ledger'][] = [];
  let people: Registered;

  before(async () => {
    network = await sellingNetwork(place);
    ledgers.push(network.organizer.ledger, network.reseller.ledger);
    people = await register(network);
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
    expect(await networkCodeOf(joinOrganization(onVenuesPorts, place))).to.equal('TOPOLOGY_INVALID');
    expect(table.names().filter((name) => name.endsWith('-agency'))).to.deep.equal([]);
  });

  it('not without the others’ vote, and they go on as before', async () => {
    const admission = { name: 'admission', command: ['node', '-e', 'process.exit(1)'] };
    const application = { ...guichet, admission };
    const before = await channelNow();
    expect(before).to.include({ isMember: false });
    expect(await networkCodeOf(joinOrganization(agency, { ...place, application }))).to.equal('PROGRAM_FAILED');
    expect(await channelNow()).to.deep.equal(before);
    const plan = await startNetwork(place);
    expect(plan.organizations.map(({ mspId }) => mspId)).not.to.include(AGENCY);
    expect(table.names().filter((name) => name.endsWith('-agency'))).to.deep.equal([]);
    await network.load.progress(SOME);
  });

  it('not as somebody else than it began to', async () => {
    const moved = { ...agency, gateway: { host: '127.0.0.1', port: 431 } };
    expect(await networkCodeOf(joinOrganization(moved, place))).to.equal('TOPOLOGY_CHANGED');
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
      let mspIds: readonly string[] = [];
      await until(async () => {
        const { peers } = await client.network();
        mspIds = peers.filter(({ reachable }) => reachable).map(({ mspId }) => mspId);
        return mspIds.length > EVERYBODY.length;
      });
      expect(mspIds).to.have.members([...EVERYBODY, AGENCY]);
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
    // What the nodes do by themselves since it joined, and who reads slowly, is no effect of this.
    const boards = new Boards(newcomer.ledger.records);
    await boards.when('dedup', ({ destroyed }) => destroyed.length === 4);
    await boards.when('dedup', ({ ready }) => ready.length === 5, 2);
    await replicasAtRest(newcomer.ledger);
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

  describe('and its node is of the committee', () => {
    let wallet: WalletServices;
    const now = () => planFrom(place).committeeNodes;

    before(async () => {
      const { client } = newcomer;
      const pinned = [...people.wallet.pinned, await client.committee()];
      wallet = { ...people.wallet, pinned, nodes: nodesOf(planFrom(place)) };
    });

    it('of five, which holds the same key', async () => {
      const { epoch, threshold, members } = await newcomer.client.committee();
      expect([epoch, threshold, members.length]).to.deep.equal([2, 3, 5]);
      expect(members.map(({ mspId }) => mspId)).to.include(AGENCY);
      const { usable } = await keyWhen(newcomer, 'dedup', (key) => key.usable?.epoch === 2);
      expect(usable).to.include({ generation: 2, threshold: 3, groupKey: people.groupKey });
      expect(Object.keys(usable!.publicShares)).to.have.length(5);
    });

    it('whose old shares are gone', async () => {
      const boards = new Boards(newcomer.ledger.records);
      const { destroyed } = await boards.when('dedup', (board) => board.destroyed.length === 4);
      expect([...destroyed].sort()).to.deep.equal([1, 2, 3, 4]);
      expect(people.shares).to.have.length(4);
      let words: string[] = [];
      await until(async () => {
        const disks = await Promise.all(now().map(storedBy));
        words = disks.flatMap((disk) => disk.words);
        return disks.every(({ states }) => states.every(({ name }) => name.owner !== 'dedup' || name.generation === 2));
      });
      expect(people.shares.filter((share) => words.includes(share))).to.deep.equal([]);
    });

    it('and everybody is who they were: registered once, and enrolled where they were', async () => {
      expect(await codeOf(enrol(people.wallet))).to.equal('COMMITTEE_NOT_PINNED');
      expect(await enrol(wallet)).to.deep.include({ subject: people.person, state: 'active' });
      const again = await credentialFor(people.event, wallet);
      expect(again).to.deep.include({ subject: people.credential, state: 'active' });
      const second = await aWallet(newcomer, { nodes: wallet.nodes });
      const brazen = unaware(second);
      expect(await codeOf(showPassport(people.passport, newcomer, brazen))).to.equal('PERSON_EXISTS');
      expect((await newcomer.client.enrolment(people.event, people.credential)).sequence).to.equal(0);
    });

    it('and serves who comes', async () => {
      const event = `${ORGANIZER}:after-the-join`;
      await createPeoplesEvent(network.organizer, event);
      const { usable } = await keyWhen(newcomer, event, isUsable);
      expect(usable).to.include({ epoch: 2, threshold: 3 });
      await heldByAll(planFrom(place).committeeNodes, event);
      // With the reseller's left out, who attested, and the organizer's away: all three that are left must answer.
      const nodes = wallet.nodes.filter(({ mspId }) => mspId !== ORGANIZER);
      expect((await credentialFor(event, { ...wallet, nodes })).state).to.equal('active');
    });
  });
});
