/** What a seller made beyond his own price is his when the event has taken place: a day after its end, in writing. */
import { expect } from 'chai';
import { keysOf, prepareBatch } from '../../../../chaincode/domain/batch.js';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import { balanceOf, booksOf, BY_RESELLER, onMarket, sellOn, settle } from '../../../support/market.js';
import { aPayout } from '../../../support/settlements.js';
import {
  aDevice,
  anAdvance,
  anEventChange,
  aReturn,
  aScan,
  aVoid,
  DOORS,
  newKey,
  SCHEDULE,
} from '../../../support/statements.js';
import { asNow, AT_THE_DOOR, expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

const OVER = { now: '2027-05-02T22:00:00Z' };
const buyer = newKey('buyer');

/** Resold with 200 held back. */
function resold() {
  const scene = onMarket({ policy: { capBps: 13_000 } });
  const ticket = sellOn(scene, scene.ticket, buyer, { askMinor: 2500 });
  const seller = scene.ticket.holder;
  const has = (holder = seller) => balanceOf(scene.ledger, scene.event.event, holder);
  const end = () => scene.ledger.accept(anAdvance(scene.event), OVER);
  return { ...scene, ticket, seller, has, end };
}

describe('surplus of a resale', () => {
  it('is released a day after the end, to the second', () => {
    const { ledger, event, ticket, has, end } = resold();
    expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
    ledger.accept(anAdvance(event), { now: SCHEDULE.endsAt });
    expectRefusal(settle(ledger, ticket, OVER), 'NOTHING_DUE', 'ticket');
    end();
    expectRefusal(settle(ledger, ticket, { now: '2027-05-02T21:59:59Z' }), 'NOTHING_DUE', 'ticket');
    expect(has()).to.equal(2200);
    expectAccepted(settle(ledger, ticket, OVER));
    expect(has()).to.equal(2400);
    expect(ticketOf(ledger, ticket)?.resales?.[0]).to.include({ proceedsMinor: 2400, surplusMinor: 0 });
    expect(booksOf(ledger, event.event)).to.include({ 'escrow:surplus': 0 });
  });

  it('is released once', () => {
    const { ledger, ticket, end } = resold();
    end();
    expectAccepted(settle(ledger, ticket, OVER));
    expectRefusal(settle(ledger, ticket, OVER), 'NOTHING_DUE', 'ticket');
  });

  // Regression: a cancellation that was endorsed in time and held back was valid after the release, which it then asked back.
  it('waits until it is recorded that the event can’t be cancelled: a cancellation held back across that conflicts', () => {
    const { ledger, event, ticket, end } = resold();
    const cancellation = prepareBatch([anEventChange(event)], 'OrganizerMSP');
    expect(keysOf(cancellation)).to.include(gateKey(event.event, 'cancellation'));
    expectRefusal(settle(ledger, ticket, OVER), 'NOTHING_DUE', 'ticket');
    end();
    expect(ledger.written.map(({ key }) => key)).to.include(gateKey(event.event, 'cancellation'));
    expectAccepted(settle(ledger, ticket, OVER));
  });

  it('goes back to the buyer when the event is cancelled, and to the seller no more', () => {
    const { ledger, event, ticket, has } = resold();
    ledger.accept(anEventChange(event));
    expectAccepted(settle(ledger, ticket));
    expect([has(), has(buyer)]).to.deep.equal([2200, 2600]);
    expectRefusal(settle(ledger, ticket, OVER), 'NOTHING_DUE', 'ticket');
  });

  it('is the seller’s whether the ticket was used, returned or void for its holder’s fault', () => {
    const used = resold();
    const device = aDevice(used.event);
    used.ledger.accept(device.command, { caller: 'VenueMSP' });
    used.ledger.accept(anAdvance(used.event), { now: DOORS });
    used.ledger.accept(aScan(used.ticket, device).command, AT_THE_DOOR);
    const back = resold();
    back.ledger.accept(aReturn(back.ticket, back.floor), BY_RESELLER);
    expectAccepted(settle(back.ledger, back.ticket, OVER));
    const fraud = resold();
    fraud.ledger.accept(aVoid(fraud.ticket, fraud.event));
    for (const { ledger, ticket, has, end } of [used, back, fraud]) {
      end();
      expectAccepted(settle(ledger, asNow(ledger, ticket), OVER));
      expect(has()).to.equal(2400);
    }
  });

  it('leaves nothing to be asked back', () => {
    const { ledger, event, ticket, seller, end } = resold();
    end();
    expectAccepted(settle(ledger, ticket, OVER));
    ledger.accept(aPayout(event, seller, 2400), { ...BY_RESELLER, ...OVER });
    expectRefusal(ledger.submit(anEventChange(event), OVER), 'EVENT_ENDED', 'schedule.endsAt');
    // Regression: a void after the release owed the buyer money that nobody held, and failed the transaction.
    const late = aVoid(asNow(ledger, ticket), event, { reason: 'error' });
    expectRefusal(ledger.submit(late, OVER), 'EVENT_ENDED', 'schedule.endsAt');
  });
});
