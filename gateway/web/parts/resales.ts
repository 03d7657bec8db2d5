/** A ticket's resales: what each buyer paid and where it went; and the offer that is open. */
import { get, pathTo } from '../api.js';
import { el, table } from '../dom.js';
import { money } from '../format.js';
import type { Event, Listing, Ticket } from '../resources.js';
import { splitView } from './offers.js';
import { organizationName } from './organization-name.js';
import { short, time } from './text.js';

export function resalesView({ resales = [], firstPriceMinor }: Ticket, { currency }: Event): HTMLElement | undefined {
  if (resales.length === 0) return undefined;
  const amount = (minor: number) => money(minor, currency);
  const rows = resales.map((resale, index) => [
    index + 1,
    short(resale.seller),
    organizationName(resale.reseller),
    el('strong', {}, amount(resale.totalMinor)),
    amount(resale.proceedsMinor),
    amount(resale.surplusMinor),
    amount(resale.commissionMinor),
    amount(resale.royaltyMinor),
    amount(resale.venueMinor),
  ]);
  const heads = [
    'No.',
    'Seller',
    'Through',
    'Buyer paid',
    'Seller at once',
    'In escrow',
    'Platform',
    'Organizer',
    'Venue',
  ];
  return el(
    'section',
    {},
    el('h2', {}, 'Resales'),
    el('p', {}, `The first buyer paid ${amount(firstPriceMinor)}, fees included.`),
    table('What each buyer paid, and where it went', heads, rows),
    el('p', { class: 'quiet' }, 'What a seller makes beyond his own price stays in escrow until the event has ended.'),
  );
}

/** The open offer of a listed ticket. */
export async function offerView({ ticket }: Ticket, signal: AbortSignal): Promise<HTMLElement | undefined> {
  const listing = await get<Listing>(pathTo('tickets', ticket, 'listing'), signal);
  if (listing.state !== 'open') return undefined;
  return el(
    'section',
    { class: 'card offer' },
    el('h2', {}, 'For sale at ', money(listing.totalMinor, listing.currency), ' in all'),
    el(
      'p',
      {},
      'Through ',
      organizationName(listing.reseller),
      ' until ',
      time(new Date(listing.exp * 1_000).toISOString()),
    ),
    splitView(listing),
  );
}
