/** A ticket by its id: what it is now, everything that happened to it, and the check of all its signatures. */
import { get, pathTo } from '../api.js';
import { el, facts, link } from '../dom.js';
import { money, placeWords } from '../format.js';
import { mono, short, time } from '../parts/text.js';
import { problemView } from '../parts/problem.js';
import { offerView, resalesView } from '../parts/resales.js';
import { ticketCheck } from '../parts/ticket-check.js';
import type { Event, Ticket, TicketVersion } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { deed, ticketBadge } from '../words.js';

export async function ticketPage([id = '']: readonly string[], { signal }: Visit): Promise<Page> {
  const head = [el('h1', {}, 'Tickets'), lookUp(id)];
  if (id === '') return { title: 'Tickets', content: [...head, explanation()] };
  try {
    const [ticket, { versions }] = await Promise.all([
      get<Ticket>(pathTo('tickets', id), signal),
      get<{ versions: readonly TicketVersion[] }>(pathTo('tickets', id, 'history'), signal),
    ]);
    const [event, offer] = await Promise.all([
      get<Event>(pathTo('events', ticket.event), signal),
      ticket.state === 'listed' ? offerView(ticket, signal) : undefined,
    ]);
    const resales = resalesView(ticket, event);
    const parts = [ticketView(ticket, event), offer, ticketCheck(ticket, signal), resales, historyView(versions)];
    return {
      title: `Ticket ${ticket.place}`,
      content: [...head, ...parts.filter((part) => part !== undefined)],
    };
  } catch (error) {
    return { title: 'Tickets', content: [...head, problemView(error, 2)] };
  }
}

function lookUp(id: string): HTMLFormElement {
  const input = el('input', {
    id: 'ticket-id',
    name: 'ticket',
    value: id,
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  input.placeholder = 'OrganizerMSP:opening-night:floor:A:7';
  const form = el(
    'form',
    { class: 'look-up', role: 'search' },
    el('label', { for: 'ticket-id' }, 'Ticket id'),
    el('div', { class: 'field' }, input, el('button', { type: 'submit' }, 'Look up')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.hash = `#/tickets/${encodeURIComponent(input.value.trim()).replaceAll('%3A', ':')}`;
  });
  return form;
}

const explanation = () =>
  el(
    'p',
    { class: 'empty' },
    'A ticket’s id is its event and its place: ',
    mono('organizer:event:section:row:seat'),
    '.',
  );

function ticketView(ticket: Ticket, event: Event): HTMLElement {
  const { issue, change, holder, buyer, paidMinor, hops, entered, allotment } = ticket;
  return el(
    'section',
    { class: 'card ticket' },
    el('h2', {}, placeWords(ticket.place), ' ', ticketBadge(ticket.state)),
    el('p', { class: 'byline' }, link(['events', ticket.event], event.name), ' · ', time(event.schedule.startsAt)),
    facts([
      ['Holder', mono(holder)],
      ...(buyer === undefined ? [] : [['Bought by', mono(buyer)] as const]),
      ['Issue', `${issue}, change ${change}`],
      ['Allotment', link(['events', ticket.event, allotment], allotment)],
      ['Paid', money(paidMinor, event.currency)],
      ['Changed hands', hopWords(hops, ticket.resales?.length ?? 0)],
      ['Entered', entered === 0 ? 'not yet' : `${entered} ×`],
    ]),
    el('p', { class: 'quiet' }, holderWords(event)),
  );
}

const holderWords = ({ policy }: Event): string =>
  policy.credentialRequired
    ? 'The holder is a person’s pseudonym at this event alone; who that is nobody can tell from the ledger.'
    : 'The holder is the thumbprint of a key; who has the key is not on the ledger.';

const hopWords = (hops: number, resold: number): string =>
  hops === 0 ? 'never' : `${hops} ×${resold === 0 ? '' : `, ${resold} of them by resale`}`;

function historyView(versions: readonly TicketVersion[]): HTMLElement {
  const items = versions
    .toReversed()
    .map(({ issue, change, state, commands, block, tx, timestamp, holder }) =>
      el(
        'li',
        {},
        el('h3', {}, deed(commands, state)),
        el('p', {}, time(timestamp, 'seconds'), ' · issue ', issue, ', change ', change, ' · holder ', short(holder)),
        el(
          'p',
          { class: 'quiet' },
          link(['ledger', 'blocks', String(block)], `block ${block}`),
          ' · transaction ',
          link(['ledger', 'transactions', tx], short(tx, 16)),
        ),
      ),
    );
  return el('section', {}, el('h2', {}, 'History'), el('ol', { class: 'timeline', reversed: true }, ...items));
}
