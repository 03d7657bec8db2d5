/** Whatever is listed, resold, given away, returned, voided, claimed, cancelled and paid out in whatever order, the money is right. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { PolicyPart } from '../../chaincode/domain/policy/policy.js';
import { booksOf } from '../support/market.js';
import {
  expectBalanced,
  expectCapped,
  expectCounted,
  gotOf,
  issues,
  playAndRecord,
  type Paid,
} from './market-books.js';
import { anyHistory, historyOf, PEOPLE, PLACES, type Step } from './market-steps.js';
import { market, settleIssue, ticketAt, type Market } from './market-world.js';

const RUNS = { numRuns: 100 };
const refundFees = fc.constantFrom('none' as const, 'all' as const);

interface Told {
  readonly world: Market;
  readonly paid: Paid;
  readonly codes: readonly string[];
}

function tell(steps: readonly Step[], policy: PolicyPart, afterEach: (told: Told) => void = () => undefined): Told {
  const told = { world: market(policy), paid: new Map<string, number>(), codes: [] as string[] };
  for (const step of steps) {
    told.codes.push(playAndRecord(told.world, step, told.paid));
    afterEach(told);
  }
  return told;
}

/** Until nothing is due any more: an ended issue may be owed a refund and hold a surplus. */
function settleAll(world: Market): void {
  for (const at of PLACES) {
    const ticket = ticketAt(world, at);
    if (!ticket) continue;
    for (let issue = 1; issue <= (ticket.issue ?? 0); issue += 1) {
      for (let round = 0; round < 2; round += 1) settleIssue(world, ticket, issue);
    }
  }
}

describe('any market', () => {
  it('balances: entries sum to zero, nobody is in the red, what is held back is in escrow, holders hold their tickets', () => {
    const check = (steps: readonly Step[], fees: 'none' | 'all') => {
      tell(steps, { refundFees: fees }, ({ world }) => {
        expectBalanced(world);
        expectCounted(world);
      });
    };
    fc.assert(fc.property(anyHistory, refundFees, check), RUNS);
  });

  it('keeps every resale below the cap on the first price, over any chain of hops', () => {
    const check = (steps: readonly Step[]) => expectCapped(tell(steps, {}).world);
    fc.assert(fc.property(historyOf('sell', 'list', 'buy', 'transfer', 'withdraw'), check), RUNS);
  });

  it('never gives anybody more than he paid, until the event has taken place', () => {
    const check = (steps: readonly Step[], fees: 'none' | 'all') => {
      tell(steps, { refundFees: fees }, ({ world, paid }) => {
        for (const { kid } of PEOPLE) {
          expect(gotOf(world, kid, ['proceeds', 'refund'])).to.be.at.most(paid.get(kid) ?? 0);
        }
      });
    };
    fc.assert(fc.property(anyHistory, refundFees, check), RUNS);
  });

  it('gives everybody exactly what he paid when the event is cancelled and fees are refunded', () => {
    const unwound = [
      'sell',
      'list',
      'buy',
      'withdraw',
      'transfer',
      'claim',
      'settle',
      'payout',
      'postpone',
      'milder',
    ] as const;
    const check = (steps: readonly Step[], fees: 'none' | 'all') => {
      const last: Step[] = [{ type: 'milder' }, { type: 'cancel' }];
      const { world, paid } = tell([...steps, ...last], { refundFees: fees });
      settleAll(world);
      // What was settled while fees were kept is settled for good: only claims are, and only then.
      const keptFees = fees === 'none' && steps.some(({ type }) => type === 'claim');
      for (const { kid } of PEOPLE) {
        const got = gotOf(world, kid, ['proceeds', 'refund', 'surplus']);
        if (keptFees) expect(got).to.be.at.most(paid.get(kid) ?? 0);
        else expect(got).to.equal(paid.get(kid) ?? 0);
      }
      const { OrganizerMSP = 0, VenueMSP = 0, 'escrow:surplus': escrow = 0 } = booksOf(world.ledger, world.event.event);
      expect([OrganizerMSP, escrow]).to.deep.equal([0, 0]);
      if (!keptFees) expect(VenueMSP).to.equal(0);
    };
    fc.assert(fc.property(historyOf(...unwound), refundFees, check), RUNS);
  });

  it('leaves nothing in escrow when all is over', () => {
    const check = (steps: readonly Step[], fees: 'none' | 'all') => {
      const over: Step[] = [1, 2, 3].map((until) => ({ type: 'wait', until }));
      const { world } = tell([...steps, ...over], { refundFees: fees });
      settleAll(world);
      expect(booksOf(world.ledger, world.event.event)['escrow:surplus'] ?? 0).to.equal(0);
      // What only a cancellation would still give back stays until then, which is never.
      expect(issues(world).some(({ owed }) => owed && owed !== 'remainder')).to.equal(false);
      expectBalanced(world);
    };
    fc.assert(fc.property(anyHistory, refundFees, check), RUNS);
  });

  it('is a market: the generator reaches every step, hops in a row, and the refusals that matter', () => {
    const seen = new Set<string>();
    let [hops, surplus] = [0, 0];
    for (const steps of fc.sample(historyOf(), { numRuns: 150, seed: 7 })) {
      const { world, codes } = tell(steps, {});
      codes.forEach((code) => seen.add(code));
      for (const { resales = [] } of issues(world)) {
        hops = Math.max(hops, resales.length);
        surplus = Math.max(surplus, ...resales.map(({ surplusMinor }) => surplusMinor));
      }
    }
    const played = ['sell', 'list', 'buy', 'withdraw', 'transfer', 'return', 'void', 'claim', 'settle', 'payout'];
    expect([...seen]).to.include.members([...played, 'milder', 'postpone', 'cancel', 'wait']);
    expect([...seen]).to.include.members(['PRICE_ABOVE_CAP', 'FEE_ABOVE_CAP', 'NOTHING_DUE', 'INSUFFICIENT_BALANCE']);
    expect(hops).to.be.at.least(3);
    expect(surplus).to.be.at.least(1);
  });
});
