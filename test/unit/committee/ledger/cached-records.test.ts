import { expect } from 'chai';
import { organizationKey, type Key } from '../../../../chaincode/domain/keys.js';
import { NodeError } from '../../../../committee/errors.js';
import { CachedRecords } from '../../../../committee/ledger/cached-records.js';
import { codeOf } from '../../../support/code-of.js';

const KEEP_MS = 3_000;

describe('records that are kept for a moment', () => {
  let now: number;
  let reads: string[];
  let answer: () => Promise<unknown>;
  const cached = (maxRecords = 10) => {
    const read = <T>(key: Key<T>) => {
      reads.push(key);
      return answer() as Promise<T | undefined>;
    };
    return new CachedRecords({ records: { read }, now: () => now, keepMs: KEEP_MS, maxRecords });
  };
  const at = (name: string) => organizationKey(name) as Key<unknown>;
  beforeEach(() => {
    now = 0;
    reads = [];
    answer = () => Promise.resolve(reads.length);
  });

  it('are read once for all who ask at a time', async () => {
    const records = cached();
    expect(await Promise.all([records.read(at('a')), records.read(at('a')), records.read(at('b'))])).to.deep.equal([
      1, 1, 2,
    ]);
  });

  it('are read again as soon as their time is over: so long what was revoked is believed, and no longer', async () => {
    const records = cached();
    await records.read(at('a'));
    now = KEEP_MS - 1;
    expect(await records.read(at('a'))).to.equal(1);
    now = KEEP_MS;
    expect(await records.read(at('a'))).to.equal(2);
  });

  it('are not kept where they could not be read', async () => {
    const records = cached();
    answer = () => Promise.reject(new NodeError('LEDGER_UNAVAILABLE'));
    expect(await codeOf(records.read(at('a')))).to.equal('LEDGER_UNAVAILABLE');
    answer = () => Promise.resolve('there');
    expect(await records.read(at('a'))).to.equal('there');
  });

  it('are kept where there is none', async () => {
    const records = cached();
    answer = () => Promise.resolve(undefined);
    await records.read(at('a'));
    await records.read(at('a'));
    expect(reads).to.have.length(1);
  });

  it('are bounded, the oldest out first', async () => {
    const records = cached(2);
    for (const name of ['a', 'b', 'c', 'b', 'a']) await records.read(at(name));
    expect(reads).to.deep.equal(['a', 'b', 'c', 'a'].map(at));
  });
});
