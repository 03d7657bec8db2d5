import { expect } from 'chai';
import { aContext, type TestLedger } from '../../../support/test-ledger.js';
import { proposalKey } from '../../../../chaincode/domain/keys.js';
import {
  admit,
  anExpiry,
  appoint,
  aProposal,
  aVote,
  changeRoles,
  reinstate,
  suspend,
  type TestProposal,
} from '../../../support/proposals.js';
import { newId, type Command } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';
import { SimulatedPeer, type Envelope } from '../../../simulation/peer.js';
import { aConsortiumOf, decide, organizationsOf, stateOf } from './a-consortium-of.js';

const [ORGANIZER, RESELLER, VENUE, TRUSTEE, OTHER] = organizationsOf(5) as [string, string, string, string, string];
const by = (caller: string) => ({ caller });
const SOON = '2027-04-01T00:00:00Z';

function proposed(overrides: Record<string, unknown> = {}): { ledger: TestLedger; proposal: TestProposal } {
  const ledger = aConsortiumOf(5);
  const proposal = aProposal(ORGANIZER, admit(), overrides);
  ledger.accept(proposal.command);
  return { ledger, proposal };
}

describe('proposal', () => {
  it('is recorded with what is proposed, its proposer’s yes and its end', () => {
    const { ledger, proposal } = proposed();
    const { action, command } = proposal;
    const { digest, ...record } = ledger.read(proposalKey(proposal.proposal))!;
    expect(digest).to.match(/^[\w-]{43}$/);
    expect(record).to.deep.equal({
      action,
      proposer: ORGANIZER,
      expiresAt: command.expiresAt,
      votes: { [ORGANIZER]: true },
      state: 'open',
    });
  });

  it('tells its id and state, and the same again when it comes again', () => {
    const { ledger, proposal } = proposed();
    const outcome = ledger.submit(proposal.command);
    expect(outcome).to.deep.include({ accepted: true, replayed: true });
    expect(expectAccepted(outcome)).to.include({ proposal: proposal.proposal, state: 'open' });
    expect(ledger.written).to.be.empty;
    const other = { ...proposal.command, expiresAt: SOON };
    expectRefusal(ledger.submit(other), 'COMMAND_ID_REUSED', 'jti');
  });

  it('does not open when its time is over', () => {
    const late = aProposal(ORGANIZER, admit(), { expiresAt: SOON }).command;
    expectRefusal(aConsortiumOf(5).submit(late, { now: SOON }), 'INVALID_FIELD', 'expiresAt');
  });

  it('is not carried by two of four who suspended the others', () => {
    const ledger = aConsortiumOf(4);
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE]);
    decide(ledger, suspend(TRUSTEE), [ORGANIZER, VENUE]);
    const puppet = aProposal(ORGANIZER, admit());
    // Of four seats two have a vote: that is no majority any more, so it is over at once.
    expect(expectAccepted(ledger.submit(puppet.command))).to.include({ state: 'rejected' });
    const alone = aProposal(ORGANIZER, changeRoles(VENUE, 'venue', 'reseller'));
    expect(expectAccepted(ledger.submit(alone.command))).to.include({ state: 'rejected' });
    const back = decide(ledger, reinstate(RESELLER), [ORGANIZER, VENUE]);
    expect(stateOf(ledger, back)).to.equal('carried');
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['another kind of action', { kind: 'organization.expel', mspId: VENUE }, 'action.kind'],
    ['no role', { kind: 'organization.roles', mspId: VENUE, roles: [] }, 'action.roles'],
    ['a role twice', changeRoles(VENUE, 'venue', 'venue'), 'action.roles'],
    ['an unknown role', { kind: 'organization.roles', mspId: VENUE, roles: ['auditor'] }, 'action.roles[0]'],
    ['no reason', { kind: 'organization.suspend', mspId: VENUE }, 'action.reason'],
    ['an MSP id with a slash', admit('New/MSP'), 'action.organization.mspId'],
    ['a committee without nodes', { ...appoint([], 2) }, 'action.members'],
    ['65 nodes', appoint(Array<string>(65).fill(VENUE), 33), 'action.members'],
  ];
  for (const [what, action, field] of wrong) {
    it(`rejects ${what}`, () => {
      const command = { kind: 'proposal.create', id: newId(), action, expiresAt: SOON };
      expectRefusal(aConsortiumOf(3).submit(command), 'INVALID_FIELD', field);
    });
  }

  it('rejects further members of an action', () => {
    const action = { ...suspend(VENUE), until: SOON };
    const command = { kind: 'proposal.create', id: newId(), action, expiresAt: SOON };
    expectRefusal(aConsortiumOf(3).submit(command), 'UNKNOWN_FIELD', 'action.until');
  });
});

describe('vote', () => {
  it('is on a proposal that exists', () => {
    const { ledger, proposal } = proposed();
    const unknown = aVote({ ...proposal, proposal: `${VENUE}/${newId()}` });
    expectRefusal(ledger.submit(unknown, by(RESELLER)), 'UNKNOWN_PROPOSAL', 'proposal');
  });

  for (const id of [
    'OrganizerMSP',
    'OrganizerMSP/short',
    '/12345678',
    'OrganizerMSP/12345678/9',
    'Organizer MSP/12345678',
    7,
  ]) {
    it(`is not on “${id}”`, () => {
      const { ledger, proposal } = proposed();
      expectRefusal(ledger.submit(aVote(proposal, { proposal: id }), by(RESELLER)), 'INVALID_FIELD', 'proposal');
    });
  }

  for (const other of [admit('OtherMSP'), admit('NewMSP', 'organizer'), suspend(VENUE)]) {
    it(`is refused for ${JSON.stringify(other)}, which is not what is proposed`, () => {
      const { ledger, proposal } = proposed();
      expectRefusal(ledger.submit(aVote(proposal, { action: other }), by(RESELLER)), 'PROPOSAL_MISMATCH', 'action');
    });
  }

  it('is given once, whatever it was', () => {
    const { ledger, proposal } = proposed();
    expectRefusal(ledger.submit(aVote(proposal), by(ORGANIZER)), 'ALREADY_VOTED', 'caller.mspId');
    ledger.accept(aVote(proposal, { approve: false }), by(RESELLER));
    for (const approve of [true, false])
      expectRefusal(ledger.submit(aVote(proposal, { approve }), by(RESELLER)), 'ALREADY_VOTED', 'caller.mspId');
  });

  it('is answered with its first receipt when it comes again, after the decision too', () => {
    const { ledger, proposal } = proposed();
    const vote = aVote(proposal);
    const receipt = expectAccepted(ledger.submit(vote, by(RESELLER)));
    expect(receipt).to.include({ state: 'open' });
    ledger.accept(aVote(proposal), by(VENUE));
    expect(ledger.submit(vote, by(RESELLER))).to.deep.equal({ accepted: true, receipt, replayed: true });
    expect(ledger.written).to.be.empty;
  });

  it('is too late once more than half have decided', () => {
    for (const approve of [true, false]) {
      const { ledger, proposal } = proposed();
      const voters = approve ? [RESELLER, VENUE] : [RESELLER, VENUE, TRUSTEE];
      const [deciding] = voters.map((voter) => ledger.submit(aVote(proposal, { approve }), by(voter))).toReversed();
      const { decided, state } = ledger.read(proposalKey(proposal.proposal))!;
      expect([state, decided]).to.deep.equal([approve ? 'carried' : 'rejected', expectAccepted(deciding!).tx]);
      expectRefusal(ledger.submit(aVote(proposal), by(OTHER)), 'PROPOSAL_DECIDED', 'proposal');
    }
  });

  it('is too late when the time is over', () => {
    const { ledger, proposal } = proposed({ expiresAt: SOON });
    const vote = aVote(proposal);
    expectRefusal(ledger.submit(vote, { ...by(RESELLER), now: SOON }), 'PROPOSAL_EXPIRED', 'proposal');
    expectAccepted(ledger.submit(vote, { ...by(RESELLER), now: '2027-03-31T23:59:59Z' }));
  });

  it('of a suspended organization does not count, and counts again when it is reinstated', () => {
    const { ledger, proposal } = proposed();
    ledger.accept(aVote(proposal), by(RESELLER));
    decide(ledger, suspend(RESELLER), [ORGANIZER, VENUE, TRUSTEE]);
    expectRefusal(ledger.submit(aVote(proposal), by(RESELLER)), 'ORGANIZATION_NOT_ACTIVE', 'caller.mspId');
    ledger.accept(aVote(proposal), by(VENUE));
    expect(stateOf(ledger, proposal), 'two of four').to.equal('open');
    decide(ledger, { kind: 'organization.reinstate', mspId: RESELLER }, [ORGANIZER, VENUE, TRUSTEE]);
    ledger.accept(aVote(proposal, { approve: false }), by(TRUSTEE));
    expect(stateOf(ledger, proposal), 'three of five').to.equal('carried');
  });

  it('is refused and leaves nothing behind where the action has become impossible', () => {
    const { ledger, proposal } = proposed();
    ledger.accept(aVote(proposal), by(RESELLER));
    decide(ledger, admit(), [VENUE, TRUSTEE, OTHER]);
    ledger.accept(aVote(proposal), by(VENUE));
    expect(stateOf(ledger, proposal), 'three of six').to.equal('open');
    const before = ledger.records();
    expectRefusal(ledger.submit(aVote(proposal), by(TRUSTEE)), 'ALREADY_A_MEMBER', 'action.organization.mspId');
    expect(ledger.records()).to.deep.equal(before);
  });

  it('sees what the batch before it did', () => {
    const { ledger, proposal } = proposed();
    const commands: Command[] = [aVote(proposal), aVote(proposal)];
    const [first, second] = ledger.submit(commands, by(RESELLER));
    expectAccepted(first!);
    expectRefusal(second!, 'ALREADY_VOTED', 'caller.mspId');
  });

  it('is counted by name, even of an organization called like what every object has', () => {
    const { ledger } = proposed();
    decide(ledger, admit('constructor'), [ORGANIZER, RESELLER, VENUE]);
    const next = aProposal(ORGANIZER, admit('AnotherMSP'));
    ledger.accept(next.command);
    expectAccepted(ledger.submit(aVote(next), by('constructor')));
    expect(ledger.read(proposalKey(next.proposal))?.votes).to.deep.equal({ [ORGANIZER]: true, constructor: true });
  });
});

describe('end of a proposal’s time', () => {
  const after = { now: SOON };

  it('is recorded by any active organization, once, and not before', () => {
    const { ledger, proposal } = proposed({ expiresAt: SOON });
    expectRefusal(ledger.submit(anExpiry(proposal), by(RESELLER)), 'NOTHING_DUE', 'proposal');
    expectRefusal(ledger.submit(anExpiry(proposal), { ...after, ...by('NobodyMSP') }), 'UNKNOWN_ORGANIZATION');
    const clerk = { mspId: RESELLER, attributes: new Set(['box-office']) };
    expectRefusal(ledger.submit(anExpiry(proposal), { ...after, caller: clerk }), 'NOT_AUTHORISED');
    expect(expectAccepted(ledger.submit(anExpiry(proposal), { ...after, ...by(RESELLER) }))).to.include({
      state: 'expired',
    });
    expectRefusal(ledger.submit(anExpiry(proposal), { ...after, ...by(RESELLER) }), 'NOTHING_DUE', 'proposal');
  });

  it('holds against a vote that is dated before it', () => {
    const { ledger, proposal } = proposed({ expiresAt: SOON });
    ledger.accept(anExpiry(proposal), after);
    expectRefusal(ledger.submit(aVote(proposal), by(RESELLER)), 'PROPOSAL_EXPIRED', 'proposal');
  });

  it('is of a proposal that exists and is open', () => {
    const { ledger, proposal } = proposed({ expiresAt: SOON });
    expectRefusal(ledger.submit(anExpiry({ proposal: `${VENUE}/${newId()}` }), after), 'UNKNOWN_PROPOSAL', 'proposal');
    for (const voter of [RESELLER, VENUE]) ledger.accept(aVote(proposal), by(voter));
    expectRefusal(ledger.submit(anExpiry(proposal), after), 'NOTHING_DUE', 'proposal');
  });
});

describe('vote that is endorsed and held back', () => {
  const ENDORSERS = [ORGANIZER, RESELLER];
  const endorse = (peer: SimulatedPeer, tx: string, command: Command, caller: string, now?: string): Envelope => {
    const context = aContext(tx, { caller, ...(now !== undefined && { now }) });
    return { ...peer.simulate(JSON.stringify({ commands: [command] }), context), tx, endorsers: ENDORSERS };
  };
  /** The deciding vote is held back while the other command commits. */
  const across = (other: (open: Record<'proposal' | 'suspension', TestProposal>) => readonly [Command, string?]) => {
    const { ledger, proposal } = proposed({ expiresAt: SOON });
    ledger.accept(aVote(proposal), by(RESELLER));
    const suspension = decide(ledger, suspend(OTHER), [ORGANIZER, RESELLER]);
    const peer = new SimulatedPeer(ORGANIZER, { records: ledger.records(), policyOf: (key) => ledger.policyOf(key) });
    const held = endorse(peer, 'tx-held', aVote(proposal), VENUE);
    const [command, now] = other({ proposal, suspension });
    peer.commit([endorse(peer, 'tx-other', command, TRUSTEE, now)]);
    peer.commit([held]);
    return { other: peer.commits.get('tx-other')?.code, held: peer.commits.get('tx-held')?.code };
  };
  const conflict = { other: 'VALID', held: 'MVCC_READ_CONFLICT' };

  it('conflicts with a change of membership', () => {
    expect(across(({ suspension }) => [aVote(suspension)])).to.deep.equal(conflict);
  });

  it('conflicts with another vote on the same proposal', () => {
    expect(across(({ proposal }) => [aVote(proposal, { approve: false })])).to.deep.equal(conflict);
  });

  it('conflicts with the record that its time is over', () => {
    expect(across(({ proposal }) => [anExpiry(proposal), SOON])).to.deep.equal(conflict);
  });

  it('does not conflict with anything else', () => {
    const unrelated = aProposal(TRUSTEE, admit('AnotherMSP')).command;
    expect(across(() => [unrelated])).to.deep.equal({ other: 'VALID', held: 'VALID' });
  });
});
