/** Random histories of one credential's keys: who replaces it, with what, when, and who objects. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { EnrolmentRecord } from '../../chaincode/domain/committee-records.js';
import { timestampOf } from '../../chaincode/domain/time.js';
import {
  anActivation,
  anApproval,
  anAttestor,
  anEnrolment,
  aRelease,
  aVeto,
  type TestReplacement,
} from '../support/committee.js';
import { enrolmentOf, forPersons, holderAt } from '../support/credentials.js';
import { NOW, type Command, type TestKey } from '../support/statements.js';

const HOUR_SECONDS = 3600;
const START = Date.parse(NOW) / 1000;
const key = fc.nat(3);
const step = fc.oneof(
  fc.record({
    type: fc.constant('claim' as const),
    key,
    /** Beside the right one. */
    ahead: fc.constantFrom(0, 0, 0, 0, 1, -1),
    support: fc.constantFrom('none', 'none', 'release', 'approvals'),
    by: key,
  }),
  fc.record({ type: fc.constant('veto' as const), by: key }),
  fc.record({ type: fc.constant('activate' as const) }),
  fc.record({ type: fc.constant('wait' as const), hours: fc.constantFrom(1, 1, 10, 72) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function aHistory() {
  const scene = forPersons();
  const { event } = scene.event;
  const keys = ['first', 'second', 'third', 'fourth'].map((phone) => holderAt(event, 'Ann', phone));
  scene.ledger.accept(anEnrolment(scene.committee, event, keys[0]!));
  const attestors = ['VenueMSP', 'ResellerMSP'].map((msp) => [msp, anAttestor(scene.ledger, msp)] as const);
  const record = (): EnrolmentRecord => enrolmentOf(scene, keys[0]!)!;
  const about = (by: TestKey, sequence: number): TestReplacement => ({
    event,
    subject: by.credential!,
    key: by,
    sequence,
  });

  const commandOf = (step: Exclude<Step, { type: 'wait' }>): Command => {
    const { sequence, pending } = record();
    switch (step.type) {
      case 'claim': {
        const of = about(keys[step.key]!, Math.max(0, sequence + 1 + step.ahead));
        const release = step.support === 'release' && { release: aRelease(of, keys[step.by]!) };
        const approvals = step.support === 'approvals' && {
          approvals: attestors.map(([msp, by]) => anApproval(of, msp, by)),
        };
        return anEnrolment(scene.committee, event, of.key, of.sequence, { ...release, ...approvals });
      }
      case 'veto': {
        const wanted = keys.find(({ kid }) => kid === pending?.key) ?? keys[1]!;
        return aVeto(about(wanted, pending?.sequence ?? 1), keys[step.by]!);
      }
      case 'activate':
        return anActivation(keys[0]!.credential!, event);
    }
  };
  return { ledger: scene.ledger, keys, record, commandOf };
}

describe('the key of a credential', () => {
  it('changes by the old key’s word or after a wait in which it could have objected', () => {
    const check = (steps: readonly Step[]) => {
      const { ledger, keys, record, commandOf } = aHistory();
      let nowSeconds = START;
      let claimedAt = START;
      for (const each of steps) {
        if (each.type === 'wait') {
          nowSeconds += each.hours * HOUR_SECONDS;
          continue;
        }
        const before = record();
        const accepted = ledger.submit(commandOf(each), { now: timestampOf(nowSeconds) }).accepted;
        const after = record();
        if (!before.pending && after.pending) claimedAt = nowSeconds;
        expect(after.sequence).to.be.within(before.sequence, before.sequence + 1);
        if (!accepted) expect(after).to.deep.equal(before);
        if (after.pending) expect(after.pending.sequence).to.equal(after.sequence + 1);
        if (after.key === before.key) continue;
        const released = each.type === 'claim' && each.support === 'release' && keys[each.by]!.kid === before.key;
        const waitedSeconds = nowSeconds - claimedAt;
        const waited = each.type === 'activate' && after.key === before.pending?.key && waitedSeconds >= HOUR_SECONDS;
        expect(released || waited).to.equal(true);
      }
    };
    fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), check), { numRuns: 100 });
  });
});
