import { expect } from 'chai';
import { allotmentPrefix } from '../../../../chaincode/domain/keys.js';
import { PARAMETER_NAMES } from '../../../../chaincode/domain/policy/parameters.js';
import type { ListedRecord } from '../../../../gateway/http/ports.js';
import { pageOf } from '../../../../gateway/policy/page.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { EVENT, newAllotment, newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';

/** Two classes: `standard` at 20.00 and 2.00 of fees; `stalls` at 50.00 with rules of its own. */
async function aClassyEvent({ operator }: TestGateway): Promise<void> {
  await operator.createEvent(
    newEvent({
      policy: { jurisdiction: 'BE', organizerRoyaltyBps: 500 },
      classes: { stalls: { minHoldingPeriodSeconds: 86_400 } },
    }),
  );
  await operator.createAllotment(EVENT, newAllotment());
  const pool = { section: 'stalls', from: 1, to: 10 };
  await operator.createAllotment(
    EVENT,
    newAllotment({ allotment: 'stalls-a', priceClass: 'stalls', facePriceMinor: 5000, pool }),
  );
}

describe('policy of an event', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await aGateway();
    await aClassyEvent(gateway);
  });
  after(() => gateway.close());

  it('shows every parameter with its sentence, to anybody', async () => {
    const { policy, text, policyVersion, policyHash } = await gateway.anybody.policy(EVENT);
    expect(Object.keys(policy)).to.have.members([...PARAMETER_NAMES]);
    expect(text.map(({ parameter }) => parameter)).to.deep.equal(PARAMETER_NAMES);
    expect(policyVersion).to.equal(1);
    expect(policyHash).to.have.length(43);
  });

  it('shows what the law of the place demands and what no parameter says', async () => {
    const { jurisdiction, profile } = await gateway.anybody.policy(EVENT);
    expect(jurisdiction).to.equal('BE');
    expect(profile?.demands.map(({ rule }) => rule)).to.include('BE.price-cap');
    expect(profile?.notExpressed).not.to.be.empty;
  });

  it('shows what classes say otherwise, and explains one of them', async () => {
    const { classText, classes } = await gateway.anybody.policy(EVENT);
    expect(classes).to.deep.equal({ stalls: { minHoldingPeriodSeconds: 86_400 } });
    expect(classText.map(({ priceClass, text }) => [priceClass, text.length])).to.deep.equal([['stalls', 1]]);
    const { text } = await gateway.anybody.policy(EVENT, { priceClass: 'stalls' });
    const { sentence } = text.find(({ parameter }) => parameter === 'minHoldingPeriodSeconds') ?? {};
    expect(sentence).to.include('1 day');
  });

  it('speaks French', async () => {
    const { profile } = await gateway.anybody.policy(EVENT, { language: 'fr' });
    expect(profile?.name).to.equal('Belgique');
  });

  it('says what a resale pays to whom, by the prices of the class', async () => {
    const query = { priceClass: 'standard', askMinor: 2000, buyerFeeMinor: 200, sellerFeeMinor: 100 };
    const { resale } = await gateway.anybody.policy(EVENT, query);
    expect(resale).to.deep.include({
      allotment: 'floor-a',
      faceMinor: 2000,
      withFeesMinor: 2200,
      totalMinor: 2200,
      commissionMinor: 300,
      royaltyMinor: 100,
      sellerMinor: 1800,
      capMinor: 2200,
      allowed: true,
    });
    const stalls = await gateway.anybody.policy(EVENT, { ...query, priceClass: 'stalls' });
    expect(stalls.resale?.capMinor).to.equal(5200);
  });

  it('looks for a class that nobody has in a few pages only', async () => {
    const { network } = gateway;
    const { list } = network;
    const [{ record }] = (await list({ prefix: allotmentPrefix(EVENT), limit: 1 })) as [ListedRecord];
    let pages = 0;
    network.list = ({ limit }) => {
      pages += 1;
      return Promise.resolve(Array.from({ length: limit }, (_, index) => ({ key: `${pages}/${index}`, record })));
    };
    try {
      const { code } = await problemOf(gateway.anybody.policy(EVENT, { priceClass: 'nobodys' }));
      expect([code, pages]).to.deep.equal(['UNKNOWN_ALLOTMENT', 10]);
    } finally {
      network.list = list;
    }
  });

  it('says which limit a price breaks by one unit', async () => {
    const { resale } = await gateway.anybody.policy(EVENT, { priceClass: 'standard', askMinor: '2201' });
    expect(resale?.allowed).to.equal(false);
    expect(resale?.broken).to.deep.equal([
      { parameter: 'capBps', code: 'PRICE_ABOVE_CAP', field: 'totalMinor', limitMinor: 2200, givenMinor: 2201 },
    ]);
  });

  it('refuses a price without a class, fees without a price, a class that nobody sells, an unknown event', async () => {
    const of = async (query: Record<string, string>, event = EVENT) => {
      const { code, field } = await problemOf(gateway.anybody.policy(event, query));
      return [code, field];
    };
    expect(await of({ askMinor: '1' })).to.deep.equal(['INVALID_FIELD', 'query.priceClass']);
    expect(await of({ buyerFeeMinor: '1' })).to.deep.equal(['INVALID_FIELD', 'query.askMinor']);
    expect(await of({ priceClass: 'boxes' })).to.deep.equal(['UNKNOWN_ALLOTMENT', 'query.priceClass']);
    expect(await of({ language: 'nl' })).to.deep.equal(['INVALID_FIELD', 'query.language']);
    expect(await of({ priceClass: 'standard', askMinor: '1e3' })).to.deep.equal(['INVALID_FIELD', 'query.askMinor']);
    expect(await of({}, 'OrganizerMSP:none')).to.deep.equal(['UNKNOWN_EVENT', 'event']);
    expect(await of({ priceClass: 'standard', askMinor: '10', sellerFeeMinor: '11' })).to.deep.equal([
      'PRICE_BELOW_FEES',
      'query.askMinor',
    ]);
  });

  it('prints as a page, in either language', async () => {
    const query = { priceClass: 'standard', askMinor: 2200 };
    const english = pageOf(await gateway.anybody.policy(EVENT, query), 'en');
    expect(english).to.include('BE.price-cap').and.to.include('The buyer pays 22.00 EUR in all.');
    const french = pageOf(await gateway.anybody.policy(EVENT, { ...query, language: 'fr' }), 'fr');
    expect(french).to.include('Belgique').and.to.include('22,00\u00a0EUR');
  });
});
