import { expect } from 'chai';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import type { Certificate, Hand } from '../../../../gateway/certificate/certificate.js';
import { holds, verifyCertificate } from '../../../../gateway/certificate/verify.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { resell, signListing, signPurchase, TICKET } from './a-resale.js';
import { aFan, anOpenEvent, EVENT, signTransfer, type Fan } from './a-scene.js';

type Resold = Extract<Hand, { kind: 'resale' }>;
const OTHER = `${EVENT}:floor:A:2`;

describe('certificate of a resold ticket', () => {
  let gateway: TestGateway;
  let genuine: Certificate;
  let resold: Resold;
  let fans: Record<'seller' | 'buyer' | 'friend' | 'last', Fan>;
  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    fans = { seller: aFan(), buyer: aFan(), friend: aFan(), last: aFan() };
    const { seller, buyer, friend, last } = fans;
    await gateway.operator.sell({ request: seller.request({ seats: ['floor:A:1', 'floor:A:2'] }) });
    await resell(gateway, { seller, buyer });
    const given = signTransfer({ ticket: TICKET, change: 2 }, buyer, friend);
    await gateway.anybody.transfer(given.transfer, given.acceptance);
    await resell(gateway, { seller: friend, buyer: last }, { askMinor: 1_900, totalMinor: 2_000 });
    genuine = await gateway.anybody.certificate(TICKET);
    resold = genuine.evidence.hands[0] as Resold;
  });
  after(() => gateway.close());

  it('follows resales and transfers in their order, and verifies', () => {
    expect(genuine.evidence.hands.map(({ kind }) => kind)).to.deep.equal(['resale', 'transfer', 'resale']);
    const steps = verifyCertificate(genuine);
    expect(holds(steps)).to.be.true;
    expect(steps.find(({ name }) => name === 'hands')?.says).to.include('1 transfers and 2 resales');
  });

  it('of version 2 does not say where listings stand, and verifies', () => {
    expect(resold.listed?.block).to.be.below(resold.block);
    const hands = genuine.evidence.hands.map((hand) => ({ ...hand, listed: undefined }));
    const earlier: unknown = JSON.parse(
      JSON.stringify({ ...genuine, version: 2, evidence: { ...genuine.evidence, hands } }),
    );
    expect(holds(verifyCertificate(earlier))).to.be.true;
  });

  it('names the transaction in which the reseller executed each', async () => {
    const { commands, mspId } = await gateway.anybody.transaction(resold.tx);
    expect(commands).to.deep.equal([{ kind: 'ticket.resell', purchase: resold.purchase }]);
    expect(mspId).to.equal('OrganizerMSP');
  });

  it('is the same while the ticket is listed once more', async () => {
    await gateway.operator.createListing(signListing({ ticket: TICKET, change: 5 }, fans.last));
    const listed = await gateway.anybody.certificate(TICKET);
    expect(listed.evidence.hands).to.deep.equal(genuine.evidence.hands);
    expect(listed.state.state).to.equal('listed');
  });

  const withHands = (...hands: Hand[]): Certificate => ({
    ...genuine,
    evidence: { ...genuine.evidence, hands },
  });
  const failing = (certificate: Certificate) => {
    const { name, code } = verifyCertificate(certificate).at(-1)!;
    return [name, code];
  };
  const forged = (jws: string) => jws.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));

  it('is refused if a resale is left out, moved, or one side has not signed', () => {
    const [first, second, third] = genuine.evidence.hands as [Hand, Hand, Hand];
    expect(failing(withHands(second, third))).to.deep.equal(['hands', 'NOT_THE_HOLDER']);
    expect(failing(withHands(first, third, second))).to.deep.equal(['hands', 'NOT_THE_HOLDER']);
    expect(failing(withHands(first, second))).to.deep.equal(['holder', 'NOT_THE_HOLDER']);
    const unsold = { ...resold, listing: forged(resold.listing) };
    expect(failing(withHands(unsold, second, third))).to.deep.equal(['hands', 'SIGNATURE_INVALID']);
    const unbought = { ...resold, purchase: forged(resold.purchase) };
    expect(failing(withHands(unbought, second, third))).to.deep.equal(['hands', 'SIGNATURE_INVALID']);
  });

  describe('is refused if the purchase', () => {
    /** A purchase of the genuine listing that says something else. */
    const buying = (overrides: Parameters<typeof signPurchase>[2]): Hand => {
      const { payload, digest: statement, signer } = decodeStatement('listing', resold.listing, 'listing');
      const offered = { ...payload, change: payload.change + 1, seller: signer, statement };
      return { ...resold, purchase: signPurchase(offered, fans.buyer, overrides) };
    };
    const CASES: readonly (readonly [string, string, Parameters<typeof signPurchase>[2]])[] = [
      ['takes another listing', 'LISTING_MISMATCH', { listing: 'x'.repeat(43) }],
      ['is about another change of the ticket', 'LISTING_MISMATCH', { change: 7 }],
      ['is about another place', 'LISTING_MISMATCH', { ticket: OTHER }],
      ['names another seller', 'LISTING_MISMATCH', { seller: 'x'.repeat(43) }],
      ['names another reseller', 'LISTING_MISMATCH', { reseller: 'ResellerMSP' }],
      ['names another allotment', 'ALLOTMENT_MISMATCH', { allotment: 'pool' }],
      ['costs more than was asked', 'PRICE_MISMATCH', { totalMinor: 2_101 }],
      ['is in another currency', 'PRICE_MISMATCH', { currency: 'USD' }],
    ];
    for (const [what, code, overrides] of CASES) {
      it(what, () => {
        expect(failing(withHands(buying(overrides)))).to.deep.equal(['hands', code]);
      });
    }

    it('takes what was not offered', () => {
      const stranger = { ...resold, listing: signListing({ ticket: TICKET }, fans.seller, { askMinor: 1 }) };
      expect(failing(withHands(stranger))).to.deep.equal(['hands', 'LISTING_MISMATCH']);
    });
  });
});
