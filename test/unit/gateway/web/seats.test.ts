import { expect } from 'chai';
import { rangeWords, rowsOf } from '../../../../gateway/web/seats.js';

describe('seat map', () => {
  it('tells sold places as those of the allotment that are not free', () => {
    const seats = {
      section: 'floor',
      rows: [
        ['A', 1, 5],
        ['A', 8, 9],
        ['B', 1, 3],
      ] as [string, number, number][],
    };
    const runs = [
      { row: 'A', from: 1, to: 2 },
      { row: 'A', from: 4, to: 5 },
      { row: 'A', from: 9, to: 9 },
      { row: 'B', from: 1, to: 3 },
    ];
    const [a, b] = rowsOf({ seats }, { runs });
    expect(a?.sold).to.deep.equal([
      [3, 3],
      [8, 8],
    ]);
    expect(b?.sold).to.deep.equal([]);
  });

  it('reads a pool as one row without a name', () => {
    const [pool] = rowsOf({ pool: { section: 'pit', from: 10, to: 20 } }, { runs: [{ from: 13, to: 18 }] });
    expect(pool?.label).to.equal(undefined);
    expect(rangeWords(pool?.sold ?? [])).to.equal('10–12, 19–20');
  });

  it('shows a row of which nothing is free', () => {
    const [row] = rowsOf({ seats: { section: 'floor', rows: [['A', 1, 4]] } }, { runs: [] });
    expect([row?.free, row?.sold]).to.deep.equal([[], [[1, 4]]]);
  });
});
