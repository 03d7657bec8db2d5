/** What the lanes tell of time: each command's wait once, and each endorsement and each commit of its transactions, however they end. */
import { expect } from 'chai';
import { placeOrder } from '../../../../gateway/fabric/order.js';
import type { Span } from '../../../../gateway/fabric/spans.js';
import { aSale, anAdvance, anAllotment, anEvent } from '../../../support/statements.js';
import { aBench, COMMIT_MS, settled, unavailable, type Script } from './scripted-ledger.js';

const event = anEvent();
const allotment = anAllotment(event);
const GATHER_MS = 5;

function aMeasuredBench(script: Script = {}, options: Parameters<typeof aBench>[1] = {}) {
  const told: [Span, number][] = [];
  const measured = (span: Span, durationMs: number) => void told.push([span, durationMs]);
  const bench = aBench(script, { gatherMs: GATHER_MS, measured, ...options });
  return { ...bench, of: (span: Span) => told.filter(([each]) => each === span).map(([, durationMs]) => durationMs) };
}

describe('what takes a sale’s time', () => {
  it('is told of each command’s wait, and of its transaction’s endorsement and commit', async () => {
    const { clock, lanes, of } = aMeasuredBench();
    const first = lanes.submit(anAdvance(event, 'advance-1'));
    await clock.pass(2);
    await settled(clock, [first, lanes.submit(anAdvance(event, 'advance-2'))]);
    expect(of('lane-wait')).to.deep.equal([GATHER_MS, GATHER_MS - 2]);
    expect(of('endorse')).to.deep.equal([0]);
    expect(of('submit-to-commit')).to.deep.equal([COMMIT_MS]);
  });

  it('counts what waits for a place in flight', async () => {
    const { clock, lanes, of } = aMeasuredBench({}, { maxCommands: 1, maxInFlight: 1 });
    const sales = [1, 2].map((number) => aSale(allotment, { seats: [`floor:A:${number}`] }).command);
    await settled(
      clock,
      sales.map((sale) => lanes.submit(sale)),
    );
    expect(of('lane-wait')).to.deep.equal([0, COMMIT_MS]);
  });

  it('is told of what fails as well, and of the wait only once', async () => {
    let [proposals, submissions] = [0, 0];
    const { clock, lanes, of } = aMeasuredBench({
      endorse: () => {
        if (++proposals === 1) throw unavailable('endorse');
      },
      submit: () => {
        if (++submissions === 1) throw unavailable('submit');
      },
    });
    await settled(clock, [lanes.submit(anAdvance(event, 'advance-1'))]);
    expect(of('lane-wait')).to.have.length(1);
    expect(of('endorse')).to.have.length(2);
    expect(of('submit-to-commit')).to.deep.equal([0, COMMIT_MS]);
  });

  it('is not told of the wait anew of what a conflict has taken out of its batch', async () => {
    const [culprit, innocent] = [1, 2].map((number) => aSale(allotment, { seats: [`floor:A:${number}`] }).command);
    const [key] = placeOrder(culprit!, 'ResellerMSP').order.footprint.writes;
    let commits = 0;
    const { clock, ledger, lanes, of } = aMeasuredBench({
      commit: () => (++commits === 1 ? 'MVCC_READ_CONFLICT' : 'VALID'),
      stale: () => [{ key: key!, by: 'X' }],
    });
    await settled(clock, [lanes.submit(culprit!), lanes.submit(innocent!)]);
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([2, 1, 1]);
    expect(of('lane-wait')).to.deep.equal([GATHER_MS, GATHER_MS]);
  });
});
