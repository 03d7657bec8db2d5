/** Races on the secondary market and for money, through real gateways: one ticket, one allowance or one balance, wanted by several at once. */
import { expect } from 'chai';
import { ticketPlace } from '../../../chaincode/domain/ids.js';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { accepted, attempt, readEverywhere, type Attempt } from '../../support/attempts.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { aListing, aResale, type TestListing } from '../../support/resales.js';
import { aPayout } from '../../support/settlements.js';
import {
  anEventChange,
  aSale,
  aTransfer,
  EVENT_POLICY,
  held,
  newId,
  newKey,
  type Command,
  type TestKey,
} from '../../support/statements.js';

const TICKETS = 10;
const LIMIT = 4;
const SETTLEMENTS = 20;
const PRICE_MINOR = 2_200;
/** What the seller of a ticket at 20.00 has of it, and what he wants paid at a time. */
const PROCEEDS_MINOR = 1_900;
const PAYOUT_MINOR = 500;
const PAYOUTS = 12;

type Rival = readonly [gateway: Party, command: Command];

describe('races between gateways for what is sold on', () => {
  let network: RealNetwork;
  let parties: readonly Party[];
  let scene: LiveScene;

  const ticketOf = ({ ticket: { ticket } }: TestListing) =>
    network.venue.ledger.records.read(ticketKey(scene.event.event, ticketPlace(ticket)));
  const holderOf = ({ kid }: TestKey) => network.venue.ledger.records.read(holderKey(scene.event.event, kid));

  /** Tickets on offer in a row, through the one reseller or the other: an organizer may be one too. */
  async function offers(row: string, count: number, { mspId, ledger } = network.reseller) {
    const sales = Array.from({ length: count }, (_, seat) =>
      aSale(scene.floor, { seats: [`floor:${row}:${seat + 1}`] }),
    );
    const listings = sales.map((sale) => aListing(held(sale), scene.floor, { reseller: mspId }));
    await ledger.accept(
      [...sales, ...listings].map(({ command }) => command),
      EVERYBODY,
    );
    return listings;
  }

  /** All at once, and every peer knows what came of it. */
  async function race(rivals: readonly Rival[]): Promise<readonly Attempt[]> {
    const attempts = await Promise.all(rivals.map(([gateway, command]) => attempt(gateway, command)));
    await readEverywhere(network, attempts);
    return attempts;
  }
  const codesOf = (attempts: readonly Attempt[]) => attempts.map(({ code }) => code).sort();

  before(async () => {
    network = await realNetwork();
    parties = [network.organizer, network.reseller, network.venue];
  });

  beforeEach(async () => {
    scene = liveScene({ policy: { ...EVENT_POLICY, perPersonLimit: { primary: 100, resale: LIMIT } } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  });

  it(`sell each of ${TICKETS} tickets to one of two buyers`, async () => {
    const listings = await offers('A', TICKETS);
    await Promise.all(
      listings.map(async (listing) => {
        const [first, second] = [aResale(listing), aResale(listing)];
        const attempts = await race([first, second].map(({ command }) => [network.reseller, command]));
        expect(codesOf(attempts)).to.deep.equal(['STALE_TICKET', 'accepted']);
        const winner = attempts[0]!.code === 'accepted' ? first : second;
        expect(await ticketOf(listing)).to.include({ holder: winner.ticket.holder.kid, hops: 1, state: 'sold' });
        const seller = { held: 0, boughtPrimary: 1, resold: 1, balanceMinor: PROCEEDS_MINOR };
        expect(await holderOf(listing.ticket.holder)).to.deep.equal(seller);
      }),
    );
  });

  it(`give each of ${TICKETS} tickets to its buyer or to its seller's friend`, async () => {
    const listings = await offers('A', TICKETS);
    await Promise.all(
      listings.map(async (listing) => {
        const { ticket } = listing;
        const [buyer, friend] = [newKey(), newKey()];
        const attempts = await race([
          [network.reseller, aResale(listing, buyer).command],
          [network.venue, aTransfer(ticket, friend)],
        ]);
        expect(codesOf(attempts)).to.deep.equal(['STALE_TICKET', 'accepted']);
        const sold = attempts[0]!.code === 'accepted';
        expect(await ticketOf(listing)).to.include({ holder: (sold ? buyer : friend).kid, hops: 1 });
        expect((await holderOf(ticket.holder))?.balanceMinor).to.equal(sold ? PROCEEDS_MINOR : undefined);
      }),
    );
  });

  it('take one of two offers of a ticket that are made to two resellers', async () => {
    const listings = await offers('A', TICKETS);
    for (const attempts of await Promise.all(
      listings.map(({ ticket }) =>
        race(
          [network.reseller, network.organizer].map((gateway) => [
            gateway,
            aListing(ticket, scene.floor, { reseller: gateway.mspId }).command,
          ]),
        ),
      ),
    ))
      expect(codesOf(attempts)).to.deep.equal(['STALE_TICKET', 'accepted']);
    for (const listing of listings) expect(await ticketOf(listing)).to.include({ state: 'listed', change: 2 });
  });

  it('never let a buyer above his limit at two resellers', async () => {
    const resellers = [network.reseller, network.organizer];
    const rows = await Promise.all(resellers.map((reseller, index) => offers('AB'[index]!, 2 * LIMIT, reseller)));
    const buyer = newKey();
    const attempts = await race(
      rows.flatMap((row, index) => row.map((listing) => [resellers[index]!, aResale(listing, buyer).command] as const)),
    );
    expect(accepted(attempts)).to.have.length(LIMIT);
    for (const { code } of attempts) expect(code).to.be.oneOf(['accepted', 'PERSON_LIMIT_REACHED']);
    expect(await holderOf(buyer)).to.deep.equal({ held: LIMIT, boughtPrimary: 0, boughtResale: LIMIT });
  });

  it(`settle a cancelled ticket once, whoever of three asks how often: ${SETTLEMENTS} at once`, async () => {
    const sale = aSale(scene.floor);
    await network.reseller.ledger.accept([sale.command], EVERYBODY);
    await network.organizer.ledger.accept([anEventChange(scene.event)], EVERYBODY);
    const [ticket] = sale.tickets;
    const attempts = await race(
      Array.from({ length: SETTLEMENTS }, (_, index) => [
        parties[index % parties.length]!,
        { kind: 'ticket.settle', id: newId(), ticket, issue: 1 },
      ]),
    );
    expect(accepted(attempts)).to.have.length(1);
    for (const { code } of attempts) expect(code).to.be.oneOf(['accepted', 'NOTHING_DUE']);
    expect(await holderOf(sale.buyer)).to.deep.equal({ held: 0, boughtPrimary: 0, balanceMinor: PRICE_MINOR });
  });

  it('never pay out more than a balance, whoever of three pays', async () => {
    const [listing] = await offers('A', 1);
    await race([[network.reseller, aResale(listing!).command]]);
    const { holder } = listing!.ticket;
    const attempts = await race(
      Array.from({ length: PAYOUTS }, (_, index) => {
        const payer = parties[index % parties.length]!;
        return [payer, aPayout(scene.event, holder, PAYOUT_MINOR, { payer: payer.mspId })];
      }),
    );
    expect(accepted(attempts)).to.have.length(Math.floor(PROCEEDS_MINOR / PAYOUT_MINOR));
    for (const { code } of attempts) expect(code).to.be.oneOf(['accepted', 'INSUFFICIENT_BALANCE']);
    expect((await holderOf(holder))?.balanceMinor).to.equal(PROCEEDS_MINOR % PAYOUT_MINOR);
  });
});
