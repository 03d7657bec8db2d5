import { expect } from 'chai';
import type { ListingResource } from '../../../../gateway/client/resources.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { resell, signListing, signPayout, signPurchase, signWithdrawal, TICKET } from './a-resale.js';
import { aFan, anOpenEvent, EVENT, signTransfer, type Fan } from './a-scene.js';
import { problemOf } from './problem-of.js';

describe('resale through the interface', () => {
  let gateway: TestGateway;
  let seller: Fan;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    seller = aFan();
    await gateway.operator.sell({ request: seller.request({ seats: ['floor:A:1'] }) });
  });
  afterEach(() => gateway.close());

  const list = (terms = {}) => gateway.operator.createListing(signListing({ ticket: TICKET }, seller, terms));
  const offers = async () => (await gateway.anybody.listings(EVENT)).listings;

  describe('listings', () => {
    it('are taken on by the operator, and shown to anybody with what goes where', async () => {
      const { body } = await list();
      expect(body).to.include({ ticket: TICKET, change: 1, policy: 1 });
      const [listing] = await offers();
      expect(listing).to.deep.include({
        ticket: TICKET,
        state: 'open',
        change: 1,
        seller: seller.key.kid,
        reseller: 'OrganizerMSP',
        statement: body.listing,
        totalMinor: 2_100,
        currency: 'EUR',
        disclosure: { faceValue: 2_000 },
        split: { commissionMinor: 200, royaltyMinor: 0, venueMinor: 0, sellerMinor: 1_900 },
      });
      expect(await gateway.anybody.listing(TICKET)).to.deep.equal(listing);
    });

    it('sent again are answered with the first receipt', async () => {
      const statement = signListing({ ticket: TICKET }, seller);
      const first = await gateway.operator.createListing(statement);
      expect(await gateway.operator.createListing(statement)).to.deep.equal({ body: first.body, replayed: true });
    });

    it('need the operator, a signature, and this gateway’s organization', async () => {
      const statement = signListing({ ticket: TICKET }, seller);
      expect((await problemOf(gateway.anybody.createListing(statement))).code).to.equal('UNAUTHENTICATED');
      const before = gateway.network.submissions;
      const forged = statement.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));
      expect((await problemOf(gateway.operator.createListing(forged))).code).to.equal('SIGNATURE_INVALID');
      const { problem } = await problemOf(list({ reseller: 'ResellerMSP' }));
      expect(problem).to.deep.include({ code: 'NOT_AUTHORISED', status: 403 });
      expect(gateway.network.submissions).to.equal(before);
    });

    it('above the cap by one unit of a fee are refused with the parameter', async () => {
      const { problem } = await problemOf(list({ buyerFeeMinor: 200, askMinor: 2_001, totalMinor: 2_201 }));
      expect(problem).to.deep.include({ code: 'PRICE_ABOVE_CAP', status: 422 });
      expect(problem.details).to.include({
        field: 'policy.capBps',
        limitMinor: 2_200,
        givenMinor: 2_201,
        policyVersion: 1,
      });
    });

    it('can be withdrawn by anybody who brings the seller’s word', async () => {
      await list();
      const listing = await gateway.anybody.listing(TICKET);
      const stranger = await problemOf(gateway.anybody.withdraw(signWithdrawal(listing, aFan())));
      expect(stranger.code).to.equal('NOT_THE_HOLDER');
      const { body } = await gateway.anybody.withdraw(signWithdrawal(listing, seller));
      expect(body).to.include({ ticket: TICKET, change: 2 });
      expect((await gateway.anybody.listing(TICKET)).state).to.equal('withdrawn');
      expect(await offers()).to.be.empty;
    });

    it('are no longer shown when their time is over', async () => {
      await list({ exp: Date.parse(gateway.network.now) / 1000 + 60 });
      expect(await offers()).to.have.length(1);
      gateway.network.now = new Date(Date.parse(gateway.network.now) + 60_000).toISOString().replace('.000', '');
      expect(await offers()).to.be.empty;
      expect((await gateway.anybody.listing(TICKET)).state).to.equal('expired');
    });

    it('that are over are recorded as expired by anybody, once and not before', async () => {
      await list({ exp: Date.parse(gateway.network.now) / 1000 + 60 });
      const before = gateway.network.submissions;
      expect((await problemOf(gateway.anybody.expireListing(TICKET))).code).to.equal('NOTHING_DUE');
      expect((await problemOf(gateway.anybody.expireListing(`${EVENT}:floor:A:2`))).code).to.equal('UNKNOWN_LISTING');
      const nowhere = gateway.anybody.expireListing('OrganizerMSP:nope:floor:A:1');
      expect((await problemOf(nowhere)).code).to.equal('UNKNOWN_EVENT');
      expect(gateway.network.submissions).to.equal(before);
      gateway.network.now = new Date(Date.parse(gateway.network.now) + 60_000).toISOString().replace('.000', '');
      const { body } = await gateway.anybody.expireListing(TICKET);
      expect(body).to.include({ ticket: TICKET, change: 2 });
      expect((await gateway.anybody.ticket(TICKET)).state).to.equal('sold');
      expect((await gateway.anybody.listing(TICKET)).state).to.equal('expired');
      expect((await problemOf(gateway.anybody.expireListing(TICKET))).code).to.equal('LISTING_NOT_OPEN');
      expect(gateway.network.submissions).to.equal(before + 1);
    });

    it('are no longer shown when the holder does something else with the ticket', async () => {
      await list();
      const given = signTransfer({ ticket: TICKET, change: 1 }, seller, aFan());
      await gateway.anybody.transfer(given.transfer, given.acceptance);
      expect(await offers()).to.be.empty;
      expect((await gateway.anybody.listing(TICKET)).state).to.equal('lapsed');
    });

    it('are no longer shown when the rules have come to forbid their price', async () => {
      await list();
      await gateway.operator.changePolicy(EVENT, { version: 2, policy: { buyerFeeBps: 0 } });
      expect(await offers()).to.be.empty;
      const listing = await gateway.anybody.listing(TICKET);
      expect(listing).to.include({ state: 'lapsed', policyVersion: 1 }).and.not.to.have.property('split');
    });

    it('are no longer shown when the rules have come to ask for more than they say', async () => {
      await list();
      await gateway.operator.changePolicy(EVENT, { version: 2, policy: { mandatoryDisclosure: ['sellerKind'] } });
      expect(await offers()).to.be.empty;
    });

    it('of a cancelled event are no longer shown', async () => {
      await list();
      await gateway.operator.changeEvent(EVENT, { change: 0, action: 'cancel' });
      expect(await offers()).to.be.empty;
    });

    it('are paged, dead ones skipped', async () => {
      const other = aFan();
      const seats = ['floor:A:2', 'floor:A:3', 'floor:A:4', 'floor:B:1'];
      await gateway.operator.sell({ request: other.request({ seats }) });
      await list();
      for (const seat of seats)
        await gateway.operator.createListing(signListing({ ticket: `${EVENT}:${seat}` }, other));
      const withdrawn = await gateway.anybody.listing(`${EVENT}:floor:A:2`);
      await gateway.anybody.withdraw(signWithdrawal(withdrawn, other));
      const shown: string[][] = [];
      let after: string | undefined;
      do {
        const page = await gateway.anybody.listings(EVENT, { limit: '2', ...(after !== undefined && { after }) });
        shown.push(page.listings.map(({ ticket }) => ticket.slice(EVENT.length + 1)));
        after = page.next;
      } while (after !== undefined);
      expect(shown.flat()).to.deep.equal(['floor:A:1', 'floor:A:3', 'floor:A:4', 'floor:B:1']);
      expect(shown[0]).to.have.length(2);
    });

    it('of a ticket that was never listed are UNKNOWN_LISTING, of an event that does not exist UNKNOWN_EVENT', async () => {
      expect((await problemOf(gateway.anybody.listing(TICKET))).code).to.equal('UNKNOWN_LISTING');
      expect((await problemOf(gateway.anybody.listings('OrganizerMSP:nope'))).code).to.equal('UNKNOWN_EVENT');
    });
  });

  describe('purchases', () => {
    let listing: ListingResource;
    beforeEach(async () => {
      await list();
      listing = await gateway.anybody.listing(TICKET);
    });

    it('move ticket and money, and the receipt says where each unit went', async () => {
      const buyer = aFan();
      const purchase = signPurchase(listing, buyer);
      const first = await gateway.operator.resell(purchase);
      expect(first.body).to.deep.include({
        ticket: TICKET,
        change: 2,
        totalMinor: 2_100,
        currency: 'EUR',
        split: { commissionMinor: 200, royaltyMinor: 0, venueMinor: 0, proceedsMinor: 1_900, surplusMinor: 0 },
      });
      expect(await gateway.operator.resell(purchase)).to.deep.equal({ body: first.body, replayed: true });
      const ticket = await gateway.anybody.ticket(TICKET);
      expect(ticket).to.include({ holder: buyer.key.kid, paidMinor: 2_100, firstPriceMinor: 2_200, hops: 1 });
      expect(ticket.resales).to.deep.equal([
        { seller: seller.key.kid, reseller: 'OrganizerMSP', totalMinor: 2_100, ...first.body.split },
      ]);
      expect((await gateway.anybody.listing(TICKET)).state).to.equal('sold');
      expect(await gateway.anybody.holder(EVENT, buyer.key.kid)).to.include({ held: 1, boughtResale: 1 });
      const sold = { held: 0, resold: 1, balanceMinor: 1_900 };
      expect(await gateway.anybody.holder(EVENT, seller.key.kid)).to.include(sold);
    });

    it('need the operator, a signature, and this gateway’s organization', async () => {
      const purchase = signPurchase(listing, aFan());
      expect((await problemOf(gateway.anybody.resell(purchase))).code).to.equal('UNAUTHENTICATED');
      const before = gateway.network.submissions;
      const forged = purchase.replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));
      expect((await problemOf(gateway.operator.resell(forged))).code).to.equal('SIGNATURE_INVALID');
      const elsewhere = signPurchase(listing, aFan(), { reseller: 'ResellerMSP' });
      expect((await problemOf(gateway.operator.resell(elsewhere))).code).to.equal('NOT_AUTHORISED');
      expect(gateway.network.submissions).to.equal(before);
    });

    it('of what somebody else has bought meanwhile are refused', async () => {
      await gateway.operator.resell(signPurchase(listing, aFan()));
      const { problem } = await problemOf(gateway.operator.resell(signPurchase(listing, aFan())));
      expect(problem).to.deep.include({ code: 'STALE_TICKET', status: 409 });
    });
  });

  describe('payouts', () => {
    it('pay a seller once, and never more than the ledger owes him', async () => {
      await resell(gateway, { seller, buyer: aFan() });
      const payout = signPayout(seller, 1_500);
      const first = await gateway.operator.payout(payout);
      expect(first.body).to.include({ holder: seller.key.kid, amountMinor: 1_500, balanceMinor: 400, currency: 'EUR' });
      expect((await gateway.operator.payout(payout)).replayed).to.be.true;
      const { problem } = await problemOf(gateway.operator.payout(signPayout(seller, 401)));
      expect(problem).to.deep.include({ code: 'INSUFFICIENT_BALANCE', status: 409 });
      expect((await gateway.anybody.holder(EVENT, seller.key.kid)).balanceMinor).to.equal(400);
    });
  });
});
