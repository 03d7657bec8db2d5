import { expect } from 'chai';
import { onMarket, BY_RESELLER, sellOn, type MarketOptions } from '../../../support/market.js';
import { aListing } from '../../../support/resales.js';
import { aTransfer, newKey } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal } from '../../../support/world.js';

type Overrides = Parameters<typeof aListing>[2];

function refuses(
  options: MarketOptions,
  overrides: Overrides,
  [code, field]: readonly [Parameters<typeof expectRefusal>[1], string],
): Readonly<Record<string, unknown>> {
  const { ledger, floor, ticket } = onMarket(options);
  const details = expectRefusal(ledger.submit(aListing(ticket, floor, overrides).command, BY_RESELLER), code, field);
  if (/^(policy|classes)\./.test(field)) expect(details).to.include({ policyVersion: 1 });
  return details;
}

describe('who may resell', () => {
  it('is up to the market of the event', () => {
    refuses({ policy: { market: 'sealed' } }, {}, ['MARKET_NOT_DIRECT', 'policy.market']);
    const { ledger, floor, ticket } = onMarket({ policy: { market: 'both' } });
    expectAccepted(ledger.submit(aListing(ticket, floor).command, BY_RESELLER));
  });

  it('is up to the authorised resellers', () => {
    const policy = { authorisedResellers: ['OtherResellerMSP'] };
    const details = refuses({ policy }, {}, ['RESELLER_NOT_AUTHORISED', 'policy.authorisedResellers']);
    expect(details).to.include({ reseller: 'ResellerMSP' });
    const { ledger, floor, ticket } = onMarket({ policy });
    const other = aListing(ticket, floor, { reseller: 'OtherResellerMSP' });
    expectAccepted(ledger.submit(other.command, { caller: 'OtherResellerMSP' }));
  });

  it('leaves complimentary tickets out, a fee paid or not', () => {
    const gift = { facePriceMinor: 0 };
    const free = { askMinor: 0, sellerFeeMinor: 0, buyerFeeMinor: 0 };
    const rule = ['COMPLIMENTARY_NOT_RESELLABLE', 'policy.complimentaryNotResellable'] as const;
    refuses({ allotment: gift }, free, rule);
    refuses({ allotment: { ...gift, fees: [] } }, free, rule);
    const { ledger, floor, ticket } = onMarket({ allotment: gift, policy: { complimentaryNotResellable: false } });
    expectAccepted(ledger.submit(aListing(ticket, floor, free).command, BY_RESELLER));
  });

  it('waits for the holding period, to the second, anew for each holder', () => {
    const { ledger, floor, ticket } = onMarket({ policy: { minHoldingPeriodSeconds: 3600 } });
    const { command } = aListing(ticket, floor);
    const early = { ...BY_RESELLER, now: '2027-03-01T12:59:59Z' };
    const rule = ['HOLDING_PERIOD_NOT_OVER', 'policy.minHoldingPeriodSeconds'] as const;
    expect(expectRefusal(ledger.submit(command, early), ...rule)).to.include({ heldSeconds: 3599, policyVersion: 1 });
    const [friend, now] = [newKey(), '2027-03-01T13:00:00Z'];
    ledger.accept(aTransfer(ticket, friend), { now });
    const given = aListing(asNow(ledger, ticket, friend), floor);
    expectRefusal(ledger.submit(given.command, { ...BY_RESELLER, now }), ...rule);
    expectAccepted(ledger.submit(given.command, { ...BY_RESELLER, now: '2027-03-01T14:00:00Z' }));
  });

  // Regression: without a holding period a listing was refused whose gateway's clock was a second behind that of the sale's.
  it('does not wait where there is no holding period, whatever two clocks say', () => {
    const { ledger, floor, ticket } = onMarket();
    const now = '2027-03-01T11:59:59Z';
    expectAccepted(ledger.submit(aListing(ticket, floor).command, { ...BY_RESELLER, now }));
  });

  it('counts hops, transfers too', () => {
    const { ledger, floor, ticket } = onMarket({ policy: { maxHops: 1 } });
    const friend = newKey();
    ledger.accept(aTransfer(ticket, friend));
    const given = aListing(asNow(ledger, ticket, friend), floor);
    const details = expectRefusal(ledger.submit(given.command, BY_RESELLER), 'TOO_MANY_HOPS', 'policy.maxHops');
    expect(details).to.include({ hops: 1, policyVersion: 1 });
  });

  it('leaves out whom the policy takes for a trader', () => {
    const scene = onMarket({ policy: { habitualThreshold: 1 } });
    const { ledger, floor, ticket } = scene;
    const other = newKey();
    const back = sellOn(scene, ticket, other);
    const again = sellOn(scene, back, ticket.holder);
    const third = ledger.submit(aListing(again, floor).command, BY_RESELLER);
    const details = expectRefusal(third, 'HABITUAL_SELLER', 'policy.habitualThreshold');
    expect(details).to.include({ resold: 1, policyVersion: 1 });
  });

  it('is judged by the price class first', () => {
    const classes = { standard: { market: 'sealed' } } as const;
    refuses({ classes }, {}, ['MARKET_NOT_DIRECT', 'classes.standard.market']);
    const { ledger, floor, ticket } = onMarket({ classes: { gold: { market: 'sealed' } } });
    expectAccepted(ledger.submit(aListing(ticket, floor).command, BY_RESELLER));
  });
});
