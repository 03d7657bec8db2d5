/** One allotment: what it costs and where the money goes, and its map, which follows the ledger. */
import { get, pathTo } from '../api.js';
import { el, facts, link } from '../dom.js';
import { count, money } from '../format.js';
import { feesMinor } from '../parts/allotment-card.js';
import { organizationName } from '../parts/organization-name.js';
import { LiveMap } from '../parts/live-map.js';
import type { Beat, Pulse } from '../pulse.js';
import type { Allotment, Availability, Event } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { sectionOf } from '../seats.js';
import { badge } from '../words.js';

export async function allotmentPage(
  [id = '', name = '']: readonly string[],
  { signal }: Visit,
  pulse: Pulse,
): Promise<Page> {
  const path = pathTo('events', id, 'allotments', name);
  let wanted = pulse.block;
  const [event, allotment, first] = await Promise.all([
    get<Event>(pathTo('events', id), signal),
    get<Allotment>(path, signal),
    get<Availability>(`${path}/availability`, signal),
  ]);
  const live = new LiveMap(event.event, allotment);
  live.show(first);
  const follow = async ({ block, answering }: Beat) => {
    if (block !== wanted) {
      wanted = block;
      const now = await get<Availability>(`${path}/availability`, signal);
      // A later question may have been answered meanwhile.
      if (block !== wanted) return;
      live.show(now);
    }
    live.asOf(block === undefined ? '' : `As of block ${count(block)}`, answering);
  };
  pulse.subscribe(signal, (beat) => void follow(beat).catch(() => live.asOf('', false)));
  const title = `Section ${sectionOf(allotment)}`;
  const crumbs = el(
    'nav',
    { class: 'crumbs', 'aria-label': 'Path' },
    link([], 'Season'),
    ' / ',
    link(['events', id], event.name),
  );
  const closed = allotment.state === 'closed' ? badge('closed by its seller', 'quiet') : undefined;
  const heading = el('div', { class: 'heading' }, el('h1', {}, title, ' ', closed), live.status);
  return {
    title: `${title} · ${event.name}`,
    content: [crumbs, heading, ...live.nodes, priceOf(allotment, event.currency)],
  };
}

function priceOf(allotment: Allotment, currency: string): HTMLElement {
  const { seller, priceClass, facePriceMinor, fees } = allotment;
  return el(
    'section',
    {},
    el('h2', {}, 'Price'),
    facts([
      ['Class', priceClass],
      ['Seller', organizationName(seller)],
      ['Face price', money(facePriceMinor, currency)],
      ...fees.map(
        ({ kind, payee, amountMinor }) =>
          [`Fee: ${kind}`, money(amountMinor, currency), ' to ', organizationName(payee)] as const,
      ),
      ['Total', el('strong', {}, money(facePriceMinor + feesMinor(allotment), currency))],
    ]),
    el('p', { class: 'quiet' }, 'The organizer signed this price; a sale at any other is refused.'),
  );
}
