import { expect } from 'chai';
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { verify, type Evidence } from '../../../../gateway/web/proof/verify.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { resell, signPurchase, TICKET } from '../http/a-resale.js';
import { aFan, anOpenEvent, EVENT, signTransfer, type Fan } from '../http/a-scene.js';

const HANDS = 'Transfers and resales';

/** The step that fails, or 'none'. */
const failing = async (evidence: Evidence) =>
  (await verify(evidence)).find(({ outcome }) => outcome === 'fails')?.title ?? 'none';

describe('check of a resold ticket in the browser', () => {
  let gateway: TestGateway;
  let genuine: Evidence & { readonly certificate: Certificate };
  let buyer: Fan;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    const [seller, friend] = [aFan(), aFan()];
    buyer = aFan();
    await gateway.operator.sell({ request: seller.request({ seats: ['floor:A:1'] }) });
    await resell(gateway, { seller, buyer });
    const given = signTransfer({ ticket: TICKET, change: 2 }, buyer, friend);
    await gateway.anybody.transfer(given.transfer, given.acceptance);
    const { keys } = await gateway.anybody.organization('OrganizerMSP');
    const [certificate, shown] = [await gateway.anybody.certificate(TICKET), await gateway.anybody.ticket(TICKET)];
    genuine = { certificate, shown, registry: { organizer: keys, seller: keys } };
  });
  after(() => gateway.close());

  const withHands = (...hands: Hand[]): Evidence => ({
    ...genuine,
    certificate: { ...genuine.certificate, evidence: { ...genuine.certificate.evidence, hands } },
  });

  it('finds that every step holds', async () => {
    const steps = await verify(genuine);
    expect(steps.map(({ outcome }) => outcome)).to.deep.equal(Array.from({ length: 11 }, () => 'holds'));
    const says = steps.find(({ title }) => title === HANDS)!.findings.all.map((finding) => finding.says);
    expect(says).to.include.members(['it takes exactly this listing (its digest)', 'it pays no more than was asked']);
  });

  it('misses a resale that is left out or moved', async () => {
    const [first, second] = genuine.certificate.evidence.hands as [Hand, Hand];
    expect(await failing(withHands(second))).to.equal(HANDS);
    expect(await failing(withHands(second, first))).to.equal(HANDS);
  });

  for (const [what, overrides] of Object.entries({
    'another listing': { listing: 'x'.repeat(43) },
    'another change': { change: 9 },
    'another place': { ticket: `${EVENT}:floor:A:2` },
    'another seller': { seller: 'x'.repeat(43) },
    'another reseller': { reseller: 'ResellerMSP' },
    'another allotment': { allotment: 'pool' },
    'a higher price': { totalMinor: 2_101 },
    'another currency': { currency: 'USD' },
  })) {
    it(`does not believe a purchase of ${what}`, async () => {
      const [first, second] = genuine.certificate.evidence.hands as [Extract<Hand, { kind: 'resale' }>, Hand];
      const { payload, digest: statement, signer } = decodeStatement('listing', first.listing, 'listing');
      const offered = { ...payload, change: payload.change + 1, seller: signer, statement };
      const genuineAgain = { ...first, purchase: signPurchase(offered, buyer) };
      expect(await failing(withHands(genuineAgain, second))).to.equal('none');
      const purchase = signPurchase(offered, buyer, overrides);
      expect(await failing(withHands({ ...first, purchase }, second))).to.equal(HANDS);
    });
  }
});
