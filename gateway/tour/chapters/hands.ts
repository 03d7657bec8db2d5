/** A ticket changes hands: given to a friend, brought back to the seller, sold again under the next issue number, and refunded once. */
import type { SoldTicket } from '../../client/resources.js';
import type { Stage } from '../cast.js';
import { balanceOf } from '../exchange.js';
import type { TicketVersion } from '../fan.js';
import { pounds } from '../pounds.js';
import { PRICE_MINOR, STALLS } from './event.js';

/** @returns the version of the ticket that Cleo has then */
export async function tellHands(stage: Stage, sold: SoldTicket): Promise<TicketVersion> {
  const { narrator, reseller, fans } = stage;
  const { ada, ben, cleo } = fans;
  narrator.chapter(
    'From hand to hand',
    'A statement about a ticket names its issue and its change number. Every change adds one, so what was signed before is dead afterwards: no ticket can be given away twice.',
  );
  const { client } = reseller;
  const given = ada.transfer(sold, ben);
  const moved = await narrator.happens(
    'Ada gives A 12 to Ben; both sign',
    client.transfer(given.jws, ben.accept(given).jws),
  );
  const again = ada.transfer(sold, cleo);
  await narrator.refuses(
    'Ada gives the same ticket to Cleo as well',
    'STALE_TICKET',
    client.transfer(again.jws, cleo.accept(again).jws),
  );
  const current = { ...sold, change: moved.change };
  const stolen = ada.transfer(current, cleo);
  await narrator.refuses(
    'She names the new change number, but it is no longer hers',
    'NOT_THE_HOLDER',
    client.transfer(stolen.jws, cleo.accept(stolen).jws),
  );
  return tellReturn(stage, current);
}

/** What was returned is paid for when its place is sold again, and once. */
async function tellReturn(stage: Stage, { ticket, issue, change }: TicketVersion): Promise<TicketVersion> {
  const { narrator, reseller, venue, fans } = stage;
  const { ben, cleo } = fans;
  const { client, mspId: seller } = reseller;
  const back = ben.giveBack({ ticket, issue, change }, { allotment: STALLS, seller });
  await narrator.happens(`Ben can't come and brings it back to ${seller}`, client.takeBack(back.jws));
  const refund = () => venue.client.settle(ticket, issue);
  await narrator.refuses('His money is due when the place is sold again, or returns close', 'NOTHING_DUE', refund());
  const wish = { seller, seats: ['stalls:A:12'], currency: 'GBP', maxTotalMinor: PRICE_MINOR };
  const { tickets } = await narrator.happens(
    `Cleo buys the seat: the same place, the next issue`,
    client.sell({ request: cleo.purchase(wish).jws }),
  );
  const next = tickets[0]?.issue ?? 0;
  narrator.holds(`Her ticket is issue ${next}: Ben's old code opens no door`, next === issue + 1);
  const before = await balanceOf(stage, ben);
  await narrator.happens('Now it is due; anybody may have it settled', refund());
  const credited = (await balanceOf(stage, ben)) - before;
  narrator.holds(`${pounds(credited)} are on Ben's account`, credited === PRICE_MINOR);
  await narrator.refuses('Asked a second time, nothing is due any more', 'NOTHING_DUE', refund());
  return { ticket, issue: next, change: 0 };
}
