import { expect } from 'chai';
import { entriesKey } from '../../../../chaincode/domain/keys.js';
import { anAllotment, aSale, type TestAllotment } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, onSale } from '../../../support/world.js';

const MAX = Number.MAX_SAFE_INTEGER;
const seats = ['floor:A:1', 'floor:A:2'];

describe('price of a sale', () => {
  for (const member of ['facePriceMinor', 'feesMinor', 'totalMinor'] as const) {
    for (const by of [1, -1]) {
      it(`rejects ${member} off by ${by}`, () => {
        const { ledger, floor } = onSale();
        const right = aSale(floor, { seats }).payload[member];
        const wrong = aSale(floor, { seats, request: { maxTotalMinor: MAX }, sale: { [member]: right + by } });
        const details = expectRefusal(ledger.submit(wrong.command), 'PRICE_MISMATCH', `sale.${member}`);
        expect(details).to.include({ expected: right });
      });
    }
  }

  it('rejects a unit moved from the face price to the fees', () => {
    const { ledger, floor } = onSale();
    const { payload } = aSale(floor);
    const moved = { facePriceMinor: payload.facePriceMinor - 1, feesMinor: payload.feesMinor + 1 };
    expectRefusal(ledger.submit(aSale(floor, { sale: moved }).command), 'PRICE_MISMATCH', 'sale.facePriceMinor');
  });

  it('rejects a total of one unit more than the buyer signed for, and takes one of less', () => {
    const { ledger, floor } = onSale();
    const upTo = (maxTotalMinor: number) => aSale(floor, { seats, request: { maxTotalMinor } }).command;
    expectRefusal(ledger.submit(upTo(4399)), 'PRICE_ABOVE_REQUEST', 'sale.totalMinor');
    expectAccepted(ledger.submit(upTo(4401)));
  });

  it('rejects a currency that is not the event’s', () => {
    const { ledger, floor } = onSale();
    const asked = aSale(floor, { request: { currency: 'USD' } });
    expectRefusal(ledger.submit(asked.command), 'REQUEST_MISMATCH', 'request.currency');
    const sold = aSale(floor, { sale: { currency: 'USD' } });
    expectRefusal(ledger.submit(sold.command), 'REQUEST_MISMATCH', 'sale.currency');
  });

  for (const amount of [-1, 0.5, 2 ** 53, '2000', null]) {
    it(`rejects ${JSON.stringify(amount)} as money`, () => {
      const { ledger, floor } = onSale();
      const sale = aSale(floor, { sale: { totalMinor: amount as number } });
      expectRefusal(ledger.submit(sale.command), 'INVALID_FIELD', 'sale.totalMinor');
    });
  }
});

describe('sums of money', () => {
  const free = { facePriceMinor: 0, fees: [] };
  const priced = (event: Parameters<typeof anAllotment>[0], payload: Partial<TestAllotment['payload']>) =>
    anAllotment(event, { allotment: 'lawn', pool: { section: 'lawn', from: 1, to: 9 }, ...payload });

  it('sells for nothing, and books nothing', () => {
    const { ledger, event, floor } = onSale({}, free);
    const { tx } = expectAccepted(ledger.submit(aSale(floor).command));
    expect(ledger.read(entriesKey(event.event, tx)), 'no money, no entries').to.equal(undefined);
  });

  it('sells one ticket for 2^53 - 1 and refuses two', () => {
    const { ledger, event } = onSale();
    const dear = priced(event, { facePriceMinor: MAX, fees: [] });
    ledger.accept(dear.command);
    const two = aSale(dear, {
      seats: ['lawn:1', 'lawn:2'],
      request: { maxTotalMinor: MAX },
      sale: { totalMinor: MAX },
    });
    expectRefusal(ledger.submit(two.command), 'AMOUNT_OVERFLOW', 'sale.totalMinor');
    expectAccepted(ledger.submit(aSale(dear, { seats: ['lawn:1'] }).command));
  });

  it('refuses an allotment whose price and fees overflow', () => {
    const { ledger, event } = onSale();
    const fee = (amountMinor: number) => ({ kind: 'service', payee: 'ResellerMSP', amountMinor });
    const over = priced(event, { facePriceMinor: MAX - 2, fees: [fee(1), fee(2)] });
    expectRefusal(ledger.submit(over.command), 'AMOUNT_OVERFLOW', 'statement.fees[1].amountMinor');
    expectAccepted(ledger.submit(priced(event, { facePriceMinor: MAX - 3, fees: [fee(1), fee(2)] }).command));
  });

  it('books the face price and each fee on its own, whoever gets them', () => {
    const { ledger, event } = onSale();
    const fee = (kind: string, amountMinor: number) => ({ kind, payee: 'OrganizerMSP', amountMinor });
    const supply = priced(event, { facePriceMinor: 100, fees: [fee('service', 7), fee('levy', 5)] });
    ledger.accept(supply.command);
    const sale = aSale(supply, { seats: ['lawn:1'] });
    const { tx } = expectAccepted(ledger.submit(sale.command));
    const [lines] = ledger.read(entriesKey(event.event, tx))!;
    expect(lines?.slice(1)).to.deep.equal([
      ['ResellerMSP', -112, 'collected'],
      ['OrganizerMSP', 100, 'face'],
      ['OrganizerMSP', 7, 'fee'],
      ['OrganizerMSP', 5, 'fee'],
    ]);
  });
});
