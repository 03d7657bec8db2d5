/** One allotment in the list of an event: its name, seller, how much is free, and a small map once it is in view. */
import { get, pathTo } from '../api.js';
import { el, link } from '../dom.js';
import { count, money } from '../format.js';
import type { Allotment, Availability, Event } from '../resources.js';
import { rowsOf, sectionOf } from '../seats.js';
import { badge } from '../words.js';
import type { InView } from './in-view.js';
import { organizationName } from './organization-name.js';
import { drawSection } from './seat-map.js';

export function allotmentCard(event: Event, allotment: Allotment, inView: InView): HTMLElement {
  const { seller, state, places } = allotment;
  const section = sectionOf(allotment);
  const map = el('div', { class: 'thumb' });
  const free = el('p', { class: 'free-count' }, `${count(places)} places`);
  const item = el(
    'li',
    { class: 'card allotment' },
    el(
      'h4',
      {},
      link(['events', event.event, allotment.allotment], section),
      state === 'closed' ? badge('closed', 'quiet') : undefined,
    ),
    map,
    free,
    el('p', { class: 'quiet' }, 'by ', organizationName(seller)),
  );
  let turn = 0;
  const refresh = async () => {
    const mine = ++turn;
    try {
      const now = await get<Availability>(
        pathTo('events', event.event, 'allotments', allotment.allotment, 'availability'),
      );
      if (mine !== turn) return;
      map.replaceChildren(drawSection(rowsOf(allotment, now), 'small').map);
      free.replaceChildren(el('strong', {}, count(now.free)), ` free of ${count(now.places)}`);
    } catch {
      free.replaceChildren(`${count(places)} places; how many are free is not known now`);
    }
  };
  inView.observe(item, () => void refresh());
  return item;
}

export const feesMinor = ({ fees }: Allotment): number => fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** £95.00 = £90.00 + £5.00 fees */
export function priceWords(allotment: Allotment, currency: string): string {
  const fees = feesMinor(allotment);
  const total = money(allotment.facePriceMinor + fees, currency);
  return fees === 0
    ? `${total}, no fees`
    : `${total} = ${money(allotment.facePriceMinor, currency)} + ${money(fees, currency)} fees`;
}
