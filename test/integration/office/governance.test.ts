/**
 * Governance on real Fabric. Suspension through REST on the network that the suites share, which is left as it was; whatever would stay, on a
 * chaincode of its own, beside the probe that writes whatever it is told.
 */
import { expect } from 'chai';
import { committeeKey, eventKey, organizationKeysKey, proposalKey } from '../../../chaincode/domain/keys.js';
import type { CommitteeRecord, ProposalRecord } from '../../../chaincode/domain/records.js';
import { codeOf } from '../../support/code-of.js';
import { hours, liveScene, putOff, type LiveScene } from '../../support/live-scene.js';
import { batchOf, type PartyLedger } from '../../support/party-ledger.js';
import { admit, appoint, aProposal, aVote, reinstate, suspend, type TestProposal } from '../../support/proposals.js';
import {
  deployProbe,
  EVERYBODY,
  ORGANIZER,
  realNetwork,
  RESELLER,
  VENUE,
  type Party,
  type RealNetwork,
} from '../../support/real-network.js';
import { send, settled } from '../../support/rest.js';
import { aKeyRegistration, anEventChange, aSale, CONSORTIUM } from '../../support/statements.js';

const TRUSTEE = 'TrusteeMSP';
const CONFLICT = 'MVCC_READ_CONFLICT';
const REFUSED = 'ENDORSEMENT_POLICY_FAILURE';

describe('suspension through REST', () => {
  let network: RealNetwork;
  let parties: readonly Party[];
  let scene: LiveScene;
  const sale = (seat: string) => aSale(scene.floor, { seats: [seat] }).command;

  /** Proposed by the organizer and carried by the venue: two of three, for the reseller has no vote and the trustee is not asked. */
  async function decide(action: Parameters<typeof aProposal>[1]): Promise<string> {
    const { organizer, venue } = network;
    const { body } = await organizer.client.propose({ action, expiresAt: hours(1) });
    await settled(parties, body.block!);
    const { body: vote } = await venue.client.vote(body.proposal, { action, approve: true });
    await settled(parties, vote.block!);
    return vote.state;
  }
  const status = async ({ client }: Party) => (await client.organization(RESELLER)).status;

  before(async () => {
    network = await realNetwork();
    parties = [network.organizer, network.reseller, network.venue];
    scene = liveScene();
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  });

  after('leave the reseller as it was', async () => {
    if ((await status(network.organizer)) === 'suspended') await decide(reinstate(RESELLER));
  });

  it('stops a seller at every gateway, and a sale that was endorsed before', async () => {
    const held = await network.reseller.ledger.withhold([sale('floor:A:1')], EVERYBODY);
    expect(await decide(suspend(RESELLER))).to.equal('carried');
    for (const party of parties) {
      expect(await status(party)).to.equal('suspended');
      expect(await codeOf(send(party, sale('floor:A:2')))).to.equal('ORGANIZATION_NOT_ACTIVE');
    }
    expect((await network.reseller.ledger.submit(held)).code).to.equal(CONFLICT);
  });

  it('takes the vote away', async () => {
    const propose = network.reseller.client.propose({ action: suspend(VENUE), expiresAt: hours(1) });
    expect(await codeOf(propose)).to.equal('ORGANIZATION_NOT_ACTIVE');
  });

  it('leaves two organizations that endorse, and an organizer', async () => {
    const { venue, organizer } = network;
    for (const [{ client }, msp] of [
      [venue, ORGANIZER],
      [organizer, VENUE],
    ] as const)
      expect(await codeOf(client.propose({ action: suspend(msp), expiresAt: hours(1) }))).to.equal(
        'CONSORTIUM_INCOMPLETE',
      );
  });

  it('ends with reinstatement', async () => {
    expect(await decide(reinstate(RESELLER))).to.equal('carried');
    const { body } = await send(network.reseller, sale('floor:A:1'));
    expect(body.block).to.be.a('number');
  });
});

describe('governance on the network', () => {
  let organizer: PartyLedger;
  let reseller: PartyLedger;
  let venue: PartyLedger;

  const recordOf = async ({ proposal }: TestProposal) => organizer.records.read<ProposalRecord>(proposalKey(proposal));
  const probe = async (name: 'put' | 'grant' | 'remove', argument: object, endorsers: readonly string[]) =>
    (await organizer.transact(`Probe:${name}`, JSON.stringify(argument), endorsers)).code;

  /** By as many of the three as it takes: the trustee is not asked. */
  async function decide(action: Parameters<typeof aProposal>[1]): Promise<TestProposal> {
    const proposal = aProposal(ORGANIZER, action);
    await organizer.accept([proposal.command], EVERYBODY);
    for (const voter of [reseller, venue]) {
      await voter.accept([aVote(proposal)], EVERYBODY);
      if ((await recordOf(proposal))?.state === 'carried') return proposal;
    }
    throw new Error('the scene has no majority');
  }

  before(async () => {
    const network = await deployProbe('governed');
    [organizer, reseller, venue] = [network.organizer, network.reseller, network.venue].map((party) =>
      party.on('governed'),
    ) as [PartyLedger, PartyLedger, PartyLedger];
    for (const step of ['propose', 'found'])
      await organizer.transact(`Consortium:${step}`, network.founding, EVERYBODY);
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    await organizer.accept([aKeyRegistration(CONSORTIUM.keys[ORGANIZER]!.event, 'event', validity)], EVERYBODY);
  });

  it('appoints the committee of the first epoch', async () => {
    const action = appoint([...EVERYBODY, TRUSTEE], 3);
    const { decided, state } = (await recordOf(await decide(action)))!;
    expect(state).to.equal('carried');
    expect(decided).to.match(/^[0-9a-f]{64}$/);
    const committee = await venue.records.read<CommitteeRecord>(committeeKey(1));
    expect(committee?.members.map(({ mspId }) => mspId)).to.deep.equal([...EVERYBODY, TRUSTEE]);
  });

  it('lets a vote that is held back across a change of membership conflict', async () => {
    const proposal = aProposal(ORGANIZER, admit('HeldMSP'));
    await organizer.accept([proposal.command], EVERYBODY);
    await reseller.accept([aVote(proposal)], EVERYBODY);
    expect((await recordOf(proposal))?.state, 'two of four').to.equal('open');
    const held = await venue.withhold([aVote(proposal)], EVERYBODY);
    await decide(suspend(TRUSTEE));
    expect((await venue.submit(held)).code).to.equal(CONFLICT);
    expect((await recordOf(proposal))?.state).to.equal('open');
  });

  it('admits an organization whose keys nobody else can write, not all of them together', async () => {
    await decide(admit('AbsentMSP'));
    const key = organizationKeysKey('AbsentMSP');
    expect(await organizer.records.read(key)).to.deep.equal({ keys: [] });
    const forgeries = [
      probe('put', { key, value: 'forged' }, EVERYBODY),
      probe('grant', { key, to: EVERYBODY }, EVERYBODY),
      probe('remove', { key }, EVERYBODY),
    ];
    expect(await Promise.all(forgeries)).to.deep.equal([REFUSED, REFUSED, REFUSED]);
    expect(await organizer.records.read(key)).to.deep.equal({ keys: [] });
  });

  it('goes on creating and changing events, which the newcomer may endorse now', async () => {
    const { event } = liveScene();
    await organizer.accept([event.command], EVERYBODY);
    const schedule = putOff(event.payload.schedule);
    const postponed = anEventChange(event, { change: 0, action: 'postpone', schedule });
    const { code } = await organizer.transact('BoxOffice:submit', batchOf([postponed]), [ORGANIZER, VENUE]);
    expect(code).to.equal('VALID');
    expect(await organizer.records.read(eventKey(event.event))).to.have.property('change', 1);
  });
});
