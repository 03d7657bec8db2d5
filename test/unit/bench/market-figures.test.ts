import { expect } from 'chai';
import { byNodes, stepSeconds, transactionsByKind } from '../../bench/market-figures.js';
import type { WatchedTransaction } from '../../bench/market-watch.js';

const CLOSES = 1_000_000;
const at = (seconds: number, kinds: readonly string[], rest: Partial<WatchedTransaction> = {}): WatchedTransaction => ({
  atMs: CLOSES + seconds * 1000,
  bytes: 100,
  valid: true,
  event: 'OrganizerMSP:night',
  kinds,
  ...rest,
});

describe('figures of a market', () => {
  it('end a step with the last transaction of its kind that counts', () => {
    const transactions = [
      at(1, ['market.close']),
      at(2, ['market.settle', 'market.settle']),
      at(3.456, ['market.settle', 'market.finish']),
      at(9, ['market.settle'], { valid: false }),
    ];
    expect(stepSeconds(transactions, CLOSES)).to.deep.equal({ closed: 1, settled: 3.46, finished: 3.46 });
  });

  it('count commands, and apart from them what was in vain', () => {
    const transactions = [
      at(0, ['market.order', 'market.order']),
      at(0, ['market.order'], { bytes: 300 }),
      at(0, ['market.order'], { valid: false, bytes: 50 }),
    ];
    expect(transactionsByKind(transactions)).to.deep.equal({
      'market.order': { transactions: 2, commands: 3, bytes: 450, largest: 300, invalid: 1 },
    });
  });

  it('count what nodes sent, in vain or not', () => {
    const transactions = [
      at(0, ['key.post']),
      at(0, ['market.reveal'], { valid: false }),
      at(0, ['market.order']),
      at(0, ['market.close']),
    ];
    expect(byNodes(transactions)).to.equal(2);
  });
});
