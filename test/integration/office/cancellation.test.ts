/**
 * Money from the first sale to the last payout, through REST alone: tickets change hands for money and without, the event is cancelled, everybody is
 * even, and the statements of all organizations say so to the minor unit.
 */
import { expect } from 'chai';
import type { Receipt } from '../../../gateway/client/resources.js';
import { Fan, type Offer, type TicketVersion } from '../../../gateway/tour/fan.js';
import { codeOf } from '../../support/code-of.js';
import { openSchedule } from '../../support/live-scene.js';
import { EVERYBODY, ORGANIZER, realNetwork, RESELLER, VENUE, type RealNetwork } from '../../support/real-network.js';
import { settled } from '../../support/rest.js';

const EVENT = `${ORGANIZER}:cancellation`;
/** Nobody else's on this network, so that every line of it is told here. */
const CURRENCY = 'HUF';
const PRICE_MINOR = 10_001 + 777 + 111;
const STALLS = {
  allotment: 'stalls',
  seller: RESELLER,
  priceClass: 'standard',
  facePriceMinor: 10_001,
  fees: [
    { kind: 'service', payee: RESELLER, amountMinor: 777 },
    { kind: 'levy', payee: VENUE, amountMinor: 111 },
  ],
  seats: { section: 'stalls', rows: [['A', 1, 10] satisfies [string, number, number]] },
};
/** Shares that never come out even, on top of what the seller asks. */
const POLICY = {
  capBps: 20_000,
  organizerRoyaltyBps: 777,
  venueBps: 333,
  feePayer: 'buyer',
  returnDeadlineSeconds: 0,
} as const;
const FEES = { sellerFeeMinor: 333, buyerFeeMinor: 222 };
/** 7.77% and 3.33% of it, and the buyer's fee. */
const DEAR = { askMinor: 15_000, totalMinor: 15_000 + 1_165 + 499 + 222 };
const CHEAP = { askMinor: 9_999, totalMinor: 9_999 + 776 + 332 + 222 };

describe('money', () => {
  let network: RealNetwork;
  let ada: Fan;
  let ben: Fan;
  let cleo: Fan;
  let resold: TicketVersion;
  let returned: TicketVersion;
  let given: TicketVersion;
  let block = 0;

  /** Whoever asks next sees it, whomever he asks. */
  async function done<R extends Pick<Receipt, 'block'>>(answer: Promise<{ readonly body: R }>): Promise<R> {
    const { body } = await answer;
    block = body.block!;
    await settled([network.organizer, network.reseller, network.venue], block);
    return body;
  }

  async function buy(buyer: Fan, ...places: readonly string[]): Promise<readonly TicketVersion[]> {
    const seats = places.map((place) => `stalls:A:${place}`);
    const wish = { seller: RESELLER, seats, currency: CURRENCY, maxTotalMinor: PRICE_MINOR * seats.length };
    return (await done(network.reseller.client.sell({ request: buyer.purchase(wish).jws }))).tickets;
  }

  async function sellOn(seller: Fan, buyer: Fan, price: Pick<Offer, 'askMinor' | 'totalMinor'>) {
    const { client } = network.reseller;
    const deal = { allotment: STALLS.allotment, reseller: RESELLER, totalMinor: price.totalMinor, currency: CURRENCY };
    const offered = seller.offer(resold, { ...deal, ...FEES, askMinor: price.askMinor, disclosure: {} });
    const { listing, change } = await done(client.createListing(offered.jws));
    const taken = buyer.take({ ...resold, change }, { ...deal, listing, seller: seller.holder });
    const receipt = await done(client.resell(taken.jws));
    resold = { ...resold, change: receipt.change };
    return receipt.split;
  }

  const balances = () =>
    Promise.all(
      [ada, ben, cleo].map(async ({ holder }) => (await network.venue.client.holder(EVENT, holder)).balanceMinor),
    );

  /** What each organization has gained so far; with holders and escrow that is nothing. */
  async function booked(): Promise<readonly number[]> {
    const statements = EVERYBODY.map((organization) =>
      network.organizer.client.statement({ organization, currency: CURRENCY, through: block }),
    );
    const gains = (await Promise.all(statements)).map(({ closingBalanceMinor }) => closingBalanceMinor);
    const { resales = [] } = await network.venue.client.ticket(resold.ticket);
    const everything = [...gains, ...(await balances()), ...resales.map(({ surplusMinor }) => surplusMinor)];
    expect(sumOf(everything), everything.join(' ')).to.equal(0);
    return gains;
  }

  before(async () => {
    network = await realNetwork();
    const { channel } = network.organizer.profile;
    [ada, ben, cleo] = ['Ada', 'Ben', 'Cleo'].map((name) => new Fan({ name, channel, event: EVENT })) as [
      Fan,
      Fan,
      Fan,
    ];
    const { client } = network.organizer;
    const event = { event: EVENT, name: 'The cancellation', venue: VENUE, currency: CURRENCY };
    await done(client.createEvent({ ...event, schedule: openSchedule(), policy: POLICY }));
    await done(client.createAllotment(EVENT, STALLS));
  });

  it('is owed by the seller that collected it', async () => {
    [resold, returned] = (await buy(ada, '1', '2')) as [TicketVersion, TicketVersion];
    [given] = (await buy(cleo, '3')) as [TicketVersion];
    expect(await booked()).to.deep.equal([3 * 10_001, 3 * 777 - 3 * PRICE_MINOR, 3 * 111]);
  });

  it('is divided to the minor unit when a ticket is sold on, and a gain waits in escrow', async () => {
    const fees = { commissionMinor: 555, royaltyMinor: 1_165, venueMinor: 499 };
    const gained = { proceedsMinor: PRICE_MINOR, surplusMinor: 14_667 - PRICE_MINOR };
    expect(await sellOn(ada, ben, DEAR)).to.deep.equal({ ...fees, ...gained });
    await booked();
    const less = { commissionMinor: 555, royaltyMinor: 776, venueMinor: 332 };
    expect(await sellOn(ben, cleo, CHEAP)).to.deep.equal({ ...less, proceedsMinor: 9_666, surplusMinor: 0 });
    await booked();
    expect(await balances()).to.deep.equal([PRICE_MINOR, 9_666, 0]);
  });

  it('does not move with a ticket that is given away or given back', async () => {
    const before = await booked();
    const transfer = cleo.transfer(given, ben);
    await done(network.venue.client.transfer(transfer.jws, ben.accept(transfer).jws));
    await done(network.reseller.client.takeBack(ada.giveBack(returned, { allotment: 'stalls', seller: RESELLER }).jws));
    expect(await booked()).to.deep.equal(before);
    expect(await codeOf(network.venue.client.settle(returned.ticket))).to.equal('NOTHING_DUE');
  });

  it('comes back to everybody when the event is cancelled', async () => {
    const { client } = network.venue;
    await done(network.organizer.client.changeEvent(EVENT, { change: 0, action: 'cancel' }));
    const announced = await client.settlement(resold.ticket);
    const { paid } = await done(client.settle(resold.ticket));
    expect(paid).to.deep.equal(announced.due);
    expect(new Map(paid.map(({ holder, amountMinor }) => [holder, amountMinor]))).to.deep.equal(
      new Map([
        [ben.holder, DEAR.totalMinor - 9_666],
        [cleo.holder, CHEAP.totalMinor],
      ]),
    );
    for (const { ticket } of [returned, given]) await done(client.settle(ticket));
    for (const { ticket } of [resold, returned, given])
      expect(await codeOf(client.settle(ticket)), ticket).to.equal('NOTHING_DUE');
    expect(await balances()).to.deep.equal([2 * PRICE_MINOR, DEAR.totalMinor + PRICE_MINOR, CHEAP.totalMinor]);
    const collectedMinor = 3 * PRICE_MINOR + DEAR.totalMinor + CHEAP.totalMinor;
    expect(await booked()).to.deep.equal([0, -collectedMinor, 0]);
  });

  it('is paid out by whom each asks, who is owed it then', async () => {
    const { organizer, reseller, venue } = network;
    const owed = await balances();
    for (const [index, [fan, payer]] of (
      [
        [ada, reseller],
        [ben, organizer],
        [cleo, venue],
      ] as const
    ).entries()) {
      const payout = fan.collect({ payer: payer.mspId, amountMinor: owed[index]!, currency: CURRENCY });
      expect(await done(payer.client.payout(payout.jws))).to.include({ balanceMinor: 0 });
    }
    expect(await balances()).to.deep.equal([0, 0, 0]);
    const [adas = 0, bens = 0, cleos = 0] = owed;
    expect(await booked()).to.deep.equal([bens, adas - sumOf(owed), cleos]);
  });
});

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, minor) => sum + minor, 0);
