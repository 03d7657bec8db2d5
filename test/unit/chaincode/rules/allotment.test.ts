import { expect } from 'chai';
import { allotmentKey, blockKey } from '../../../../chaincode/domain/keys.js';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { anAllotment, anEvent, anEventChange, newId } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, onSale } from '../../../support/world.js';

type Rows = NonNullable<Payload<'allotment'>['seats']>['rows'];
const other = { allotment: 'other', seller: 'OtherResellerMSP' };
const rowsOf = (...rows: Rows) => ({ ...other, seats: { section: 'floor', rows } });
const lawn = (from: number, to: number, allotment = 'lawn') => ({ allotment, pool: { section: 'lawn', from, to } });

describe('allotment', () => {
  it('writes what it holds and how many places that is', () => {
    const { ledger, event, floor } = onSale();
    const { facePriceMinor, fees, seats, priceClass } = floor.payload;
    const supply = { seller: 'ResellerMSP', priceClass, facePriceMinor, fees, seats, state: 'open' };
    expect(ledger.read(allotmentKey(event.event, 'floor-a'))).to.deep.include(supply);
    const rows = { A: [[1, 50]], B: [[1, 50]], C: [[1, 50]] };
    expect(ledger.read(blockKey(event.event, 'floor'))).to.deep.equal({ kind: 'rows', rows });
    const receipt = expectAccepted(ledger.submit(anAllotment(event, lawn(1, 9)).command));
    expect(receipt).to.include({ allotment: 'lawn', places: 9 });
  });

  const overlaps: readonly (readonly [string, Rows, string, string])[] = [
    ['its last seat', [['A', 50, 60]], 'statement.seats.rows[0]', 'floor:A:50'],
    ['its first seat', [['B', 1, 1]], 'statement.seats.rows[0]', 'floor:B:1'],
    ['all of it and more', [['C', 1, 99]], 'statement.seats.rows[0]', 'floor:C:1'],
    ['a part of it in the second range', [['D', 1, 9], ['A', 20, 30]], 'statement.seats.rows[1]', 'floor:A:20'], // prettier-ignore
    [
      'itself',
      [
        ['D', 1, 9],
        ['D', 9, 10],
      ],
      'statement.seats.rows[1]',
      'floor:D:9',
    ],
  ];
  for (const [what, rows, field, place] of overlaps) {
    it(`rejects one that overlaps ${what}`, () => {
      const { ledger, event } = onSale();
      const details = expectRefusal(
        ledger.submit(anAllotment(event, rowsOf(...rows)).command),
        'SEATS_ALREADY_ALLOTTED',
        field,
      );
      expect(details).to.include({ place });
      expect(ledger.written).to.be.empty;
    });
  }

  it('merges neighbours and still knows every seat of them', () => {
    const { ledger, event } = onSale();
    ledger.accept(anAllotment(event, rowsOf(['A', 52, 60], ['A', 51, 51])).command);
    const block = ledger.read(blockKey(event.event, 'floor'));
    expect(block).to.deep.include({ rows: { A: [[1, 60]], B: [[1, 50]], C: [[1, 50]] } });
    const third = { ...rowsOf(['A', 55, 55]), allotment: 'third' };
    expectRefusal(ledger.submit(anAllotment(event, third).command), 'SEATS_ALREADY_ALLOTTED');
  });

  it('keeps pools apart as it keeps rows', () => {
    const { ledger, event } = onSale();
    ledger.accept(anAllotment(event, lawn(1, 100)).command);
    const over = { ...lawn(100, 200, 'lawn-b'), seller: 'OtherResellerMSP' };
    const details = expectRefusal(
      ledger.submit(anAllotment(event, over).command),
      'SEATS_ALREADY_ALLOTTED',
      'statement.pool',
    );
    expect(details).to.include({ place: 'lawn:100' });
    expectAccepted(ledger.submit(anAllotment(event, lawn(101, 99_999, 'lawn-b')).command));
  });

  it('gives seats that two allotments of a batch want to the first', () => {
    const { ledger, event } = onSale();
    const [first, second] = ledger.submit(
      [lawn(1, 10, 'one'), lawn(10, 20, 'two')].map((pool) => anAllotment(event, pool).command),
    );
    expectAccepted(first!);
    expectRefusal(second!, 'SEATS_ALREADY_ALLOTTED', 'statement.pool');
  });

  it('rejects a pool in a section of rows, and rows in a pool', () => {
    const { ledger, event } = onSale();
    const pool = { ...other, pool: { section: 'floor', from: 1, to: 2 } };
    expectRefusal(ledger.submit(anAllotment(event, pool).command), 'SECTION_KIND_MISMATCH', 'statement.pool');
    ledger.accept(anAllotment(event, lawn(1, 2)).command);
    const rows = { ...other, seats: { section: 'lawn', rows: [['A', 1, 2]] as Rows } };
    expectRefusal(ledger.submit(anAllotment(event, rows).command), 'SECTION_KIND_MISMATCH', 'statement.seats');
  });

  it('rejects a range that ends before it starts', () => {
    const { ledger, event } = onSale();
    expectRefusal(
      ledger.submit(anAllotment(event, rowsOf(['D', 2, 1])).command),
      'INVALID_SEATS',
      'statement.seats.rows[0]',
    );
    expectRefusal(ledger.submit(anAllotment(event, lawn(2, 1)).command), 'INVALID_SEATS', 'statement.pool');
  });

  it('rejects both seats and a pool, and neither', () => {
    const { ledger, event, floor } = onSale();
    const both = { ...other, seats: floor.payload.seats!, pool: { section: 'lawn', from: 1, to: 2 } };
    expectRefusal(ledger.submit(anAllotment(event, both).command), 'INVALID_FIELD', 'statement.seats');
    const neither = anAllotment(event, { ...other, seats: undefined! });
    expectRefusal(ledger.submit(neither.command), 'INVALID_FIELD', 'statement.seats');
  });

  for (const rows of [[['A', 0, 1]], [['A', 1, 100_000]], [['A', 1.5, 2]], [['A', 1]], [['A', 1, 2, 3]], []]) {
    it(`rejects ${JSON.stringify(rows)} as rows`, () => {
      const { ledger, event } = onSale();
      expectRefusal(ledger.submit(anAllotment(event, rowsOf(...(rows as Rows))).command), 'INVALID_FIELD');
    });
  }

  it('rejects an id that exists', () => {
    const { ledger, event } = onSale();
    const again = anAllotment(event, { pool: { section: 'lawn', from: 1, to: 2 } });
    expectRefusal(ledger.submit(again.command), 'ALLOTMENT_EXISTS', 'statement.allotment');
  });

  it('rejects a seller that may not sell, and payees nobody knows', () => {
    const { ledger, event } = onSale();
    const sellerIs = (seller: string) => anAllotment(event, { ...lawn(1, 2), seller, fees: [] }).command;
    expectRefusal(ledger.submit(sellerIs('VenueMSP')), 'ROLE_MISSING', 'statement.seller');
    expectRefusal(ledger.submit(sellerIs('NobodyMSP')), 'UNKNOWN_ORGANIZATION', 'statement.seller');
    const fees = ['VenueMSP', 'NobodyMSP'].map((payee) => ({ kind: 'service', payee, amountMinor: 1 }));
    expectRefusal(
      ledger.submit(anAllotment(event, { ...lawn(1, 2), fees }).command),
      'UNKNOWN_ORGANIZATION',
      'statement.fees[1].payee',
    );
  });

  it('rejects an event that does not exist or is cancelled', () => {
    const { ledger, event } = onSale();
    const elsewhere = anAllotment(anEvent({ event: 'OrganizerMSP:matinee' }));
    expectRefusal(ledger.submit(elsewhere.command), 'UNKNOWN_EVENT', 'event');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(anAllotment(event, lawn(1, 2)).command), 'EVENT_CANCELLED', 'event');
  });
});

describe('closing an allotment', () => {
  const close = (event: string, allotment = 'floor-a') => ({ kind: 'allotment.close', id: newId(), event, allotment });

  it('is the seller’s box office’s, once', () => {
    const { ledger, event } = onSale();
    const command = close(event.event);
    expectRefusal(ledger.submit(command), 'NOT_AUTHORISED', 'caller.mspId');
    const caller = { mspId: 'ResellerMSP', attributes: new Set<string>() };
    expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    ledger.accept(command, { caller: 'ResellerMSP' });
    expect(ledger.read(allotmentKey(event.event, 'floor-a'))).to.include({ state: 'closed' });
    expectRefusal(ledger.submit(close(event.event), { caller: 'ResellerMSP' }), 'ALLOTMENT_CLOSED', 'allotment');
  });

  it('rejects one that does not exist', () => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(close(event.event, 'nowhere')), 'UNKNOWN_ALLOTMENT', 'allotment');
  });
});
