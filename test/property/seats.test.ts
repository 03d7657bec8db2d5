import { expect } from 'chai';
import fc from 'fast-check';
import type { BlockRecord, SeatRange } from '../../chaincode/domain/records.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { addToBlock, contains, placeCount } from '../../chaincode/domain/seats.js';
import { placesOf } from '../support/places.js';

const RUNS = { numRuns: 500 };
const HIGHEST = 24;
const number = fc.integer({ min: 1, max: HIGHEST });
const range = fc.tuple(number, number).map(([a, b]): SeatRange => [Math.min(a, b), Math.max(a, b)]);
const row = fc.constantFrom('A', 'B', 'constructor');
const seats = fc.array(fc.tuple(row, range), { minLength: 1, maxLength: 4 }).map((rows) => ({
  seats: { section: 'floor', rows: rows.map(([name, [from, to]]): [string, number, number] => [name, from, to]) },
}));
const pool = range.map(([from, to]) => ({ pool: { section: 'floor', from, to } }));
type Supply = Parameters<typeof contains>[0];

/** Adds what fits, as one allotment after the other would. @returns the block, and the supplies that are in it */
function allot(supplies: readonly Supply[]): { block: BlockRecord | undefined; taken: readonly Supply[] } {
  let block: BlockRecord | undefined;
  const taken = supplies.filter((supply) => {
    try {
      block = addToBlock(block, supply, 'it');
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'SEATS_ALREADY_ALLOTTED') return false;
      throw error;
    }
  });
  return { block, taken };
}

function placesIn(block: BlockRecord | undefined): string[] {
  if (!block) return [];
  if (block.kind === 'pool')
    return block.ranges.flatMap(([from, to]) => [...placesOf({ pool: { section: 'floor', from, to } })]);
  const rows = Object.entries(block.rows).flatMap(([name, ranges]) =>
    ranges.map(([from, to]): [string, number, number] => [name, from, to]),
  );
  return [...placesOf({ seats: { section: 'floor', rows } })];
}

for (const [kind, supply] of [
  ['rows', seats],
  ['pools', pool],
] as const) {
  // prettier-ignore
  describe(`allotments of ${kind}`, () => {
    const supplies = fc.array(supply as fc.Arbitrary<Supply>, { maxLength: 10 });

    it('never share a place, and the block holds exactly theirs', () => {
      const check = (list: readonly Supply[]) => {
        const { block, taken } = allot(list);
        const places = taken.flatMap((each) => [...placesOf(each)]);
        expect(new Set(places).size).to.equal(places.length);
        expect(placesIn(block)).to.have.members(places);
      };
      fc.assert(fc.property(supplies, check), RUNS);
    });

    it('are refused only where they overlap', () => {
      const check = (list: readonly Supply[]) => {
        const { taken } = allot(list);
        const owned = new Set(taken.flatMap((each) => [...placesOf(each)]));
        for (const refused of list.filter((each) => !taken.includes(each))) {
          const places = [...placesOf(refused)];
          const overlaps = places.some((place) => owned.has(place)) || new Set(places).size < places.length;
          expect(overlaps).to.equal(true);
        }
      };
      fc.assert(fc.property(supplies, check), RUNS);
    });

    it('have ranges that are sorted and don’t touch', () => {
      const check = (list: readonly Supply[]) => {
        const { block } = allot(list);
        const all = block?.kind === 'pool' ? [block.ranges] : Object.values(block?.rows ?? {});
        for (const ranges of all) {
          ranges.forEach(([from, to], index) => {
            expect(from).to.be.at.most(to);
            if (index > 0) expect(from).to.be.above(ranges[index - 1]![1] + 1);
          });
        }
      };
      fc.assert(fc.property(supplies, check), RUNS);
    });

    it('contain what they list, as many as they count, and nothing else', () => {
      const check = (each: Supply) => {
        const listed = new Set(placesOf(each));
        const all = ['A', 'B', 'constructor', 'C'].flatMap((name) => Array.from({ length: HIGHEST + 1 }, (_, i) => `floor:${name}:${i + 1}`));
        const everywhere = [...all, ...Array.from({ length: HIGHEST + 1 }, (_, i) => `floor:${i + 1}`), 'hall:A:1', 'hall:1'];
        expect(everywhere.filter((place) => contains(each, place))).to.have.members([...listed]);
        const distinct = allot([each]).taken.length === 1;
        if (distinct) expect(placeCount(each)).to.equal(listed.size);
      };
      fc.assert(fc.property(supply as fc.Arbitrary<Supply>, check), RUNS);
    });
  });
}
