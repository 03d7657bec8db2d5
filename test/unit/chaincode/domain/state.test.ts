import { expect } from 'chai';
import { BatchState } from '../../../../chaincode/domain/state.js';

const policy = { allOf: ['OrganizerMSP'], oneOf: [] };

describe('state of a batch', () => {
  it('shows what was loaded under what was accepted under what is pending', () => {
    const state = new BatchState(new Map([['a', 'loaded']]));
    expect(state.get<string>('a')).to.equal('loaded');
    state.put('a', 'accepted');
    state.accept();
    state.put('a', 'pending');
    expect(state.get<string>('a')).to.equal('pending');
    state.drop();
    expect(state.get<string>('a')).to.equal('accepted');
  });

  it('tells an absent record from one that was not loaded', () => {
    const state = new BatchState(new Map([['absent', undefined]]));
    expect(state.get('absent')).to.equal(undefined);
    expect(() => state.get('forgotten')).to.throw('forgotten was not loaded');
  });

  it('writes what was accepted, once for each key, sorted by bytes', () => {
    const state = new BatchState(new Map());
    for (const key of ['b', 'a/2', 'a/10', 'B']) state.put(key, 1);
    state.put('b', 2);
    state.accept();
    state.put('c', 1);
    const written = state.writes().map(({ key, record }) => [key, record]);
    expect(written).to.deep.equal([['B', 1], ['a/10', 1], ['a/2', 1], ['b', 2]]); // prettier-ignore
  });

  it('keeps the policy of a key that is created and changed in one batch', () => {
    const state = new BatchState(new Map([['a', undefined]]));
    state.put('a', 1, policy);
    state.put('a', 2);
    state.accept();
    state.put('a', 3);
    state.accept();
    expect(state.writes()).to.deep.equal([{ key: 'a', record: 3, policy }]);
  });

  it('sets no policy on a key that was there before', () => {
    const state = new BatchState(new Map([['a', 1]]));
    state.put('a', 2);
    state.accept();
    expect(state.writes()[0]).not.to.have.property('policy');
  });
});
