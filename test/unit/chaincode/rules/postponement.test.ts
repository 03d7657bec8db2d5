/** What a postponement may do to the schedule that somebody has bought under, time by time and in each direction. */
import { expect } from 'chai';
import type { Schedule } from '../../../../chaincode/domain/schedule.js';
import { addSeconds } from '../../../../chaincode/domain/time.js';
import { anEventChange, NOW, SCHEDULE, type TestEvent } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, gateOf, onSale } from '../../../support/world.js';

const DAY_S = 86_400;
const postpone = (event: TestEvent, schedule: Schedule) => anEventChange(event, { action: 'postpone', schedule });
/** Room on either side of every time. */
const ROOMY: Schedule = {
  salesOpenAt: '2027-01-10T00:00:00Z',
  salesCloseAt: '2027-05-01T17:00:00Z',
  transfersCloseAt: '2027-05-01T18:00:00Z',
  doorsOpenAt: '2027-05-10T18:00:00Z',
  startsAt: '2027-05-20T18:00:00Z',
  endsAt: '2027-05-30T18:00:00Z',
};

/** Whether sales that have opened let it move; a time that is missing does not compile. */
const MAY_MOVE: Readonly<Record<keyof Schedule, Readonly<Record<'earlier' | 'later', boolean>>>> = {
  salesOpenAt: { earlier: true, later: false },
  salesCloseAt: { earlier: true, later: true },
  transfersCloseAt: { earlier: false, later: true },
  doorsOpenAt: { earlier: false, later: true },
  startsAt: { earlier: false, later: true },
  endsAt: { earlier: false, later: true },
};

describe('schedule of a postponement', () => {
  for (const [name, ways] of Object.entries(MAY_MOVE)) {
    const member = name as keyof Schedule;
    for (const way of ['earlier', 'later'] as const) {
      const moved = { ...ROOMY, [member]: addSeconds(ROOMY[member], way === 'later' ? DAY_S : -DAY_S) };

      // Regression: every time could be moved anywhere, and so take away transfers, resale, returns and every refund.
      it(`${ways[way] ? 'may' : 'may not'} move ${member} ${way} once sales have opened`, () => {
        const { ledger, event } = onSale({ schedule: ROOMY });
        const outcome = ledger.submit(postpone(event, moved));
        if (ways[way]) expectAccepted(outcome);
        else expectRefusal(outcome, 'INVALID_SCHEDULE', `schedule.${member}`);
      });

      it(`may move ${member} ${way} before`, () => {
        const { ledger, event } = onSale({ schedule: { ...ROOMY, salesOpenAt: '2027-03-05T00:00:00Z' } });
        const schedule = { ...moved, ...(member !== 'salesOpenAt' && { salesOpenAt: '2027-03-05T00:00:00Z' }) };
        expectAccepted(ledger.submit(postpone(event, schedule)));
      });
    }
  }

  it('names the time that it moves against the buyers, and the limit', () => {
    const { ledger, event } = onSale();
    const early = ledger.submit(postpone(event, { ...SCHEDULE, transfersCloseAt: SCHEDULE.salesOpenAt }));
    const details = expectRefusal(early, 'INVALID_SCHEDULE', 'schedule.transfersCloseAt');
    expect(details).to.include({ notBefore: SCHEDULE.transfersCloseAt });
    const late = ledger.submit(postpone(event, { ...SCHEDULE, salesOpenAt: '2027-05-01T16:00:00Z' }));
    expect(expectRefusal(late, 'INVALID_SCHEDULE', 'schedule.salesOpenAt')).to.include({
      notAfter: SCHEDULE.salesOpenAt,
    });
    expect((['transfers', 'resale', 'returns'] as const).map((gate) => gateOf(ledger, event, gate))).to.deep.equal(
      Array(3).fill('open'),
    );
  });

  // Regression: doors in the past closed refunds before they opened, and an end in three seconds released every surplus a day later.
  it('leaves time to give tickets back before doors open', () => {
    const { ledger, event } = onSale({ schedule: { ...SCHEDULE, doorsOpenAt: SCHEDULE.salesOpenAt } });
    for (const doorsOpenAt of [SCHEDULE.salesOpenAt, NOW]) {
      const outcome = ledger.submit(postpone(event, { ...SCHEDULE, doorsOpenAt }));
      expect(expectRefusal(outcome, 'INVALID_SCHEDULE', 'schedule.doorsOpenAt')).to.include({ after: NOW });
    }
    expectAccepted(ledger.submit(postpone(event, { ...SCHEDULE, doorsOpenAt: addSeconds(NOW, 1) })));
    expect(gateOf(ledger, event, 'refunds')).to.equal('open');
  });

  it('comes too late when the event has ended', () => {
    const { ledger, event } = onSale();
    const late = ledger.submit(postpone(event, ROOMY), { now: SCHEDULE.endsAt });
    expect(expectRefusal(late, 'EVENT_ENDED', 'schedule.endsAt')).to.include({ endsAt: SCHEDULE.endsAt });
  });
});
