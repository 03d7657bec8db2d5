import { expect } from 'chai';
import type { Key } from '../../../chaincode/domain/keys.js';
import { GatheredReads } from '../../../gateway/gathered-reads.js';
import type { Records } from '../../../gateway/http/ports.js';

const key = (name: string) => name as Key<unknown>;
const keys = (...names: readonly string[]) => names.map(key);

/** A ledger whose queries are answered when the test says so: each record is its key, in capitals. */
class SlowRecords implements Pick<Records, 'read'> {
  readonly asked: (readonly string[])[] = [];
  readonly #answers: ((error?: Error) => void)[] = [];

  read = ((names: readonly Key<unknown>[]) => {
    this.asked.push(names);
    return new Promise<readonly string[]>((resolve, reject) => {
      this.#answers.push((error) => (error ? reject(error) : resolve(names.map((name) => name.toUpperCase()))));
    });
  }) as unknown as Records['read'];

  async answer(error?: Error): Promise<void> {
    await aMoment();
    this.#answers.shift()?.(error);
    await aMoment();
  }
}

const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('gathered reads', () => {
  let records: SlowRecords;
  let reads: GatheredReads;
  beforeEach(() => {
    records = new SlowRecords();
    reads = new GatheredReads(records);
  });

  it('are one query at a time: whoever comes meanwhile is in the next, and a record is asked for once', async () => {
    const first = reads.read(keys('a', 'b'));
    await aMoment();
    const others = [reads.read(keys('c', 'a')), reads.read(keys('c')), reads.read(keys('d'))];
    await aMoment();
    expect(records.asked).to.deep.equal([['a', 'b']]);
    expect(reads.waiting).to.equal(4);
    await records.answer();
    expect(reads.waiting).to.equal(3);
    expect(await first).to.deep.equal(['A', 'B']);
    expect(records.asked).to.deep.equal([
      ['a', 'b'],
      ['c', 'a', 'd'],
    ]);
    await records.answer();
    expect(await Promise.all(others)).to.deep.equal([['C', 'A'], ['C'], ['D']]);
  });

  it('fail for those who are in a query that fails, and for nobody else', async () => {
    const failing = reads.read(keys('a')).catch((error: unknown) => (error as Error).message);
    await aMoment();
    const next = reads.read(keys('b'));
    await records.answer(new Error('no peer answers'));
    expect(await failing).to.equal('no peer answers');
    await records.answer();
    expect(await next).to.deep.equal(['B']);
  });

  it('ask for no more in a query than the ledger answers at one moment', async () => {
    const names = (from: number, count: number) => Array.from({ length: count }, (_, index) => `${from + index}`);
    const all = [
      reads.read(keys(...names(0, 999))),
      reads.read(keys(...names(999, 1))),
      reads.read(keys(...names(1_000, 2))),
    ];
    await records.answer();
    await records.answer();
    expect(records.asked.map(({ length }) => length)).to.deep.equal([1_000, 2]);
    expect((await Promise.all(all)).at(-1)).to.deep.equal(['1000', '1001']);
  });
});
