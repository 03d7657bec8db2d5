/** What is on: the events of the ledger, the next one first. */
import { get } from '../api.js';
import { button, el, link } from '../dom.js';
import { time } from '../parts/text.js';
import { organizationName } from '../parts/organization-name.js';
import { orProblem } from '../parts/problem.js';
import type { Event } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { eventBadge, gatesOf, gateWords, policyWords } from '../words.js';

const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric' });
const MONTH = new Intl.DateTimeFormat(undefined, { month: 'short' });
const YEAR = new Intl.DateTimeFormat(undefined, { year: 'numeric' });

interface EventList {
  readonly events: readonly Event[];
  readonly next?: string | undefined;
}

export async function seasonPage(_: readonly string[], { signal }: Visit): Promise<Page> {
  const known: Event[] = [];
  const list = el('ol', { class: 'cards' });
  const more = el('p', { class: 'actions' });
  const load = async (after?: string) => {
    const query = new URLSearchParams({ limit: '50', ...(after !== undefined && { after }) });
    const { events, next } = await get<EventList>(`/v1/events?${query.toString()}`, signal);
    known.push(...events);
    // Ids have no order in time; those that are over come last.
    const now = new Date().toISOString();
    const over = (event: Event) => Number(event.schedule.endsAt < now);
    known.sort((a, b) => over(a) - over(b) || a.schedule.startsAt.localeCompare(b.schedule.startsAt));
    list.replaceChildren(...known.map(card));
    more.replaceChildren(
      ...(next === undefined ? [] : [button('More events', () => void orProblem(load(next), more))]),
    );
  };
  await load();
  const intro = el(
    'p',
    { class: 'lead' },
    'Every price, seller and sale below is a signed record that several organizations keep together.',
  );
  const nothing = el('p', { class: 'empty' }, 'Nothing is on yet: no organizer has created an event.');
  return { title: 'Season', content: [el('h1', {}, 'Season'), intro, known.length === 0 ? nothing : list, more] };
}

function card(event: Event): HTMLElement {
  const starts = new Date(event.schedule.startsAt);
  const gates = gatesOf(event).map((name) => {
    const { title, badge, words } = gateWords(event, name);
    return el('li', {}, el('span', { class: 'gate' }, title), badge, el('span', { class: 'when' }, ...words));
  });
  const day = el('span', { class: 'day' }, DAY.format(starts));
  return el(
    'li',
    { class: 'card event' },
    el('div', { class: 'tile', 'aria-hidden': 'true' }, MONTH.format(starts), day, YEAR.format(starts)),
    el(
      'article',
      {},
      el('h2', {}, link(['events', event.event], event.name)),
      el(
        'p',
        { class: 'byline' },
        eventBadge(event),
        ' ',
        time(event.schedule.startsAt),
        ' · ',
        organizationName(event.venue),
      ),
      el('ul', { class: 'gates' }, ...gates),
      el('p', { class: 'quiet' }, ...policyWords(event).flatMap((sentence) => [...sentence, ' '])),
    ),
  );
}
