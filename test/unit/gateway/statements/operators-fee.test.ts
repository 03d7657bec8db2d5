import { expect } from 'chai';
import fc from 'fast-check';
import {
  neededEndorsers,
  sharesOf,
  splitEqually,
  tariffAt,
  type Tariff,
} from '../../../../gateway/statements/operators-fee.js';
import type { LedgerTransaction } from '../../../../gateway/statements/ledger-blocks.js';
import { aTransaction, EVENT, ORGANIZER, POLICY, RESELLER, VENUE, type TransactionOptions } from './a-chain.js';

const aCall = (options: TransactionOptions): LedgerTransaction => ({ ...aTransaction(options), index: 0 });
const FIVE = ['AMSP', 'BMSP', 'CMSP', 'DMSP', 'EMSP'];

describe('operators’ fee', () => {
  it('is split so that the shares sum to it and differ by one unit at most, the first ones getting the rest', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 50 }), (amount, count) => {
        const shares = splitEqually(amount, count);
        expect(shares).to.have.length(count);
        expect(shares.reduce((sum, share) => sum + share, 0)).to.equal(amount);
        expect(Math.max(...shares) - Math.min(...shares)).to.be.at.most(1);
        expect(shares).to.deep.equal(shares.toSorted((a, b) => b - a));
      }),
    );
  });

  it('goes to endorsers of the policy only, no more than it needs, and all of it', () => {
    const organizations = fc.uniqueArray(fc.constantFrom(...FIVE), { minLength: 1 });
    const endorsers = fc.array(fc.constantFrom(...FIVE, 'StrangerMSP'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        organizations,
        endorsers,
        fc.constantFrom(...FIVE),
        fc.nat(1_000),
        (members, names, submitter, owed) => {
          const policy = { needed: Math.floor(members.length / 2) + 1, organizations: members };
          const call = aCall({ submitter, endorsers: names });
          const shares = sharesOf(call, owed, policy);
          const entitled = new Set(names.filter((name) => members.includes(name)));
          expect(neededEndorsers(call, policy)).to.have.length(Math.min(policy.needed, entitled.size));
          for (const { endorser } of shares) expect([...entitled]).to.include(endorser);
          const paid = shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          expect(paid).to.equal(entitled.size === 0 ? 0 : owed);
        },
      ),
    );
  });

  it('pays as many as the definition needs, in the transaction’s order, the submitter last', () => {
    const everybody = { endorsers: [RESELLER, VENUE, ORGANIZER], submitter: RESELLER };
    expect(neededEndorsers(aCall(everybody), POLICY)).to.deep.equal([VENUE, ORGANIZER]);
    expect(neededEndorsers(aCall({ ...everybody, submitter: 'TrusteeMSP' }), POLICY)).to.deep.equal([RESELLER, VENUE]);
    expect(neededEndorsers(aCall({ endorsers: [RESELLER, VENUE] }), POLICY)).to.deep.equal([VENUE, RESELLER]);
  });

  it('pays an endorser once, however often it is named', () => {
    expect(neededEndorsers(aCall({ endorsers: [VENUE, VENUE, ORGANIZER] }), POLICY)).to.deep.equal([VENUE, ORGANIZER]);
  });

  it('pays those first that a key’s own policy asks for', () => {
    const endorsers = [VENUE, RESELLER, ORGANIZER];
    const event = aCall({ endorsers, submitter: ORGANIZER, writes: { [`${EVENT}/e`]: {} } });
    expect(neededEndorsers(event, POLICY)).to.deep.equal([ORGANIZER, VENUE]);
    const keys = aCall({ endorsers, writes: { [`consortium/k/${RESELLER}`]: {} } });
    expect(neededEndorsers(keys, POLICY)).to.deep.equal([RESELLER, VENUE]);
  });

  it('follows the latest tariff that has begun', () => {
    const tariffs: readonly Tariff[] = [
      { since: '2027-02-01T00:00:00Z', currency: 'EUR', perCommandMinor: 5 },
      { since: '2027-01-01T00:00:00Z', currency: 'EUR', perCommandMinor: 3 },
    ];
    const at = (time: string) => tariffAt(tariffs, Date.parse(time))?.perCommandMinor;
    expect(at('2026-12-31T23:59:59Z')).to.equal(undefined);
    expect(at('2027-01-01T00:00:00Z')).to.equal(3);
    expect(at('2027-01-31T23:59:59Z')).to.equal(3);
    expect(at('2027-02-01T00:00:00Z')).to.equal(5);
  });
});
