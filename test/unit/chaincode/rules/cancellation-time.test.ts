/** Until when an event can be cancelled: for a day after its end, for it may not have taken place. */
import { expect } from 'chai';
import { balanceOf, onMarket, sellOn, settle } from '../../../support/market.js';
import { anAdvance, anEventChange, newKey, SCHEDULE } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, gateOf, onSale } from '../../../support/world.js';

const LAST = { now: '2027-05-02T21:59:59Z' };
const OVER = { now: '2027-05-02T22:00:00Z' };

describe('time of a cancellation', () => {
  // Regression: a show that did not take place could not be cancelled after its end, though surpluses were held for it.
  it('lasts a day after the end, and everybody gets back what he paid', () => {
    const scene = onMarket({ policy: { capBps: 13_000 } });
    const { ledger, event } = scene;
    const buyer = newKey();
    const ticket = sellOn(scene, scene.ticket, buyer, { askMinor: 2500 });
    ledger.accept(anAdvance(event), { now: SCHEDULE.endsAt });
    expect(gateOf(ledger, event, 'cancellation')).to.equal('open');
    expectAccepted(ledger.submit(anEventChange(event), LAST));
    expectAccepted(settle(ledger, ticket, LAST));
    const balances = [scene.ticket.holder, buyer].map((holder) => balanceOf(ledger, event.event, holder));
    expect(balances).to.deep.equal([2200, 2600]);
  });

  it('is over then, recorded or not', () => {
    const { ledger, event } = onSale();
    const late = ledger.submit(anEventChange(event), OVER);
    expect(expectRefusal(late, 'EVENT_ENDED', 'schedule.endsAt')).to.include({ closesAt: OVER.now, recorded: 'open' });
  });

  it('is over for a cancellation that is dated before, once that is recorded', () => {
    const { ledger, event } = onSale();
    ledger.accept(anAdvance(event), OVER);
    expect(gateOf(ledger, event, 'cancellation')).to.equal('closed');
    const backdated = ledger.submit(anEventChange(event), LAST);
    expect(expectRefusal(backdated, 'EVENT_ENDED', 'schedule.endsAt')).to.include({ recorded: 'closed' });
  });

  it('moves with the end', () => {
    const { ledger, event } = onSale();
    const schedule = { ...SCHEDULE, endsAt: '2027-05-03T22:00:00Z' };
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }));
    expectAccepted(ledger.submit(anEventChange(event, { change: 1 }), { now: '2027-05-04T21:59:59Z' }));
  });
});
