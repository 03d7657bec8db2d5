import { expect } from 'chai';
import { onMarket, BY_RESELLER, type MarketOptions } from '../../../support/market.js';
import { aListing } from '../../../support/resales.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

type Overrides = Parameters<typeof aListing>[2];

function refuses(
  options: MarketOptions,
  overrides: Overrides,
  [code, field]: readonly [Parameters<typeof expectRefusal>[1], string],
): Readonly<Record<string, unknown>> {
  const { ledger, floor, ticket } = onMarket(options);
  const details = expectRefusal(ledger.submit(aListing(ticket, floor, overrides).command, BY_RESELLER), code, field);
  if (field.startsWith('policy.')) expect(details).to.include({ policyVersion: 1 });
  return details;
}

describe('disclosure', () => {
  const rule = ['DISCLOSURE_MISSING', 'policy.mandatoryDisclosure'] as const;
  const all = {
    faceValue: 2000,
    place: 'floor:A:1',
    restrictions: 'None',
    sellerKind: 'consumer',
    connection: 'none',
  } as const;
  const mandatoryDisclosure = ['faceValue', 'place', 'restrictions', 'sellerKind', 'connection'] as const;
  const policy = { mandatoryDisclosure: [...mandatoryDisclosure] };

  for (const item of mandatoryDisclosure) {
    it(`rejects a listing without ${item} where the policy asks for it`, () => {
      const disclosure = Object.fromEntries(Object.entries(all).filter(([name]) => name !== item));
      expect(refuses({ policy }, { disclosure }, rule)).to.include({ missing: `listing.disclosure.${item}` });
    });
  }

  it('is enough when all is there, and needless where nobody asks', () => {
    for (const [rules, disclosure] of [
      [policy, all],
      [{}, {}],
    ] as const) {
      // prettier-ignore
      const { ledger, floor, ticket } = onMarket({ policy: rules });
      expectAccepted(ledger.submit(aListing(ticket, floor, { disclosure }).command, BY_RESELLER));
    }
  });

  it('must be true where the ledger knows, asked for or not', () => {
    const face = refuses({}, { disclosure: { faceValue: 2200 } }, ['DISCLOSURE_WRONG', 'listing.disclosure.faceValue']);
    expect(face).to.include({ expected: 2000 });
    refuses({ policy }, { disclosure: { ...all, place: 'floor:A:2' } }, [
      'DISCLOSURE_WRONG',
      'listing.disclosure.place',
    ]);
  });
});
