import { expect } from 'chai';
import type { Write } from '../../../../chaincode/domain/state.js';
import { encodeKeyPolicy } from '../../../../chaincode/ledger/key-policy.js';
import { loadRecords, storeRecords } from '../../../../chaincode/ledger/world-state.js';
import { FakeStub, type FakeStubOptions } from '../../../support/fake-stub.js';

const STATE = { 'e/1': { one: 1 }, 'e/2': [2], 'e/4': 'ü€𝄞' };
const KEYS = ['e/1', 'e/2', 'e/3', 'e/4', 'e/5'];
const policy = { allOf: ['OrganizerMSP'], oneOf: ['VenueMSP'] };
const writeOf = (key: string, guarded = false): Write => ({ key, record: { key }, ...(guarded && { policy }) });
const rejected = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );

const paths: readonly (readonly [string, FakeStubOptions])[] = [
  ['ordinary messages', {}],
  ['an older peer’s stream', { limits: {} }],
  ['messages for many keys', { limits: { maxReads: 100, maxWrites: 100 } }],
  ['messages for two keys', { limits: { maxReads: 2, maxWrites: 2 } }],
];

describe('world state', () => {
  for (const [path, options] of paths) {
    describe(`over ${path}`, () => {
      it('loads every key, undefined where there is no record', async () => {
        const loaded = await loadRecords(new FakeStub({ ...options, state: STATE }).stub, KEYS);
        expect([...loaded]).to.deep.equal(KEYS.map((key) => [key, (STATE as Record<string, unknown>)[key]]));
      });

      it('stores every record and its policy', async () => {
        const fake = new FakeStub(options);
        await storeRecords(fake.stub, [writeOf('a'), writeOf('b', true), writeOf('c'), writeOf('d', true)]);
        expect(fake.json()).to.deep.equal(Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, { key }])));
        expect([...fake.policies.keys()]).to.deep.equal(['b', 'd']);
        expect(Buffer.from(fake.policies.get('b')!)).to.deep.equal(Buffer.from(encodeKeyPolicy(policy)));
      });

      it('does nothing for nothing', async () => {
        const fake = new FakeStub(options);
        expect((await loadRecords(fake.stub, [])).size).to.equal(0);
        await storeRecords(fake.stub, []);
        expect(fake.trips).to.be.empty;
      });
    });
  }

  it('pages its reads at the peer’s limit', async () => {
    const fake = new FakeStub({ state: STATE, limits: { maxReads: 2, maxWrites: 2 } });
    await loadRecords(fake.stub, KEYS);
    expect(fake.trips).to.deep.equal(['get 2', 'get 2', 'get 1']);
    const exact = new FakeStub({ state: STATE, limits: { maxReads: 5 } });
    await loadRecords(exact.stub, KEYS);
    expect(exact.trips).to.deep.equal(['get 5']);
  });

  it('pages its writes at the peer’s limit, a policy counting as one more', async () => {
    const fake = new FakeStub({ limits: { maxReads: 3, maxWrites: 3 } });
    const writes = [writeOf('a'), writeOf('b'), writeOf('c', true), writeOf('d'), writeOf('e', true)];
    await storeRecords(fake.stub, writes);
    expect(fake.trips).to.deep.equal(['put 2', 'put 3', 'put 2']);
  });

  it('reads many at once and writes one by one where the peer takes only that', async () => {
    const fake = new FakeStub({ state: STATE, limits: { maxReads: 9 } });
    await loadRecords(fake.stub, KEYS);
    await storeRecords(fake.stub, [writeOf('a', true)]);
    expect(fake.trips).to.deep.equal(['get 5', 'put', 'policy']);
  });
});

describe('messages for many keys', () => {
  const limits = { maxReads: 9, maxWrites: 9 };

  it('reject an answer with another number of values, or sold seats would look free', async () => {
    const fake = new FakeStub({ limits, answer: () => new Uint8Array() });
    expect(await rejected(loadRecords(fake.stub, KEYS)))
      .to.be.an('error')
      .with.property('message')
      .match(/0 values for 5 keys/);
  });

  it('reject when the write fails', async () => {
    const fake = new FakeStub({
      limits,
      answer: () => {
        throw new Error('no');
      },
    });
    expect(await rejected(storeRecords(fake.stub, [writeOf('a')]))).to.be.an('error');
    expect(await rejected(loadRecords(fake.stub, KEYS))).to.be.an('error');
    expect(fake.state.size).to.equal(0);
  });

  it('reject when an ordinary write fails', async () => {
    const fake = new FakeStub();
    fake.putState = () => Promise.reject(new Error('no'));
    expect(await rejected(storeRecords(fake.stub, [writeOf('a')]))).to.be.an('error');
  });
});
