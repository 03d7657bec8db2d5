import { expect } from 'chai';
import fc from 'fast-check';
import { Footprints, type Footprint } from '../../../../gateway/fabric/footprint.js';
import { halvesOf } from '../../../../gateway/fabric/halves.js';
import type { Order } from '../../../../gateway/fabric/order.js';

const order = (text: string, footprint: Footprint): Order => ({
  ...{ lane: 'event', kind: 'ticket.sell', text, footprint, memory: text, isUrgent: false, required: [] },
  answer: () => undefined,
  fail: () => undefined,
});

/** Each writes the keys that its letters name. */
const orders = (...words: readonly string[]): readonly Order[] =>
  words.map((word) => order(word, { reads: ['event'], writes: Array.from(word) }));

const cut = (...words: readonly string[]) => halvesOf(orders(...words)).map((half) => half.map(({ text }) => text));

function meet(one: readonly Order[], other: readonly Order[]): boolean {
  const touched = new Footprints();
  for (const { footprint } of one) touched.add(footprint);
  return other.some(({ footprint }) => touched.meets(footprint));
}

describe('halves of a batch', () => {
  it('are its first and its second half, where none of its orders meet', () => {
    expect(cut('a', 'b', 'c', 'd', 'e')).to.deep.equal([
      ['a', 'b', 'c'],
      ['d', 'e'],
    ]);
  });

  it('keep orders together that meet, and those that another makes meet', () => {
    expect(cut('a', 'b', 'c', 'd', 'bc', 'e')).to.deep.equal([
      ['b', 'c', 'bc'],
      ['a', 'd', 'e'],
    ]);
  });

  it('cut through orders of which each meets another, in their order', () => {
    expect(cut('ab', 'bc', 'cd')).to.deep.equal([['ab', 'bc'], ['cd']]);
  });

  it('are never empty, have each order once, and meet only where all orders hang together', () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 3 });
    const footprints = fc.array(fc.record({ reads: keys, writes: keys }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(footprints, (all) => {
        const batch = all.map((footprint, index) => order(String(index), footprint));
        const [one, other] = halvesOf(batch);
        expect([...one, ...other]).to.have.members(batch);
        expect(one.length + other.length).to.equal(batch.length);
        expect(one).not.to.be.empty;
        expect(other).not.to.be.empty;
        for (const half of [one, other])
          for (const [index, first] of half.entries())
            for (const second of half.slice(index + 1))
              if (meet([first], [second])) expect(batch.indexOf(first)).to.be.below(batch.indexOf(second));
        if (meet(one, other)) expect(reachedFrom(batch)).to.equal(batch.length);
      }),
    );
  });
});

/** How many orders hang together with the first. */
function reachedFrom(batch: readonly Order[]): number {
  const reached = new Set(batch.slice(0, 1));
  for (const each of reached) for (const next of batch) if (meet([each], [next])) reached.add(next);
  return reached.size;
}
