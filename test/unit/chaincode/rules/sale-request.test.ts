import { expect } from 'chai';
import {
  anAllotment,
  anEvent,
  anEventChange,
  aSale,
  newId,
  newKey,
  type SaleOptions,
  type TestSale,
} from '../../../support/statements.js';
import { expectAccepted, expectRefusal, onSale, ticketOf } from '../../../support/world.js';
import { held } from '../../../support/statements.js';

/** The sale of the one order with the request of the other. */
const mixed = (sold: TestSale, asked: TestSale) => ({ ...sold.command, request: asked.command.request });

describe('sale and purchase request', () => {
  const mismatches: readonly (readonly [string, SaleOptions, string])[] = [
    ['the digest of another request', { sale: { request: 'A'.repeat(43) } }, 'sale.request'],
    ['another buyer', { sale: { buyer: newKey('somebody').kid } }, 'sale.buyer'],
    ['a request to another seller', { request: { seller: 'OtherResellerMSP' } }, 'request.seller'],
    ['another payment reference', { sale: { jti: 'payment-2' } }, 'request.paymentReference'],
    ['other seats', { sale: { seats: ['floor:A:2'] } }, 'sale.seats'],
    ['fewer seats', { seats: ['floor:A:1', 'floor:A:2'], sale: { seats: ['floor:A:1'] } }, 'sale.seats'],
    [
      'seats in another order',
      { seats: ['floor:A:1', 'floor:A:2'], sale: { seats: ['floor:A:2', 'floor:A:1'] } },
      'sale.seats',
    ],
    ['seats and a class', { request: { priceClass: 'standard' } }, 'request.seats'],
    ['seats and a quantity', { request: { quantity: 1 } }, 'request.seats'],
    ['neither seats nor a quantity', { request: { seats: undefined! } }, 'request.quantity'],
    ['another quantity', { request: { seats: undefined!, priceClass: 'standard', quantity: 2 } }, 'request.quantity'],
    ['another class', { request: { seats: undefined!, priceClass: 'premium', quantity: 1 } }, 'request.priceClass'],
  ];
  for (const [what, options, field] of mismatches) {
    it(`rejects ${what}`, () => {
      const { ledger, floor } = onSale();
      expectRefusal(ledger.submit(aSale(floor, options).command), 'REQUEST_MISMATCH', field);
      expect(ledger.written).to.be.empty;
    });
  }

  it('takes a class and a quantity, and the seller chooses the seats', () => {
    const { ledger, floor } = onSale();
    const request = { seats: undefined!, priceClass: 'standard', quantity: 2 };
    expectAccepted(ledger.submit(aSale(floor, { seats: ['floor:A:1', 'floor:C:50'], request }).command));
  });

  it('rejects a request swapped for another buyer’s', () => {
    const { ledger, floor } = onSale();
    const paymentReference = newId();
    const [mine, theirs] = [
      aSale(floor, { request: { paymentReference } }),
      aSale(floor, { request: { paymentReference } }),
    ];
    expectRefusal(ledger.submit(mixed(mine, theirs)), 'REQUEST_MISMATCH', 'sale.request');
  });

  it('rejects a request of another event', () => {
    const { ledger, floor } = onSale();
    const matinee = anEvent({ event: 'OrganizerMSP:matinee' });
    const elsewhere = aSale(anAllotment(matinee));
    expectRefusal(ledger.submit(mixed(aSale(floor), elsewhere)), 'WRONG_EVENT', 'request.event');
  });
});

describe('purchase request used again', () => {
  it('answers the same sale with its first receipt', () => {
    const { ledger, floor } = onSale();
    const { command } = aSale(floor);
    const receipt = expectAccepted(ledger.submit(command));
    expect(ledger.submit(command)).to.deep.equal({ accepted: true, receipt, replayed: true });
    expect(ledger.written).to.be.empty;
  });

  it('answers another sale of the same request with the first one’s receipt, and sells no second seat', () => {
    const { ledger, floor } = onSale();
    const buyer = newKey();
    const shared = { jti: newId(), seats: undefined!, priceClass: 'standard', quantity: 1, paymentReference: newId() };
    const options = (seat: string): SaleOptions => ({ buyer, seats: [seat], request: shared });
    const [first, second] = [aSale(floor, options('floor:A:1')), aSale(floor, options('floor:A:2'))];
    const receipt = expectAccepted(ledger.submit(first.command));
    expect(ledger.submit(second.command)).to.deep.equal({ accepted: true, receipt, replayed: true });
    expect(ticketOf(ledger, held(second))).to.equal(undefined);
  });

  it('rejects another payment reference for it', () => {
    const { ledger, floor } = onSale();
    const sale = aSale(floor);
    ledger.accept(sale.command);
    const again = aSale(floor, { seats: ['floor:A:2'], sale: { request: sale.payload.request, jti: newId() } });
    expectRefusal(ledger.submit(mixed(again, sale)), 'REQUEST_MISMATCH');
  });

  it('rejects it for another seller', () => {
    const { ledger, event, floor } = onSale();
    const other = { allotment: 'lawn', seller: 'OtherResellerMSP', pool: { section: 'lawn', from: 1, to: 9 } };
    const lawn = anAllotment(event, other);
    ledger.accept(lawn.command);
    const sale = aSale(floor);
    const { request, buyer, jti } = sale.payload;
    const stolen = aSale(lawn, { seats: ['lawn:1'], sale: { request, buyer, jti } });
    expectRefusal(ledger.submit(mixed(stolen, sale)), 'REQUEST_MISMATCH', 'request.seller');
  });
});

describe('payment reference', () => {
  it('pays for one buyer only', () => {
    const { ledger, floor } = onSale();
    const request = { paymentReference: newId() };
    ledger.accept(aSale(floor, { request }).command);
    const reused = aSale(floor, { seats: ['floor:A:2'], request });
    expectRefusal(ledger.submit(reused.command), 'COMMAND_ID_REUSED', 'jti');
  });

  it('pays for one buyer only within one batch', () => {
    const { ledger, floor } = onSale();
    const request = { paymentReference: newId() };
    const sales = ['floor:A:1', 'floor:A:2'].map((seat) => aSale(floor, { seats: [seat], request }).command);
    const [first, second] = ledger.submit(sales);
    expectAccepted(first!);
    expectRefusal(second!, 'COMMAND_ID_REUSED', 'jti');
  });

  it('chosen by a buyer leaves the ids of the seller’s other commands free', () => {
    const { ledger, event } = onSale();
    const stalls = anAllotment(event, {
      allotment: 'stalls',
      seller: 'OrganizerMSP',
      seats: { section: 'stalls', rows: [['A', 1, 9]] },
    });
    const [one, other] = [newId(), newId()];
    const sales = [one, other].map((paymentReference, index) =>
      aSale(stalls, { seats: [`stalls:A:${index + 1}`], request: { paymentReference } }),
    );
    ledger.accept([stalls.command, ...sales.map(({ command }) => command)]);
    expectAccepted(ledger.submit({ kind: 'sales.close', id: one, event: event.event }));
    expectAccepted(ledger.submit(anEventChange(event, { jti: other })));
  });

  it('is each seller’s own', () => {
    const { ledger, event, floor } = onSale();
    const pool = { section: 'lawn', from: 1, to: 9 };
    const lawn = anAllotment(event, { allotment: 'lawn', seller: 'OtherResellerMSP', pool });
    const request = { paymentReference: newId() };
    ledger.accept([lawn.command, aSale(floor, { request }).command]);
    expectAccepted(ledger.submit(aSale(lawn, { seats: ['lawn:1'], request }).command));
  });
});
