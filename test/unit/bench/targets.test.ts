import { expect } from 'chai';
import { judge } from '../../bench/targets.js';

describe('targets of benchmarks', () => {
  it('say what is asked, what was measured and whether it is reached', () => {
    expect(judge('seat-drop', { ticketsPerSecond: 1_500, timesRaw: 6.99 })).to.deep.equal({
      ticketsPerSecond: { target: 'at least 1500', measured: 1_500, met: true },
      timesRaw: { target: 'at least 7', measured: 6.99, met: false },
    });
  });

  it('are reached at most, or below, as they say', () => {
    expect(judge('one-sale', { timesRawLatency: 1.3 }).timesRawLatency?.met).to.be.true;
    expect(judge('one-sale', { timesRawLatency: 1.31 }).timesRawLatency?.met).to.be.false;
    expect(judge('read-model', { pgliteLagP99Ms: 250 }).pgliteLagP99Ms?.met).to.be.false;
    expect(judge('read-model', { pgliteLagP99Ms: 249 }).pgliteLagP99Ms?.met).to.be.true;
  });

  it('are left out where nothing was measured, and not reached where it came to no number', () => {
    expect(judge('ledger-drop', { ticketsPerSecond: 3_000 })).to.have.all.keys('ticketsPerSecond');
    expect(judge('ledger-drop', { ticketsPerSecond: Number.NaN }).ticketsPerSecond?.met).to.be.false;
  });
});
