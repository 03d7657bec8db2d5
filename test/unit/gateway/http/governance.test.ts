import { expect } from 'chai';
import { admit, appoint, EXPIRY, suspend } from '../../../support/proposals.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';
import { OPERATOR, send } from './raw.js';

const ORGANIZATIONS = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP', 'TrusteeMSP'];

describe('governance through REST', () => {
  let organizer: TestGateway;
  let reseller: TestGateway;
  let venue: TestGateway;
  before(async () => {
    organizer = await aGateway();
    const { network } = organizer;
    [reseller, venue] = await Promise.all([
      aGateway({ mspId: 'ResellerMSP', network }),
      aGateway({ mspId: 'VenueMSP', network }),
    ]);
  });
  after(() => Promise.all([organizer.close(), reseller.close(), venue.close()]));

  const propose = async (action: Parameters<TestGateway['operator']['propose']>[0]['action'], by = organizer) =>
    (await by.operator.propose({ action, expiresAt: EXPIRY })).body.proposal;

  it('proposes, votes and admits; the newcomer is listed', async () => {
    const action = admit('AgencyMSP');
    const { body } = await organizer.operator.propose({ id: 'admit-agency', action, expiresAt: EXPIRY });
    expect(body).to.include({ id: 'admit-agency', proposal: 'OrganizerMSP/admit-agency', state: 'open' });
    expect(body.block).to.be.a('number');
    const vote = { action, approve: true };
    expect((await reseller.operator.vote(body.proposal, vote)).body.state).to.equal('open');
    const { body: last } = await venue.operator.vote(body.proposal, vote);
    expect(last.state).to.equal('carried');

    const found = await organizer.anybody.proposal(body.proposal);
    expect(found).to.deep.include({
      proposal: body.proposal,
      action,
      proposer: 'OrganizerMSP',
      expiresAt: EXPIRY,
      votes: { OrganizerMSP: true, ResellerMSP: true, VenueMSP: true },
      state: 'carried',
      decided: last.tx,
    });
    const { organizations } = await venue.anybody.organizations();
    expect(organizations.find(({ mspId }) => mspId === 'AgencyMSP')).to.deep.equal({
      mspId: 'AgencyMSP',
      name: 'Agency',
      roles: ['reseller'],
      status: 'active',
    });
    expect((await organizer.anybody.organization('AgencyMSP')).keys).to.be.empty;
  });

  it('answers the same proposal and the same vote again with the first receipt', async () => {
    const proposal = { id: 'suspend-venue', action: suspend('VenueMSP'), expiresAt: EXPIRY };
    const first = await organizer.operator.propose(proposal);
    expect(await organizer.operator.propose(proposal)).to.deep.equal({ body: first.body, replayed: true });
    const vote = { id: 'vote-on-venue', action: proposal.action, approve: false };
    const voted = await reseller.operator.vote(first.body.proposal, vote);
    expect(await reseller.operator.vote(first.body.proposal, vote)).to.deep.equal({ body: voted.body, replayed: true });
  });

  it('pages through proposals in the order of their ids', async () => {
    const ids: string[] = [];
    for (let after: string | undefined; ids.length < 100;) {
      const page = await organizer.anybody.proposals({ limit: '1', ...(after !== undefined && { after }) });
      ids.push(...page.proposals.map(({ proposal }) => proposal));
      after = page.next;
      if (after === undefined) break;
    }
    expect(ids).to.include('OrganizerMSP/admit-agency').and.to.include('OrganizerMSP/suspend-venue');
    expect(ids).to.deep.equal([...new Set(ids)].sort());
    const { proposals } = await organizer.anybody.proposals();
    expect(proposals.map(({ proposal }) => proposal)).to.deep.equal(ids);
  });

  it('refuses to list after what is no proposal’s id', async () => {
    expect(await problemOf(organizer.anybody.proposals({ after: 'OrganizerMSP' }))).to.include({
      code: 'INVALID_FIELD',
      field: 'query.after',
    });
  });

  it('answers 404 for a proposal that nobody made, here and on the ledger', async () => {
    const nowhere = 'VenueMSP/nothing-here';
    const read = await problemOf(organizer.anybody.proposal(nowhere));
    const voted = await problemOf(organizer.operator.vote(nowhere, { action: admit(), approve: true }));
    for (const { problem } of [read, voted]) expect(problem).to.include({ code: 'UNKNOWN_PROPOSAL', status: 404 });
  });

  it('passes the ledger’s refusals on', async () => {
    const proposal = await propose(suspend('ResellerMSP'));
    const { operator } = reseller;
    const vote = { action: suspend('ResellerMSP'), approve: false };
    expect((await problemOf(operator.vote(proposal, vote))).code).to.equal('NOT_A_VOTER');
    const other = { action: suspend('VenueMSP'), approve: true };
    expect(await problemOf(venue.operator.vote(proposal, other))).to.include({
      code: 'PROPOSAL_MISMATCH',
      field: 'action',
    });
    expect((await problemOf(organizer.operator.vote(proposal, vote))).code).to.equal('ALREADY_VOTED');
  });

  it('names the member of an action that is not valid', async () => {
    const post = async (action: unknown) =>
      (
        await send(organizer, {
          method: 'POST',
          path: '/v1/proposals',
          body: JSON.stringify({ action, expiresAt: EXPIRY }),
          headers: OPERATOR,
        })
      ).body;
    expect(await post({ kind: 'organization.expel' })).to.include({ code: 'INVALID_FIELD', field: 'action.kind' });
    expect(await post({ ...suspend('VenueMSP'), reason: '' })).to.include({
      code: 'INVALID_FIELD',
      field: 'action.reason',
    });
    expect(await post({ ...suspend('VenueMSP'), until: 1 })).to.include({
      code: 'UNKNOWN_FIELD',
      field: 'action.until',
    });
    const action = appoint(ORGANIZATIONS, 3);
    const [first, ...rest] = action.members;
    const leaked = { ...action, members: [{ ...first, jwk: { ...first!.jwk, d: 'secret' } }, ...rest] };
    expect(await post(leaked)).to.include({ code: 'UNKNOWN_FIELD', field: 'action.members[0].jwk.d' });
  });

  it('asks for the operator’s token', async () => {
    const { anybody } = organizer;
    const attempts = [
      anybody.propose({ action: admit(), expiresAt: EXPIRY }),
      anybody.vote('OrganizerMSP/admit-agency', { action: admit(), approve: true }),
      anybody.expireProposal('OrganizerMSP/admit-agency'),
    ];
    for (const attempt of attempts) expect((await problemOf(attempt)).code).to.equal('UNAUTHENTICATED');
  });

  it('records that the time of a proposal is over', async () => {
    const expiresAt = newEvent().schedule.salesCloseAt;
    const { body } = await organizer.operator.propose({ action: admit('LateMSP'), expiresAt });
    expect((await problemOf(venue.operator.expireProposal(body.proposal))).code).to.equal('NOTHING_DUE');
    const { network } = organizer;
    const before = network.now;
    network.now = expiresAt;
    try {
      const expired = await venue.operator.expireProposal(body.proposal, { id: 'nobody-voted' });
      expect(expired.body.state).to.equal('expired');
    } finally {
      network.now = before;
    }
    const vote = { action: admit('LateMSP'), approve: true };
    expect((await problemOf(reseller.operator.vote(body.proposal, vote))).code).to.equal('PROPOSAL_EXPIRED');
  });

  it('shows the committee once one is appointed', async () => {
    expect(await problemOf(organizer.anybody.committee())).to.include({ code: 'NOT_FOUND', field: 'committee' });
    const action = appoint(ORGANIZATIONS, 3);
    const proposal = await propose(action);
    for (const { operator } of [reseller, venue]) await operator.vote(proposal, { action, approve: true });
    const { epoch, threshold, members } = action;
    expect(await venue.anybody.committee()).to.deep.equal({ epoch, threshold, members });
  });
});
