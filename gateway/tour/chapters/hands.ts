/** A ticket changes hands: given to a friend, brought back to the seller, sold again under the next issue number. */
import type { SoldTicket } from '../../client/resources.js';
import type { Stage } from '../cast.js';
import type { Fan, TicketVersion } from '../fan.js';
import { PRICE_MINOR, STALLS } from './event.js';

/** @returns the version of the ticket that Cleo has then */
export async function tellHands(
  { narrator, reseller }: Stage,
  sold: SoldTicket,
  { ada, ben, cleo }: Readonly<Record<'ada' | 'ben' | 'cleo', Fan>>,
): Promise<TicketVersion> {
  narrator.chapter(
    'From hand to hand',
    'A statement about a ticket names its issue and its change number. Every change adds one, so what was signed before is dead afterwards: no ticket can be given away twice.',
  );
  const { client, mspId: seller } = reseller;
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
  const back = ben.giveBack(current, { allotment: STALLS, seller });
  await narrator.happens(`Ben can't come and brings it back to ${seller}`, client.takeBack(back.jws));
  const wish = { seller, seats: ['stalls:A:12'], currency: 'GBP', maxTotalMinor: PRICE_MINOR };
  const { tickets } = await narrator.happens(
    `Cleo buys the seat: the same place, the next issue`,
    client.sell({ request: cleo.purchase(wish).jws }),
  );
  const [ticket] = tickets;
  narrator.holds(`Her ticket is issue ${ticket?.issue ?? 0}: Ben's old code opens no door`, ticket?.issue === 2);
  return { ticket: sold.ticket, issue: 2, change: 0 };
}
