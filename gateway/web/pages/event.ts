/** An event: when, by which rules, and every allotment with its price and a small map that follows the ledger. */
import { get, pathTo } from '../api.js';
import { el, facts, link } from '../dom.js';
import { count, plural } from '../format.js';
import { time } from '../parts/text.js';
import { credentialsOf } from '../parts/credentials.js';
import { marketsOf } from '../parts/markets.js';
import { offersOf } from '../parts/offers.js';
import { rulesOf } from '../parts/rules.js';
import { InView } from '../parts/in-view.js';
import { organizationName } from '../parts/organization-name.js';
import { priceClasses } from '../parts/price-classes.js';
import type { Pulse } from '../pulse.js';
import type { Allotment, Event } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { eventBadge, gatesOf, gateWords, policyWords } from '../words.js';

/** More than a house has. */
const MAX_PAGES = 20;

export async function eventPage([id = '']: readonly string[], { signal }: Visit, pulse: Pulse): Promise<Page> {
  let shown = pulse.block;
  const [event, allotments] = await Promise.all([get<Event>(pathTo('events', id), signal), allAllotments(id, signal)]);
  const inView = new InView(signal);
  const offers = offersOf(id, signal);
  const asOf = el('p', { class: 'as-of' });
  const state = el('div', { class: 'state' }, ...stateOf(event));
  pulse.subscribe(signal, ({ block, answering }) => {
    asOf.replaceChildren(
      block === undefined ? '' : `As of block ${count(block)}`,
      answering ? '' : ', and no answer since',
    );
    if (block !== shown) {
      inView.again();
      offers.refresh();
      void get<Event>(pathTo('events', id), signal).then(
        (now) => state.replaceChildren(...stateOf(now)),
        () => undefined,
      );
    }
    shown = block;
  });
  const heading = el('div', { class: 'heading' }, el('h1', {}, event.name), asOf);
  const seats = el('h2', {}, 'Places and prices');
  return {
    title: event.name,
    content: [
      crumbs(),
      heading,
      state,
      rules(event, signal),
      seats,
      ...priceClasses(event, allotments, inView),
      ...(event.policy.credentialRequired ? [marketsOf(id, signal)] : []),
      offers.section,
      rulesOf(id, signal),
    ],
  };
}

const crumbs = () => el('nav', { class: 'crumbs', 'aria-label': 'Path' }, link([], 'Season'));

function stateOf(event: Event): readonly Node[] {
  const gates = gatesOf(event).map((name) => {
    const { title, badge, words } = gateWords(event, name);
    return el('li', { class: 'card' }, el('p', { class: 'gate' }, title, ' ', badge), el('p', {}, ...words));
  });
  const byline = el(
    'p',
    { class: 'byline' },
    eventBadge(event),
    ' at ',
    organizationName(event.venue),
    ' · by ',
    organizationName(event.organizer),
  );
  return [byline, el('ul', { class: 'trio' }, ...gates)];
}

const limitWords = ({ policy }: Event): string =>
  policy.credentialRequired
    ? 'Whoever buys here is enrolled, once, whatever the number of phones or sellers.'
    : 'Anybody can make another key, so the limit is advisory.';

function rules(event: Event, signal: AbortSignal): HTMLElement {
  const { doorsOpenAt, startsAt, endsAt, salesOpenAt, salesCloseAt } = event.schedule;
  const dates = facts([
    ['Sales', time(salesOpenAt), ' to ', time(salesCloseAt)],
    ['Doors', time(doorsOpenAt)],
    ['Begins', time(startsAt)],
    ['Ends', time(endsAt)],
  ]);
  const policy = el('ul', {}, ...policyWords(event).map((sentence) => el('li', {}, ...sentence)));
  const changed =
    event.change === 0 ? 'As first announced' : `Changed by the organizer ${plural(event.change, 'time')} so far`;
  return el(
    'div',
    { class: 'pair' },
    el(
      'section',
      {},
      el('h2', {}, 'Schedule'),
      dates,
      el('p', { class: 'quiet' }, `${changed}. Times are yours; hover for UTC.`),
    ),
    el(
      'section',
      {},
      el('h2', {}, 'In short'),
      policy,
      el('p', { class: 'quiet' }, `${limitWords(event)} Event id ${event.event}`),
      ...(event.policy.credentialRequired ? [credentialsOf(event.event, signal)] : []),
    ),
  );
}

async function allAllotments(event: string, signal: AbortSignal): Promise<readonly Allotment[]> {
  const found: Allotment[] = [];
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: '100', ...(after !== undefined && { after }) });
    const answer = await get<{ allotments: Allotment[]; next?: string }>(
      `${pathTo('events', event, 'allotments')}?${query.toString()}`,
      signal,
    );
    found.push(...answer.allotments);
    if (answer.next === undefined) break;
    after = answer.next;
  }
  return found;
}
