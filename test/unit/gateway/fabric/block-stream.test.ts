import { expect } from 'chai';
import { BlockStream, type BlockFeed, type SeenBlock } from '../../../../gateway/fabric/block-stream.js';
import type { LedgerFailure } from '../../../../gateway/fabric/ledger.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { settled } from './scripted-ledger.js';

const block = (number: number, ...transactions: [tx: string, code: string][]): SeenBlock => ({
  number,
  transactions: transactions.map(([tx, code]) => ({ tx, code })),
});

/** Feeds that the test fills and breaks by hand. */
class Feeds {
  readonly opened: (number | undefined)[] = [];
  #push: (next: SeenBlock | Error) => void = () => undefined;

  readonly open = async (from: number | undefined): Promise<BlockFeed> => {
    await Promise.resolve();
    this.opened.push(from);
    const pending: (SeenBlock | Error)[] = [];
    let wake: (() => void) | undefined;
    this.#push = (next) => {
      pending.push(next);
      wake?.();
    };
    async function* read(): AsyncGenerator<SeenBlock> {
      for (;;) {
        const next = pending.shift();
        if (next instanceof Error) throw next;
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    return { mspId: 'ResellerMSP', [Symbol.asyncIterator]: read, close: () => this.#push(new Error('closed')) };
  };

  push(next: SeenBlock | Error): void {
    this.#push(next);
  }
}

async function aStream(memory?: number) {
  const clock = new VirtualClock(0);
  const feeds = new Feeds();
  const reported: string[] = [];
  const report = (level: string) => void reported.push(level);
  const stream = new BlockStream({ open: feeds.open, clock, random: () => 0.5, report, ...(memory && { memory }) });
  stream.start();
  await clock.pass(0);
  const push = async (next: SeenBlock | Error) => {
    feeds.push(next);
    await clock.pass(200);
  };
  return { clock, feeds, stream, push, reported };
}

describe('block stream', () => {
  it('tells a waiter what became of its transaction', async () => {
    const { clock, stream, push } = await aStream();
    const waiting = [stream.waitFor('a', 1_000), stream.waitFor('a', 1_000), stream.waitFor('b', 1_000)];
    await push(block(5, ['a', 'VALID'], ['b', 'MVCC_READ_CONFLICT']));
    expect(await settled(clock, waiting)).to.deep.equal([
      { code: 'VALID', block: 5, by: 'ResellerMSP' },
      { code: 'VALID', block: 5, by: 'ResellerMSP' },
      { code: 'MVCC_READ_CONFLICT', block: 5, by: 'ResellerMSP' },
    ]);
    expect(stream.height).to.equal(6);
  });

  it('tells a waiter that comes late, within the bounds of its memory', async () => {
    const { clock, stream, push } = await aStream(2);
    await push(block(5, ['a', 'VALID'], ['b', 'VALID'], ['c', 'VALID']));
    const [a, b] = await settled(clock, [stream.waitFor('a', 100), stream.waitFor('b', 100)]);
    expect((a as LedgerFailure).reason).to.equal('deadline');
    expect(b).to.deep.equal({ code: 'VALID', block: 5, by: 'ResellerMSP' });
  });

  it('fails a waiter at its deadline as a commit of unknown outcome', async () => {
    const { clock, stream } = await aStream();
    const [failure] = (await settled(clock, [stream.waitFor('a', 1_000)])) as [LedgerFailure];
    expect([failure.stage, failure.reason]).to.deep.equal(['commit', 'deadline']);
    expect(clock.now()).to.equal(1_000);
  });

  it('takes the first copy of a transaction for its outcome, not a duplicate of it', async () => {
    const { clock, stream, push } = await aStream();
    await push(block(5, ['a', 'VALID']));
    const waiting = stream.waitFor('b', 1_000);
    await push(block(6, ['a', 'DUPLICATE_TXID'], ['b', 'DUPLICATE_TXID']));
    expect(await settled(clock, [stream.waitFor('a', 100), waiting])).to.deep.equal([
      { code: 'VALID', block: 5, by: 'ResellerMSP' },
      { code: 'DUPLICATE_TXID', block: 6, by: 'ResellerMSP' },
    ]);
  });

  it('takes up a broken stream after the last block it saw', async () => {
    const { feeds, stream, push, reported } = await aStream();
    await push(block(5));
    await push(new Error('connection lost'));
    await push(block(6));
    expect(feeds.opened).to.deep.equal([undefined, 6]);
    expect(stream.height).to.equal(7);
    expect(reported).to.deep.equal(['warning']);
  });

  it('tells no block twice and skips none', async () => {
    const { feeds, stream, push } = await aStream();
    const seen: number[] = [];
    stream.onBlock(({ number }) => seen.push(number));
    for (const number of [5, 6, 6, 5, 8]) await push(block(number));
    expect(seen).to.deep.equal([5, 6]);
    expect(feeds.opened).to.deep.equal([undefined, 7]);
  });

  it('opens another feed when it is told that this one is behind', async () => {
    const { clock, feeds, stream, push } = await aStream();
    await push(block(5));
    stream.restart();
    await clock.pass(1_000);
    expect(feeds.opened).to.deep.equal([undefined, 6]);
  });

  it("keeps one listener's defect from the others, and stops telling who has left", async () => {
    const { stream, push, reported } = await aStream();
    const seen: number[] = [];
    stream.onBlock(() => {
      throw new Error('a defect');
    });
    const leave = stream.onBlock(({ number }) => seen.push(number));
    await push(block(5));
    leave();
    await push(block(6));
    expect(seen).to.deep.equal([5]);
    expect(reported).to.deep.equal(['alarm', 'alarm']);
  });

  it('ends when it is closed, while it reads and while it pauses', async () => {
    for (const broken of [false, true]) {
      const { clock, stream, push, reported } = await aStream();
      await push(block(5));
      if (broken) {
        stream.restart();
        await clock.pass(0);
      }
      await settled(clock, [stream.close()]);
      expect(reported).to.have.length(broken ? 1 : 0);
      expect(clock.isIdle).to.equal(true);
    }
  });
});
