/** What anybody may ask of a market's orders costs the peer few reads, in whatever order it is asked. */
import { expect } from 'chai';
import { auditPath } from '../../../../chaincode/crypto/merkle.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { utf8 } from '../../../../chaincode/crypto/bytes.js';
import type { Key } from '../../../../chaincode/domain/keys.js';
import type { MarketRecord } from '../../../../chaincode/domain/market/records.js';
import type { Records } from '../../../../gateway/http/ports.js';
import { HashTree } from '../../../../gateway/orders/hash-tree.js';
import { Kept } from '../../../../gateway/orders/kept.js';
import { Line } from '../../../../gateway/line.js';
import { OrderProofs } from '../../../../gateway/orders/order-proofs.js';
import { Outcomes } from '../../../../gateway/orders/outcomes.js';
import { codeOf } from '../../../support/code-of.js';

const MSP = 'ResellerMSP';
const SLOTS = 20_000;
const PAGES = Math.ceil(SLOTS / 256);
const RECORD = {
  quotas: { [MSP]: SLOTS },
  state: 'cleared',
  root: 'A'.repeat(43),
  result: { trades: 0, pages: 200 },
} as unknown as MarketRecord;
const range = (to: number) => Array.from({ length: to }, (_, at) => at);

/** Markets without an order, in which it is counted what is read of orders and pages. */
function aLedger() {
  const counts = { read: 0, atOnce: 0, most: 0 };
  const recordOf = (key: string): unknown => {
    if (/\/w\/\d+$/.test(key)) return RECORD;
    if (/\/f\/\d+$/.test(key)) return { root: 'A'.repeat(43), orders: 0 };
    if (/\/p\/\d+$/.test(key)) return { orders: [], people: {} };
    return /\/r\/\d+$/.test(key) ? { trades: [] } : undefined;
  };
  const read = async (keys: readonly Key<unknown>[]) => {
    const heavy = keys.length > 1 && !keys.some((key) => /\/f\/\d+$/.test(key));
    counts.read += heavy ? keys.length : 0;
    counts.atOnce += heavy ? 1 : 0;
    counts.most = Math.max(counts.most, counts.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    counts.atOnce -= heavy ? 1 : 0;
    return keys.map(recordOf);
  };
  return { counts, records: { read } as unknown as Records };
}
const of = (market: number, slot = 0) => ({ market: `OrganizerMSP:night:m${market}`, mspId: MSP, slot });

describe('public reads of a market’s orders', () => {
  // Regression: only 16 pages and 2 markets were kept, the oldest went first, and nothing bounded how many were read at once.
  it('read each page once for all proofs on it, two pages at a time', async () => {
    const { counts, records } = aLedger();
    const proofs = new OrderProofs(records);
    const everyPage = async () => Promise.all(range(PAGES).map((page) => proofs.prove(of(1, page * 256))));
    await everyPage();
    await everyPage();
    expect(counts.read).to.equal(SLOTS);
    expect(counts.most).to.equal(2);
  });

  it('read each market once for all outcomes, one at a time', async () => {
    const { counts, records } = aLedger();
    const outcomes = new Outcomes(records);
    await Promise.all(range(9).map((at) => outcomes.of(RECORD, of(1 + (at % 3)))));
    for (const at of range(9)) await outcomes.of(RECORD, of(1 + (at % 3)));
    expect(counts.read).to.equal(3 * (PAGES + 200));
    expect(counts.most).to.equal(1);
  });

  it('refuse more than wait already, and go on with the others', async () => {
    const { counts, records } = aLedger();
    const outcomes = new Outcomes(records);
    const codes = await Promise.all(range(50).map((market) => codeOf(outcomes.of(RECORD, of(market + 1)))));
    expect(codes.filter((code) => code === 'QUEUE_FULL')).to.have.length(50 - 9);
    expect(counts.read).to.equal(9 * (PAGES + 200));
    expect(await codeOf(outcomes.of(RECORD, of(50))), 'there is room again').not.to.equal('QUEUE_FULL');
  });
});

describe('a line', () => {
  it('gives the place on after a failure', async () => {
    const line = new Line({ atOnce: 1, waiting: 1 });
    const failed = line.run(() => Promise.reject(new Error('down')));
    const next = line.run(() => Promise.resolve('done'));
    expect(await codeOf(line.run(() => Promise.resolve('too many')))).to.equal('QUEUE_FULL');
    expect((await Promise.allSettled([failed, next])).map(({ status }) => status)).to.deep.equal([
      'rejected',
      'fulfilled',
    ]);
    expect(await line.run(() => Promise.resolve('again'))).to.equal('again');
  });
});

describe('what is kept', () => {
  it('is what was used last', async () => {
    const kept = new Kept<string>(2);
    const made: string[] = [];
    const get = (name: string) => kept.get(name, () => Promise.resolve(name + String(made.push(name))));
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) await get(name);
    expect(made).to.deep.equal(['a', 'b', 'c', 'b']);
  });
});

describe('a tree of hashes', () => {
  it('has the paths of RFC 6962, whatever its size', () => {
    for (const size of [...range(40).map((at) => at + 1), 255, 256, 257]) {
      const leaves = range(size).map((at) => utf8(`leaf ${at}`));
      const tree = new HashTree(nodeSuite, leaves);
      const indexes = size > 40 ? [0, 1, size - 2, size - 1] : range(size);
      for (const index of indexes)
        expect(tree.pathOf(index), `${index} of ${size}`).to.deep.equal(
          auditPath(nodeSuite, leaves, index).map((hash) => new Uint8Array(hash)),
        );
      expect(() => tree.pathOf(size)).to.throw(RangeError);
    }
  });
});
