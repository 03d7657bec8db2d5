import { expect } from 'chai';
import { Records } from '../../../../chaincode/contracts/records.js';
import { FakeStub } from '../../../support/fake-stub.js';

const state = Object.fromEntries(
  ['M:e/e', 'M:e/t/A/1', 'M:e/t/A/10', 'M:e/t/A/2', 'M:e/t/AB/1', 'M:e-2/e'].map((key) => [key, { key }]),
);
const query = async (method: 'read' | 'list' | 'history', argument: unknown, fake = new FakeStub({ state })) => {
  const text = typeof argument === 'string' ? argument : JSON.stringify(argument);
  return JSON.parse(await new Records()[method](fake.context(), text)) as Record<string, unknown>;
};
const keysIn = async (argument: unknown, fake?: FakeStub) => {
  const { records, next } = await query('list', argument, fake);
  return { keys: (records as { key: string }[]).map(({ key }) => key), next };
};
const code = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => 'resolved', (reason: unknown) => (JSON.parse((reason as Error).message) as { code: string }).code); // prettier-ignore

describe('Records:read', () => {
  it('gives each key’s record in order, null where there is none, and twice what was asked for twice', async () => {
    const { records } = await query('read', { keys: ['M:e/e', 'M:e/x', 'M:e/e'] });
    expect(records).to.deep.equal([{ key: 'M:e/e' }, null, { key: 'M:e/e' }]);
  });

  it('refuses what is no key, no key at all, and more than 1,000', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => `k${index}`);
    for (const keys of [[], many, ['a b'], ['é'], ['a~'], ['\u0000'], [''], ['k'.repeat(513)], [1]]) {
      expect(await code(query('read', { keys })), JSON.stringify(keys).slice(0, 40)).to.equal('INVALID_FIELD');
    }
    expect(await code(query('read', { keys: ['a'], as: 'x' }))).to.equal('UNKNOWN_FIELD');
    expect(await code(query('read', '{'))).to.equal('MALFORMED_BATCH');
  });
});

describe('Records:list', () => {
  it('gives the records below a prefix in the order of their keys', async () => {
    const { keys, next } = await keysIn({ prefix: 'M:e/t/A/', limit: 10 });
    expect(keys).to.deep.equal(['M:e/t/A/1', 'M:e/t/A/10', 'M:e/t/A/2']);
    expect(next).to.equal(undefined);
  });

  it('gives nothing of an event whose id begins alike', async () => {
    expect((await keysIn({ prefix: 'M:e/', limit: 10 })).keys).not.to.include('M:e-2/e');
  });

  it('pages to the end and leaves nothing out', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { keys, next } = await keysIn({ prefix: 'M:e/', limit: 2, ...(after && { after }) });
      expect(keys).to.have.lengthOf.at.most(2);
      seen.push(...keys);
      after = next as string | undefined;
    } while (after !== undefined);
    expect(seen).to.deep.equal(['M:e/e', 'M:e/t/A/1', 'M:e/t/A/10', 'M:e/t/A/2', 'M:e/t/AB/1']);
  });

  it('says there is no next page when the last one is full', async () => {
    expect(await keysIn({ prefix: 'M:e/t/A/', limit: 3 })).to.deep.include({ next: undefined });
    expect(await keysIn({ prefix: 'M:e/t/A/', limit: 2 })).to.deep.include({ next: 'M:e/t/A/10' });
  });

  // Regression: a key before the prefix began the page there, outside of it.
  it('refuses to go on after a key that is not below the prefix', async () => {
    expect(await code(query('list', { prefix: 'M:e/t/', after: 'M:e/e', limit: 9 }))).to.equal('INVALID_FIELD');
  });

  it('closes its iterator, at the end and when a record can’t be read', async () => {
    const fake = new FakeStub({ state });
    await keysIn({ prefix: 'M:e/', limit: 1 }, fake);
    fake.state.set('M:e/e', Buffer.from('{'));
    expect(await query('list', { prefix: 'M:e/', limit: 1 }, fake).catch(() => 'failed')).to.equal('failed');
    expect(fake.closed).to.equal(2);
  });

  it('takes a last value that comes with the end', async () => {
    const fake = new FakeStub({ state });
    const close = () => Promise.resolve();
    const next = () => Promise.resolve({ value: { key: 'M:e/e', value: Buffer.from('1') }, done: true });
    fake.getStateByRange = () => Promise.resolve({ next, close });
    expect((await keysIn({ prefix: 'M:e/', limit: 5 }, fake)).keys).to.deep.equal(['M:e/e']);
  });

  for (const limit of [0, 1_001, 1.5, '5']) {
    it(`refuses a limit of ${JSON.stringify(limit)}`, async () => {
      expect(await code(query('list', { prefix: 'M:e/', limit }))).to.equal('INVALID_FIELD');
    });
  }

  it('refuses an empty prefix, which would be the whole ledger', async () => {
    expect(await code(query('list', { prefix: '', limit: 5 }))).to.equal('INVALID_FIELD');
  });
});

describe('Records:history', () => {
  const version = (index: number, isDelete = false) => {
    const value = Buffer.from(isDelete ? '' : JSON.stringify(index));
    return { txId: `tx-${index}`, timestamp: { seconds: { toString: () => '1800000000' } }, isDelete, value };
  };

  it('gives each version with its transaction, a deletion as null', async () => {
    const fake = new FakeStub();
    fake.history = [version(2, true), version(1)];
    const { versions } = await query('history', { key: 'M:e/e' }, fake);
    const at = { timestamp: 1_800_000_000 };
    expect(versions).to.deep.equal([
      { tx: 'tx-2', ...at, deleted: true, record: null },
      { tx: 'tx-1', ...at, deleted: false, record: 1 },
    ]);
    expect(fake.closed).to.equal(1);
  });

  it('gives 1,000 versions at most', async () => {
    const fake = new FakeStub();
    fake.history = Array.from({ length: 1_500 }, (_, index) => version(index));
    expect((await query('history', { key: 'M:e/e' }, fake)).versions).to.have.lengthOf(1_000);
  });
});
