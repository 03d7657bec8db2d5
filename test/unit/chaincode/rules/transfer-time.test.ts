/** A transfer that must be allowed is not taken away by the schedule: it lasts until doors open. */
import { expect } from 'chai';
import { aPolicyChange } from '../../../support/settlements.js';
import { anEvent, anEventChange, EVENT_POLICY, SCHEDULE } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, onSale, RIVALS } from '../../../support/world.js';

const UNTIL_DOORS = { ...SCHEDULE, transfersCloseAt: SCHEDULE.doorsOpenAt };
const MUST = { ...EVENT_POLICY, mustAllowTransfer: true };
const REFUSED = ['POLICY_INCONSISTENT', 'schedule.transfersCloseAt'] as const;

// Regression: `transfersCloseAt` at the opening of sales closed transfers that a profile or the policy itself had promised.
describe('time of transfers that must be allowed', () => {
  it('is asked for at the creation, whoever says that they must', () => {
    for (const policy of [MUST, { ...EVENT_POLICY, jurisdiction: 'IE' as const }]) {
      const ledger = TestLedger.founded(RIVALS);
      const short = anEvent({ policy, schedule: { ...SCHEDULE, transfersCloseAt: SCHEDULE.salesOpenAt } });
      const details = expectRefusal(ledger.submit(short.command), ...REFUSED);
      expect(details).to.include({ because: 'policy.mustAllowTransfer', notBefore: SCHEDULE.doorsOpenAt });
      expectAccepted(ledger.submit(anEvent({ policy, schedule: UNTIL_DOORS }).command));
    }
  });

  it('is asked for at a postponement', () => {
    const { ledger, event } = onSale({ policy: MUST, schedule: UNTIL_DOORS });
    const schedule = { ...UNTIL_DOORS, doorsOpenAt: '2027-05-01T18:00:01Z' };
    expectRefusal(ledger.submit(anEventChange(event, { action: 'postpone', schedule })), ...REFUSED);
    const both = { ...schedule, transfersCloseAt: schedule.doorsOpenAt };
    expectAccepted(ledger.submit(anEventChange(event, { action: 'postpone', schedule: both })));
  });

  it('is asked for when the policy comes to say so', () => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(aPolicyChange(event, { mustAllowTransfer: true })), ...REFUSED);
    const longer = onSale({ schedule: UNTIL_DOORS });
    expectAccepted(longer.ledger.submit(aPolicyChange(longer.event, { mustAllowTransfer: true })));
  });
});
