import { expect } from 'chai';
import type { CountedBid, Person } from '../../../../chaincode/domain/market/clearing/book.js';
import { drawPlaces } from '../../../../chaincode/domain/market/clearing/draw-places.js';
import type { FreePlace } from '../../../../chaincode/domain/market/clearing/tier.js';
import { aBid, aPlace, peopleOf } from '../../../support/books.js';

type People = Readonly<Record<string, Partial<Person>>>;
const drawn = (bids: readonly CountedBid[], places: readonly FreePlace[], people: People = {}) =>
  drawPlaces({ bids, places, people: peopleOf(bids, people) });
/** The places of each buyer. */
const placed = (...given: Parameters<typeof drawn>) => {
  const all: Record<string, string[]> = {};
  for (const { buyer, place } of drawn(...given)) (all[buyer] ??= []).push(place);
  return all;
};
const row = (name: string, ...numbers: number[]) => numbers.map((number) => aPlace(`floor:${name}:${number}`));

describe('drawn places', () => {
  it('go by the draw, ascending', () => {
    const bids = [aBid('Ann', { prio: '9' }), aBid('Ben', { prio: '1' }), aBid('Cleo', { prio: '3' })];
    expect(placed(bids, row('A', 2, 1))).to.deep.equal({ Ben: ['floor:A:1'], Cleo: ['floor:A:2'] });
  });

  it('ascend by section, row and number, shorter names first', () => {
    const ordered = ['A:1', 'A:2', 'B:9', 'B:10', 'AA:1'].map((each) => aPlace(`floor:${each}`));
    const all = [...ordered, aPlace('floor:9:3'), aPlace('floor:10:1'), aPlace('standing:2'), aPlace('standing:11')];
    const bids = Array.from({ length: 9 }, (_, at) => aBid(`buyer ${at}`, { prio: String(at) }));
    expect(drawn(bids, all.toReversed()).map(({ place }) => place)).to.deep.equal([
      'floor:9:3',
      'floor:A:1',
      'floor:A:2',
      'floor:B:9',
      'floor:B:10',
      'floor:10:1',
      'floor:AA:1',
      'standing:2',
      'standing:11',
    ]);
  });

  it('are neighbours where there are any', () => {
    const places = [...row('A', 1, 3, 5, 6), ...row('B', 1, 2, 3)];
    expect(placed([aBid('Ann', { quantity: 2 })], places)).to.deep.equal({ Ann: ['floor:A:5', 'floor:A:6'] });
    expect(placed([aBid('Ann', { quantity: 3 })], places)).to.deep.equal({
      Ann: ['floor:B:1', 'floor:B:2', 'floor:B:3'],
    });
  });

  it('are the first ones where there are none', () => {
    const places = [...row('A', 1, 3, 5), ...row('B', 1, 2)];
    expect(placed([aBid('Ann', { quantity: 3 })], places)).to.deep.equal({
      Ann: ['floor:A:1', 'floor:A:3', 'floor:A:5'],
    });
  });

  it('are not neighbours across rows, sections or an aisle', () => {
    const places = [...row('A', 10), ...row('B', 11), aPlace('hall:B:12'), aPlace('floor:12')];
    const bids = [aBid('Ann', { quantity: 2, prio: '1' })];
    expect(placed(bids, [...places, ...row('Z', 1, 2)])).to.deep.equal({ Ann: ['floor:Z:1', 'floor:Z:2'] });
  });

  it('stay together while others are taken one by one', () => {
    const bids = [
      aBid('Ann', { quantity: 1, prio: '1' }),
      aBid('Ben', { quantity: 2, prio: '2' }),
      aBid('Cleo', { quantity: 1, prio: '3' }),
      aBid('Dan', { quantity: 2, prio: '4' }),
    ];
    expect(placed(bids, [...row('A', 1, 2), ...row('B', 1, 2, 3, 4)])).to.deep.equal({
      Ann: ['floor:A:1'],
      Ben: ['floor:B:1', 'floor:B:2'],
      Cleo: ['floor:A:2'],
      Dan: ['floor:B:3', 'floor:B:4'],
    });
  });

  it('are of the class and within the limit of the bid', () => {
    const places = [aPlace('floor:A:1', 90), aPlace('floor:A:2', 60), aPlace('balcony:A:1', 10, 'balcony')];
    const bid = aBid('Ann', { limitMinor: 60, quantity: 3 });
    expect(drawn([bid], places)).to.deep.equal([
      { bid: 'Ann/bid', bidder: 'Ann', buyer: 'Ann', place: 'floor:A:2', totalMinor: 60 },
    ]);
  });

  it('are neighbours at one price only, and the first of any price else', () => {
    const places = [aPlace('floor:A:1', 50), aPlace('floor:A:2', 60), aPlace('floor:A:3', 60), aPlace('floor:A:4', 50)];
    expect(placed([aBid('Ann', { quantity: 2 })], places)).to.deep.equal({ Ann: ['floor:A:2', 'floor:A:3'] });
    expect(placed([aBid('Ann', { quantity: 3 })], places)).to.deep.equal({
      Ann: ['floor:A:1', 'floor:A:2', 'floor:A:3'],
    });
  });

  it('seat guests beside their host', () => {
    const bid = aBid('Ann', { quantity: 4, guests: ['Ben', 'Cleo'] });
    const seats = drawn([bid], row('A', 1, 2, 3, 4)).map(({ buyer, place }) => `${buyer} ${place}`);
    expect(seats).to.deep.equal(['Ann floor:A:1', 'Ben floor:A:2', 'Cleo floor:A:3', 'Ann floor:A:4']);
  });

  it('are all or none where that is said, and the next bid is served', () => {
    const whole = aBid('Ann', { quantity: 3, allOrNothing: true, prio: '1' });
    const bids = [whole, aBid('Ben', { quantity: 1, prio: '2' })];
    expect(placed(bids, row('A', 1, 3))).to.deep.equal({ Ben: ['floor:A:1'] });
    expect(placed(bids, row('A', 1, 3, 5))).to.deep.equal({ Ann: ['floor:A:1', 'floor:A:3', 'floor:A:5'] });
    expect(placed([{ ...whole, allOrNothing: false }], row('A', 1, 3))).to.deep.equal({
      Ann: ['floor:A:1', 'floor:A:3'],
    });
  });

  it('are within everybody’s limit and deposit', () => {
    const bid = aBid('Ann', { quantity: 3, guests: ['Ben'] });
    const places = row('A', 1, 2, 3, 4);
    expect(placed([bid], places, { Ben: { left: 0 } })).to.deep.equal({ Ann: ['floor:A:1', 'floor:A:2'] });
    expect(placed([bid], places, { Ann: { left: 1 } })).to.deep.equal({ Ann: ['floor:A:1'], Ben: ['floor:A:2'] });
    expect(placed([bid], places, { Ann: { depositMinor: 299 } })).to.deep.equal({
      Ann: ['floor:A:1'],
      Ben: ['floor:A:2'],
    });
    expect(placed([{ ...bid, allOrNothing: true }], places, { Ann: { depositMinor: 299 } })).to.deep.equal({});
  });
});
