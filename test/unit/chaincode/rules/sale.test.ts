import { expect } from 'chai';
import { entriesKey, holderKey } from '../../../../chaincode/domain/keys.js';
import {
  anAllotment,
  anEventChange,
  aReturn,
  aSale,
  aVoid,
  held,
  newKey,
  NOW,
  SCHEDULE,
} from '../../../support/statements.js';
import { afterSale, asNow, expectAccepted, expectRefusal, onSale, ticketOf } from '../../../support/world.js';

describe('primary sale', () => {
  it('writes a ticket, the holder and the money of every payee', () => {
    const { ledger, event, floor } = onSale();
    const sale = aSale(floor, { seats: ['floor:A:1', 'floor:A:2'] });
    const { tx, ...receipt } = expectAccepted(ledger.submit(sale.command));
    expect(receipt).to.deep.equal({ seats: ['floor:A:1', 'floor:A:2'], issues: [1, 1], policy: 1 });
    const price = { paidMinor: 2200, firstPriceMinor: 2200 };
    const zero = { change: 0, hops: 0, entered: 0, acquiredAt: Date.parse(NOW) / 1000 };
    const fresh = { allotment: 'floor-a', state: 'sold', issue: 1, ...zero, ...price };
    expect(ticketOf(ledger, held(sale, 1))).to.deep.equal({ ...fresh, holder: sale.buyer.kid });
    expect(ledger.read(holderKey(event.event, sale.buyer.kid))).to.deep.equal({ held: 2, boughtPrimary: 2 });
    expect(ledger.read(entriesKey(event.event, tx))).to.deep.equal([
      [
        `ResellerMSP/${sale.payload.jti}`,
        ['ResellerMSP', -4400, 'collected'],
        ['OrganizerMSP', 4000, 'face'],
        ['ResellerMSP', 400, 'fee'],
      ],
    ]);
  });

  it('lets the organizer sell its own allotment', () => {
    const { ledger, event } = onSale();
    const own = anAllotment(event, {
      allotment: 'own',
      seller: 'OrganizerMSP',
      pool: { section: 'lawn', from: 1, to: 9 },
    });
    ledger.accept(own.command);
    expectAccepted(ledger.submit(aSale(own, { seats: ['lawn:9'] }).command));
  });

  it('rejects a second buyer of the same seat', () => {
    const { ledger, floor } = afterSale();
    const second = aSale(floor, { seats: ['floor:A:2', 'floor:A:1'] });
    expectRefusal(ledger.submit(second.command), 'SEAT_ALREADY_SOLD', 'sale.seats[1]');
  });

  it('rejects a seat twice in an order', () => {
    const { ledger, floor } = onSale();
    const twice = aSale(floor, { seats: ['floor:A:1', 'floor:A:1'] });
    expectRefusal(ledger.submit(twice.command), 'SEAT_REPEATED', 'sale.seats');
  });

  it('gives a seat that two commands of a batch want to the first', () => {
    const { ledger, floor } = onSale();
    const [first, second] = [aSale(floor), aSale(floor)];
    const outcomes = ledger.submit([first.command, second.command]);
    expectAccepted(outcomes[0]!);
    expectRefusal(outcomes[1]!, 'SEAT_ALREADY_SOLD', 'sale.seats[0]');
    expect(ticketOf(ledger, held(first))).to.include({ holder: first.buyer.kid });
  });

  for (const seat of ['floor:A:51', 'floor:D:1', 'balcony:A:1', 'floor:1']) {
    it(`rejects ${seat}, which is not in the allotment`, () => {
      const { ledger, floor } = onSale();
      const sale = aSale(floor, { seats: ['floor:A:50', seat] });
      expectRefusal(ledger.submit(sale.command), 'SEAT_NOT_IN_ALLOTMENT', 'sale.seats[1]');
    });
  }

  it('rejects a seat of another seller', () => {
    const { ledger, event, floor } = onSale();
    const other = {
      allotment: 'floor-b',
      seller: 'OtherResellerMSP',
      seats: { section: 'floor', rows: [['D', 1, 9]] },
    };
    ledger.accept(anAllotment(event, other as Parameters<typeof anAllotment>[1]).command);
    expectRefusal(ledger.submit(aSale(floor, { seats: ['floor:D:1'] }).command), 'SEAT_NOT_IN_ALLOTMENT');
  });

  it('rejects an allotment that is unknown, another seller’s or closed', () => {
    const { ledger, floor, event } = onSale();
    const unknown = aSale(floor, { sale: { allotment: 'nowhere' } });
    expectRefusal(ledger.submit(unknown.command), 'UNKNOWN_ALLOTMENT', 'sale.allotment');
    const foreign = aSale({ ...floor, payload: { ...floor.payload, seller: 'OtherResellerMSP' } });
    expectRefusal(ledger.submit(foreign.command), 'ALLOTMENT_MISMATCH', 'sale.seller');
    const closing = { kind: 'allotment.close', id: 'close-1-floor', event: event.event, allotment: 'floor-a' };
    ledger.accept(closing, { caller: 'ResellerMSP' });
    expectRefusal(ledger.submit(aSale(floor).command), 'ALLOTMENT_CLOSED', 'sale.allotment');
  });

  it('rejects before sales open, after they close, and once the event is cancelled', () => {
    const { ledger, event, floor } = onSale();
    const { command } = aSale(floor);
    expectRefusal(ledger.submit(command, { now: '2026-12-31T23:59:59Z' }), 'SALES_NOT_OPEN', 'schedule.salesOpenAt');
    expectRefusal(ledger.submit(command, { now: SCHEDULE.salesCloseAt }), 'SALES_NOT_OPEN', 'schedule.salesCloseAt');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(command), 'EVENT_CANCELLED', 'event');
  });

  it('rejects an event that does not exist', () => {
    const { ledger, event, floor } = onSale();
    const elsewhere = { ...floor, of: { ...event, event: 'OrganizerMSP:matinee' } };
    expectRefusal(ledger.submit(aSale(elsewhere).command), 'UNKNOWN_EVENT', 'event');
  });

  it('sells a returned seat under the next issue, and every statement about the old one is dead', () => {
    const { ledger, event, floor, ticket } = afterSale();
    ledger.accept(aReturn(ticket, floor), { caller: 'ResellerMSP' });
    const again = aSale(floor, { buyer: ticket.holder });
    expect(expectAccepted(ledger.submit(again.command))).to.deep.include({ issues: [2] });
    expect(ticketOf(ledger, ticket)).to.include({ issue: 2, change: 0, state: 'sold' });
    expectRefusal(ledger.submit(aVoid(ticket, event)), 'STALE_TICKET', 'statement.change');
    expectRefusal(ledger.submit(aReturn(ticket, floor), { caller: 'ResellerMSP' }), 'STALE_TICKET');
    expectAccepted(ledger.submit(aVoid(asNow(ledger, ticket), event)));
  });

  it('sells a void seat again', () => {
    const { ledger, event, floor, ticket } = afterSale();
    ledger.accept(aVoid(ticket, event));
    expect(expectAccepted(ledger.submit(aSale(floor).command))).to.deep.include({ issues: [2] });
  });
});

describe('per-person limit', () => {
  const policy = { perPersonLimit: { primary: 2, resale: 2 }, returnDeadlineSeconds: 3600 };

  it('counts over orders, to the limit and not above it', () => {
    const { ledger, floor } = onSale({ policy });
    const buyer = newKey();
    const buy = (...seats: string[]) => ledger.submit(aSale(floor, { buyer, seats }).command);
    expectRefusal(buy('floor:A:1', 'floor:A:2', 'floor:A:3'), 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.primary');
    expectAccepted(buy('floor:A:1'));
    expectAccepted(buy('floor:A:2'));
    const details = expectRefusal(buy('floor:A:3'), 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.primary');
    expect(details).to.include({ limit: 2, bought: 2, policyVersion: 1 });
  });

  it('does not fall when a ticket is returned', () => {
    const { ledger, floor } = onSale({ policy });
    const sale = aSale(floor, { seats: ['floor:A:1', 'floor:A:2'] });
    ledger.accept(sale.command);
    ledger.accept(aReturn(held(sale), floor), { caller: 'ResellerMSP' });
    expectRefusal(ledger.submit(aSale(floor, { buyer: sale.buyer }).command), 'PERSON_LIMIT_REACHED');
  });
});
