/** However votes come, whatever membership does meanwhile: an action is carried by more than half of the members, or not at all. */
import { expect } from 'chai';
import fc from 'fast-check';
import { electorateOf } from '../../chaincode/domain/governance/members.js';
import { membersKey, organizationKey, proposalKey } from '../../chaincode/domain/keys.js';
import { admit, aProposal, aVote, reinstate, suspend, type TestProposal } from '../support/proposals.js';
import { TestLedger } from '../support/test-ledger.js';
import { RIVALS } from '../support/world.js';

const ORGANIZATIONS = RIVALS.organizations.map(({ mspId }) => mspId);
const RUNS = { numRuns: 100 };

const organization = fc.constantFrom(...ORGANIZATIONS);
/** Votes on the admission; suspensions and reinstatements are proposals of their own, with votes of their own. */
const step = fc.record({
  caller: organization,
  approve: fc.boolean(),
  on: fc.constantFrom(0, 0, 0, 1, 2),
  target: organization,
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
const history = fc.array(step, { minLength: 5, maxLength: 40 });

interface Told {
  readonly ledger: TestLedger;
  readonly admission: TestProposal;
}

/** @param watch is called after each step with the ledger before it */
function tell(steps: readonly Step[], watch: (told: Told, before: ReadonlyMap<string, unknown>) => void): Told {
  const ledger = TestLedger.founded(RIVALS);
  const admission = aProposal(ORGANIZATIONS[0]!, admit());
  const open: TestProposal[] = [];
  ledger.accept(admission.command);
  for (const { caller, approve, on, target } of steps) {
    const before = ledger.records();
    if (on === 0) ledger.submit(aVote(admission, { approve }), { caller });
    else if (on === 1 || open.length === 0) {
      const next = aProposal(caller, approve ? suspend(target) : reinstate(target));
      if (ledger.submit(next.command, { caller }).accepted) open.push(next);
    } else ledger.submit(aVote(open[open.length - 1]!, { approve }), { caller });
    watch({ ledger, admission }, before);
  }
  return { ledger, admission };
}

describe('governance', () => {
  it('carries an action with more than half of the members, and never without', () => {
    const check = (steps: readonly Step[]) => {
      tell(steps, ({ ledger, admission }, before) => {
        const was = before.get(proposalKey(admission.proposal)) as { state: string };
        const now = ledger.read(proposalKey(admission.proposal))!;
        if (was.state === now.state) return;
        const electorate = electorateOf(admission.action, ledger.read(membersKey)!);
        const voters = electorate.voters.filter((msp) => msp !== 'NewMSP');
        const count = (answer: boolean) => voters.filter((msp) => now.votes[msp] === answer).length;
        if (now.state === 'carried') expect(count(true)).to.be.greaterThan(ORGANIZATIONS.length / 2);
        else expect(voters.length - count(false)).to.be.below(electorate.needed);
        expect(ledger.read(organizationKey('NewMSP')) !== undefined).to.equal(now.state === 'carried');
      });
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('decides once: neither verdict nor votes change afterwards', () => {
    const check = (steps: readonly Step[]) => {
      tell(steps, ({ ledger, admission }, before) => {
        const was = before.get(proposalKey(admission.proposal)) as { state: string };
        if (was.state !== 'open') expect(ledger.read(proposalKey(admission.proposal))).to.deep.equal(was);
      });
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('keeps two organizations that endorse, an organizer, and one truth about each member', () => {
    const check = (steps: readonly Step[]) => {
      tell(steps, ({ ledger }) => {
        const { organizations } = ledger.read(membersKey)!;
        const active = organizations.filter(({ status }) => status === 'active');
        expect(active.filter(({ roles }) => !roles.includes('trustee'))).to.have.length.of.at.least(2);
        expect(active.some(({ roles }) => roles.includes('organizer'))).to.be.true;
        for (const each of organizations) expect(ledger.read(organizationKey(each.mspId))).to.deep.equal(each);
      });
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('comes to the same verdict in whatever order the same votes come', () => {
    const votes = fc.uniqueArray(fc.record({ caller: organization, approve: fc.boolean() }), {
      selector: ({ caller }) => caller,
    });
    const orders = votes.chain((list) => fc.tuple(fc.constant(list), shuffled(list)));
    const stateAfter = (list: readonly Pick<Step, 'caller' | 'approve'>[]) => {
      const ledger = TestLedger.founded(RIVALS);
      const admission = aProposal(ORGANIZATIONS[0]!, admit());
      ledger.accept(admission.command);
      for (const { caller, approve } of list) ledger.submit(aVote(admission, { approve }), { caller });
      return ledger.read(proposalKey(admission.proposal))!.state;
    };
    fc.assert(
      fc.property(orders, ([one, other]) => void expect(stateAfter(one)).to.equal(stateAfter(other))),
      RUNS,
    );
  });

  it('is a history: the generator reaches admissions, rejections and suspensions', () => {
    const seen = new Set<string>();
    for (const steps of fc.sample(history, { numRuns: 200, seed: 7 })) {
      const { ledger, admission } = tell(steps, () => undefined);
      seen.add(ledger.read(proposalKey(admission.proposal))!.state);
      for (const { status } of ledger.read(membersKey)!.organizations) seen.add(status);
    }
    expect([...seen]).to.include.members(['open', 'carried', 'rejected', 'active', 'suspended']);
  });
});
