import { expect } from 'chai';
import { eventIndexKey } from '../../../../chaincode/domain/keys.js';
import { RecordCache } from '../../../../gateway/http/record-cache.js';

const key = (slug: string) => eventIndexKey(`OrganizerMSP:${slug}`);

describe('record cache', () => {
  it('keeps no more than its limit, the newest', () => {
    const cache = new RecordCache(2);
    for (const slug of ['a', 'b', 'c']) cache.keep(key(slug), true);
    expect(['a', 'b', 'c'].map((slug) => cache.get(key(slug)))).to.deep.equal([undefined, true, true]);
  });

  it('does not keep that something is absent', () => {
    const cache = new RecordCache(1);
    cache.keep(key('a'), true);
    cache.keep(key('b'), undefined);
    expect(cache.get(key('a'))).to.be.true;
  });
});
