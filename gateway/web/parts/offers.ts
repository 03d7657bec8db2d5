/** What can be bought second hand: each place with all that its buyer pays, where that goes, and what the seller says. It follows the ledger. */
import { get, pathTo } from '../api.js';
import { button, el, link, table, type Child } from '../dom.js';
import { money, partsOfTicket, placeWords } from '../format.js';
import type { Listing } from '../resources.js';
import { organizationName } from './organization-name.js';
import { orProblem } from './problem.js';
import { time } from './text.js';

interface ListingPage {
  readonly listings: readonly Listing[];
  readonly next?: string | undefined;
}

export interface Offers {
  readonly section: HTMLElement;
  /** Asks again, unless more than the first page is shown: nobody's place in a long list is taken away. */
  refresh(): void;
}

export function offersOf(event: string, signal: AbortSignal): Offers {
  const list = el('div', {}, el('p', { class: 'loading' }, 'Looking for offers…'));
  const more = el('p', { class: 'actions' });
  let shown: readonly Listing[] = [];
  let pages = 0;
  const load = async (after?: string) => {
    const query = new URLSearchParams({ limit: '50', ...(after !== undefined && { after }) });
    const path = `${pathTo('events', event, 'listings')}?${query.toString()}`;
    const { listings, next } = await get<ListingPage>(path, signal);
    const known = after === undefined ? listings : [...shown, ...listings];
    pages = after === undefined ? 1 : pages + 1;
    if (
      pages === 1 &&
      list.childElementCount > 0 &&
      JSON.stringify(known) === JSON.stringify(shown) &&
      known.length > 0
    )
      return;
    shown = known;
    list.replaceChildren(shown.length === 0 ? nothing() : offerTable(shown));
    const again = () => void orProblem(load(next), more);
    more.replaceChildren(...(next === undefined ? [] : [button('More offers', again)]));
  };
  void orProblem(load(), list);
  const section = el('section', { class: 'offers' }, el('h2', {}, 'Second hand'), list, more);
  return {
    section,
    refresh: () => {
      if (pages === 1) void load().catch(() => undefined);
    },
  };
}

const nothing = () => el('p', { class: 'empty' }, 'Nobody offers a ticket for resale at the moment.');

const offerTable = (listings: readonly Listing[]): HTMLElement =>
  table(
    'Tickets that their holders offer, at a fixed price',
    ['Place', 'You pay in all', 'Of that', 'The seller says', 'Through', 'Until'],
    listings.map((listing) => [
      link(['tickets', listing.ticket], placeWords(partsOfTicket(listing.ticket).place)),
      el('strong', {}, money(listing.totalMinor, listing.currency)),
      splitView(listing),
      saidBy(listing),
      organizationName(listing.reseller),
      time(new Date(listing.exp * 1_000).toISOString()),
    ]),
  );

const SHARES = [
  ['sellerMinor', 'to the seller'],
  ['commissionMinor', 'to the platform'],
  ['royaltyMinor', 'to the organizer'],
  ['venueMinor', 'to the venue'],
] as const;

export function splitView({ split, currency }: Listing): HTMLElement {
  const shares = SHARES.filter(([name]) => (split?.[name] ?? 0) > 0);
  return el(
    'ul',
    { class: 'plain' },
    ...shares.map(([name, words]) => el('li', {}, `${money(split?.[name] ?? 0, currency)} ${words}`)),
  );
}

const KINDS = { consumer: 'not a trader', trader: 'a trader' } as const;

/** What the listing discloses: the ledger has checked what it knows, the rest is the seller's word. */
function saidBy({ disclosure, currency }: Listing): Child {
  const { faceValue, restrictions, sellerKind, connection } = disclosure;
  const said = [
    faceValue === undefined ? [] : [`face value ${money(faceValue, currency)}`],
    sellerKind === undefined ? [] : [KINDS[sellerKind]],
    connection === undefined
      ? []
      : [connection === 'none' ? 'connected with nobody' : `connected with the ${connection}`],
    restrictions === undefined ? [] : [restrictions],
  ].flat();
  if (said.length === 0) return el('span', { class: 'nothing' }, 'nothing');
  return el('ul', { class: 'plain' }, ...said.map((words) => el('li', {}, words)));
}
