/** A ticket is sold on, twice: for less than it cost and for more, never for more than the first buyer paid. */
import type { TicketResource } from '../../client/resources.js';
import type { Stage } from '../cast.js';
import { offer, totalOf, type Offered, type Terms } from '../exchange.js';
import type { Fan, TicketVersion } from '../fan.js';
import { StoryBroken } from '../narrator.js';
import { pounds } from '../pounds.js';
import { PRICE_MINOR } from './event.js';

const CHEAP: Terms = { askMinor: 2_999, sellerFeeMinor: 149, buyerFeeMinor: 220 };
/** With the buyer's fee exactly what the first buyer paid. */
const DEAR: Terms = { askMinor: 4_550, sellerFeeMinor: 227, buyerFeeMinor: 300 };
const PENNY_TOO_DEAR: Terms = { ...DEAR, askMinor: DEAR.askMinor + 1 };

/** @param ticket Ada's @returns the version of it that Cleo has then */
export async function tellResale(stage: Stage, ticket: TicketVersion): Promise<TicketVersion> {
  const { narrator, reseller, fans } = stage;
  const { ada, ben, cleo } = fans;
  narrator.chapter(
    'Sold on',
    `Ada can't use her second ticket and offers it through ${reseller.mspId}. What a buyer pays, all fees in it, may not exceed the ${pounds(PRICE_MINOR)} that the first one paid, however often the ticket changes hands.`,
  );
  const list = ({ statement }: Offered) => reseller.client.createListing(statement.jws);
  await narrator.refuses(
    `Her price is below that; with the buyer's fee of ${pounds(PENNY_TOO_DEAR.buyerFeeMinor)} it is a penny above`,
    'PRICE_ABOVE_CAP',
    list(offer(stage, ada, ticket, PENNY_TOO_DEAR)),
  );
  await quoteResale(stage, CHEAP);
  const bargain = offer(stage, ada, ticket, CHEAP);
  const listed = await narrator.happens('Ada offers A 13 for a quick sale; the reseller takes it on', list(bargain));
  const bens = await tellBargain(stage, { ...ticket, change: listed.change }, bargain);
  const dear = offer(stage, ben, bens, DEAR);
  const again = await narrator.happens('Ben offers it again, now at the cap to the penny', list(dear));
  const cleos = await buy(stage, { ...bens, change: again.change }, dear, cleo);
  await narrator.refuses(
    'Two hops on, the cap is still what Ada paid: Cleo asks a penny more',
    'PRICE_ABOVE_CAP',
    list(offer(stage, cleo, cleos, PENNY_TOO_DEAR)),
  );
  return tellWithdrawal(stage, cleos);
}

async function tellWithdrawal(stage: Stage, version: TicketVersion): Promise<TicketVersion> {
  const { narrator, reseller, fans } = stage;
  const offered = offer(stage, fans.cleo, version, DEAR);
  const { change } = await narrator.happens(
    'She offers it for what she paid',
    reseller.client.createListing(offered.statement.jws),
  );
  const listed = { ...version, change };
  const withdrawn = await narrator.happens(
    'She takes the offer back: she wants to go after all',
    reseller.client.withdraw(fans.cleo.withdraw(listed, offered.statement.digest).jws),
  );
  await narrator.refuses(
    'Ada comes too late',
    'STALE_TICKET',
    reseller.client.resell(fans.ada.take(listed, offered.taking).jws),
  );
  return { ...version, change: withdrawn.change };
}

async function tellBargain(stage: Stage, listed: TicketVersion, offered: Offered): Promise<TicketVersion> {
  const { narrator, reseller, venue, event, fans } = stage;
  const { ben } = fans;
  const { listings } = await venue.client.listings(event);
  narrator.holds('Everybody sees the offer and what it costs in all', listings[0]?.totalMinor === totalOf(CHEAP));
  const less = { ...offered.taking, totalMinor: offered.taking.totalMinor - 1 };
  await narrator.refuses(
    'Ben signs for a penny less',
    'PRICE_MISMATCH',
    reseller.client.resell(ben.take(listed, less).jws),
  );
  return buy(stage, listed, offered, ben);
}

async function buy(stage: Stage, listed: TicketVersion, { taking }: Offered, buyer: Fan): Promise<TicketVersion> {
  const { narrator, reseller } = stage;
  const { change } = await narrator.happens(
    `${buyer.name} buys it for ${pounds(taking.totalMinor)}: ticket and money change hands in one step`,
    reseller.client.resell(buyer.take(listed, taking).jws),
  );
  tellSplit(stage, await reseller.client.ticket(listed.ticket));
  return { ...listed, change };
}

/** Where each penny of the last resale went. */
function tellSplit({ narrator, reseller, organizer, venue }: Stage, { resales = [] }: TicketResource): void {
  const resale = resales.at(-1);
  if (!resale) throw new StoryBroken('the ticket was never resold');
  const parts = [
    [reseller.mspId, resale.commissionMinor, 'commission, of seller and buyer'],
    [organizer.mspId, resale.royaltyMinor, 'royalty'],
    [venue.mspId, resale.venueMinor, "the venue's share"],
    ['the seller', resale.proceedsMinor, 'at once, up to what the ticket had cost'],
    ['in escrow', resale.surplusMinor, "the seller's gain, until the event has taken place"],
  ] as const;
  for (const [payee, amountMinor, why] of parts) narrator.fact(payee, `${pounds(amountMinor).padStart(8)}  ${why}`);
  const sum = parts.reduce((total, [, amountMinor]) => total + amountMinor, 0);
  narrator.holds(`That is ${pounds(resale.totalMinor)}, to the penny`, sum === resale.totalMinor);
}

/** What the gateway tells anybody who asks what a price would come to. */
async function quoteResale({ narrator, organizer, event }: Stage, terms: Terms): Promise<void> {
  const asked = Object.entries(terms).map(([name, minor]) => [name, String(minor)] as const);
  const { resale } = await organizer.client.policy(event, { priceClass: 'stalls', ...Object.fromEntries(asked) });
  narrator.says(`For ${pounds(terms.askMinor)} the gateway explains:`);
  narrator.quotes(resale?.text ?? []);
  narrator.holds('The rules allow that', resale?.allowed === true);
}
