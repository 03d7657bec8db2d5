import { expect } from 'chai';
import { KnownBlocks } from '../../../../gateway/push/known-blocks.js';
import type { EventBlock } from '../../../../gateway/push/ledger-event.js';
import { Stretches } from '../../../../gateway/push/stretches.js';

/** A peer that gives a block when it is told to, and notes which ones it was asked for. */
class SlowBlocks {
  readonly given: number[] = [];
  readonly #waiting: (() => void)[] = [];
  isOpen = false;

  async *read(from: number, to: number): AsyncGenerator<EventBlock> {
    for (let number = from; number < to; number += 1) {
      if (!this.isOpen) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      this.given.push(number);
      yield { number, events: [] };
    }
  }

  open(): void {
    this.isOpen = true;
    for (const go of this.#waiting.splice(0)) go();
  }
}

const numbers = (blocks: readonly EventBlock[]) => blocks.map(({ number }) => number);
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe('stretches of older blocks', () => {
  let blocks: SlowBlocks;
  beforeEach(() => (blocks = new SlowBlocks()));

  it('are read once for all who ask for them at once, and for who asks again', async () => {
    const stretches = new Stretches(blocks);
    const asked = [0, 0, 3, 15].map((from) => stretches.read(from, 40));
    blocks.open();
    const found = await Promise.all([...asked, stretches.read(0, 40)]);
    expect(found.map(numbers)).to.deep.equal([count(0, 16), count(0, 16), count(3, 16), [15], count(0, 16)]);
    expect(blocks.given).to.deep.equal(count(0, 16));
  });

  it('wait no more, and are read no further, when whoever asked has hung up', async () => {
    const stretches = new Stretches(blocks, new KnownBlocks(), { atOnce: 1, waiting: 2 });
    const over = new AbortController();
    const asked = [0, 16, 32].map((from) => stretches.read(from, 48, over.signal));
    await Promise.resolve();
    expect(stretches.waiting).to.equal(2);
    over.abort();
    expect((await Promise.all(asked)).flat()).to.deep.equal([]);
    expect(stretches.waiting).to.equal(0);
    blocks.open();
    expect(numbers(await stretches.read(32, 48))).to.deep.equal(count(32, 48));
    expect(blocks.given).to.deep.equal([0, ...count(32, 48)]);
  });

  it('are known by what they hold, and what was not asked for longest goes first', () => {
    const known = new KnownBlocks(3);
    for (const number of [1, 2, 3]) known.add({ number, events: [] });
    known.run(1, 2);
    known.add({ number: 4, events: [] });
    expect([1, 2, 3, 4].filter((number) => known.run(number, number + 1).length > 0)).to.deep.equal([1, 3, 4]);
    const [event] = [{}] as unknown as EventBlock['events'];
    known.add({ number: 9, events: Array.from({ length: 50 }, () => event!) });
    expect(numbers(known.run(9, 10))).to.deep.equal([9]);
    expect(known.run(4, 5)).to.be.empty;
  });
});
