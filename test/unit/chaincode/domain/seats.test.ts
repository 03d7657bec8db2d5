import { expect } from 'chai';
import type { BlockRecord, SeatRange } from '../../../../chaincode/domain/records.js';
import { addToBlock, contains, placeCount, sectionOf } from '../../../../chaincode/domain/seats.js';
import { placesOf } from '../../../support/places.js';
import { processorTime } from '../../../support/processor-time.js';
import { expectThrows } from '../../../support/world.js';

const pool = (from: number, to: number) => ({ pool: { section: 'lawn', from, to } });
const rows = (...ranges: [string, number, number][]) => ({ seats: { section: 'floor', rows: ranges } });
const poolBlock = (...ranges: SeatRange[]): BlockRecord => ({ kind: 'pool', ranges });

describe('places of an allotment', () => {
  it('are in its own order', () => {
    const supply = rows(['B', 1, 2], ['A', 9, 9]);
    expect([...placesOf(supply)]).to.deep.equal(['floor:B:1', 'floor:B:2', 'floor:A:9']);
    expect([...placesOf(pool(7, 8))]).to.deep.equal(['lawn:7', 'lawn:8']);
    expect(placeCount(supply)).to.equal(3);
    expect(sectionOf(supply, 'it')).to.equal('floor');
  });

  it('are in the right row, section and range', () => {
    const supply = rows(['A', 1, 2], ['B', 5, 6], ['A', 9, 9]);
    for (const place of ['floor:A:1', 'floor:A:9', 'floor:B:6']) expect(contains(supply, place), place).to.equal(true);
    for (const place of ['floor:A:3', 'floor:B:1', 'hall:A:1', 'floor:1', 'A:1'])
      expect(contains(supply, place), place).to.equal(false);
    expect(contains(pool(1, 2), 'lawn:A:1')).to.equal(false);
  });
});

describe('block of a section', () => {
  const inserts: readonly (readonly [string, SeatRange, readonly SeatRange[]])[] = [
    ['before all', [1, 3], [[1, 3], [5, 9], [20, 29]]], // prettier-ignore
    ['joined to the next', [2, 4], [[2, 9], [20, 29]]], // prettier-ignore
    ['joined to the one before', [10, 12], [[5, 12], [20, 29]]], // prettier-ignore
    ['joining two', [10, 19], [[5, 29]]],
    ['in between', [11, 18], [[5, 9], [11, 18], [20, 29]]], // prettier-ignore
    ['after all', [31, 31], [[5, 9], [20, 29], [31, 31]]], // prettier-ignore
  ];
  for (const [where, range, ranges] of inserts) {
    it(`takes a range ${where}`, () => {
      expect(addToBlock(poolBlock([5, 9], [20, 29]), pool(...range), 'it')).to.deep.equal({ kind: 'pool', ranges });
    });
  }

  for (const [from, to] of [
    [9, 9],
    [1, 5],
    [1, 99],
    [6, 7],
    [20, 29],
    [10, 20],
    [29, 30],
  ] as const) {
    // prettier-ignore
    it(`rejects ${from} to ${to}, which overlaps`, () => {
      const insert = () => addToBlock(poolBlock([5, 9], [20, 29]), pool(from, to), 'it');
      expectThrows(insert, 'SEATS_ALREADY_ALLOTTED', 'it.pool');
    });
  }

  it('leaves the block it is given as it was', () => {
    const before = addToBlock(undefined, rows(['A', 1, 5]), 'it');
    const copy = structuredClone(before);
    addToBlock(before, rows(['A', 6, 9], ['B', 1, 1]), 'it');
    expectThrows(
      () => addToBlock(before, rows(['A', 10, 11], ['A', 5, 6]), 'it'),
      'SEATS_ALREADY_ALLOTTED',
      'it.seats.rows[1]',
    );
    expect(before).to.deep.equal(copy);
  });

  it('sorts its rows, so that every endorser writes the same bytes', () => {
    const one = addToBlock(addToBlock(undefined, rows(['B', 1, 1]), 'it'), rows(['A', 1, 1]), 'it');
    const other = addToBlock(addToBlock(undefined, rows(['A', 1, 1]), 'it'), rows(['B', 1, 1]), 'it');
    expect(JSON.stringify(one)).to.equal(JSON.stringify(other));
  });

  it('has rows of any valid name', () => {
    const block = addToBlock(undefined, rows(['constructor', 1, 2], ['toString', 1, 2]), 'it');
    expectThrows(() => addToBlock(block, rows(['constructor', 2, 2]), 'it'), 'SEATS_ALREADY_ALLOTTED');
  });

  // Regression: merging was quadratic for each range; 2,000 ranges that don't touch took 4 s, the second 2,000 took 13 s.
  it('takes a row of 40,000 scattered seats in the time of a transaction', () => {
    const takenMs = processorTime();
    let block: BlockRecord | undefined;
    for (let first = 1; first < 80_000; first += 4_000) {
      const scattered = Array.from({ length: 2_000 }, (_, index): [string, number, number] => {
        const number = first + 2 * index;
        return ['A', number, number];
      });
      block = addToBlock(block, rows(...scattered), 'it');
    }
    expect(block).to.have.nested.property('rows.A').with.lengthOf(40_000);
    expect(takenMs()).to.be.below(2_000);
  });
});
