/** Whatever is ordered, the ledger, its audit and the independent verifier come to the same. */
import { expect } from 'chai';
import fc from 'fast-check';
import { auditOf, exportedFrom } from '../support/audited.js';
import { drive } from '../support/market-steps.js';
import { verifyInPython } from '../support/python.js';
import { persons, sealedMarket, type SealedMarket } from '../support/sealed-market.js';
import { releaseAll } from '../support/whole-markets.js';

const NAMES = ['Ann', 'Ben', 'Cem', 'Dea', 'Eve', 'Fay'];
const person = fc.nat(NAMES.length - 1);
const anyMarket = fc.record({
  seed: fc.nat(1_000_000),
  clearing: fc.constantFrom('lottery' as const, 'uniform-price' as const),
  feePayer: fc.constantFrom('seller' as const, 'buyer' as const),
  habitualThreshold: fc.constantFrom(null, 1, 2),
  perPerson: fc.integer({ min: 1, max: 3 }),
  asks: fc.array(fc.record({ by: person, askMinor: fc.integer({ min: 1000, max: 2200 }) }), { maxLength: 6 }),
  withdrawn: fc.array(person, { maxLength: 2 }),
  bids: fc.array(
    fc.record({
      by: person,
      name: fc.constantFrom('first', 'second'),
      quantity: fc.integer({ min: 1, max: 3 }),
      limitMinor: fc.integer({ min: 1000, max: 2600 }),
      all: fc.boolean(),
      guest: fc.option(person, { nil: undefined }),
      sequence: fc.nat(1),
    }),
    { maxLength: 8 },
  ),
});
type Drawn = typeof anyMarket extends fc.Arbitrary<infer T> ? T : never;

/** One that trades: a dozen that are drawn may all come to nothing. */
const TRADING: Drawn = {
  ...{ seed: 1, clearing: 'lottery', feePayer: 'seller', habitualThreshold: null, perPerson: 3, withdrawn: [] },
  asks: [{ by: 0, askMinor: 1_000 }],
  bids: [{ by: 1, name: 'first', quantity: 1, limitMinor: 2_600, all: false, guest: undefined, sequence: 0 }],
};

function built({ seed, clearing, feePayer, habitualThreshold, perPerson, asks, withdrawn, bids }: Drawn): SealedMarket {
  const market = sealedMarket({
    policy: {
      ...{ clearing, feePayer, habitualThreshold, organizerRoyaltyBps: 333, venueBps: 77 },
      perPersonLimit: { primary: 10, resale: perPerson },
    },
    terms: { depositSteps: [5000], quotas: { ResellerMSP: 20 } },
  });
  const people = persons(market, ...NAMES.map((name) => `${name} ${seed}`));
  for (const [at, { by, askMinor }] of asks.entries())
    market.ask(people[by]!, market.ticket(people[by]!, `floor:A:${at + 1}`), { askMinor });
  for (const by of new Set(bids.map((bid) => bid.by))) market.take(market.deposit(people[by]!, { amountMinor: 5000 }));
  for (const by of withdrawn) market.scene.ledger.submit(market.withdrawal(people[by]!), { caller: 'VenueMSP' });
  for (const { by, name, quantity, limitMinor, all, guest, sequence } of bids) {
    const invited = guest !== undefined && guest !== by && quantity > 1 ? people[guest] : undefined;
    const bid = { name, priceClass: 'standard', quantity, limitMinor, reseller: 'ResellerMSP' };
    const guests = invited ? [market.consent(invited, people[by]!, { bid: name })] : [];
    const named = { ...(all && { allOrNothing: true as const }), ...(invited && { guests: [invited.credential] }) };
    market.take(market.order(people[by]!, { bid: { ...bid, ...named } }, { sequence, guests }));
  }
  drive(market, 'finished');
  releaseAll(market);
  return market;
}

describe('any sealed market', () => {
  it('is recomputed by its audit and by the independent verifier', async () => {
    let trades = 0;
    const check = async (drawn: Drawn) => {
      const market = built(drawn);
      const { report } = await auditOf(market);
      expect(report.difference).to.equal(undefined);
      const { code, stdout } = await verifyInPython(await exportedFrom(market));
      expect(code, stdout).to.equal(0);
      trades += report.figures.trades;
    };
    await fc.assert(fc.asyncProperty(anyMarket, check), { numRuns: 12, examples: [[TRADING]] });
    expect(trades).to.be.at.least(1);
  });
});
