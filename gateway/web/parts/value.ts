/** A member of a signed statement or a command, readable: ids become links, times and amounts are written out. */
import { el, facts, link, type Child } from '../dom.js';
import { money } from '../format.js';
import { mono, time } from './text.js';
import { isObject, type Members } from '../proof/jws.js';
import { organizationName } from './organization-name.js';

const ORGANIZATIONS = new Set(['seller', 'reseller', 'venue', 'payee', 'payer', 'organizer']);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** @param inherited the currency of the statement that these are part of */
export function membersView(members: Members, inherited?: string): HTMLElement {
  const currency = typeof members.currency === 'string' ? members.currency : inherited;
  const rows = Object.entries(members).map(([name, value]): readonly [string, Child] => {
    // Who sells through a reseller is a holder.
    const isHolder = name === 'seller' && 'reseller' in members && typeof value === 'string';
    return [name, isHolder ? mono(value) : valueView(name, value, currency)];
  });
  return facts(rows, 'members');
}

function valueView(name: string, value: unknown, currency: string | undefined): Child {
  if (typeof value === 'string') return textView(name, value);
  if (typeof value === 'number') return numberView(name, value, currency);
  if (Array.isArray(value)) return listView(name, value, currency);
  if (isObject(value)) return membersView(value, currency);
  return String(value);
}

function textView(name: string, value: string): Child {
  if (name === 'ticket') return link(['tickets', value], value);
  if (name === 'event') return link(['events', value], value);
  if (name === 'tx') return link(['ledger', 'transactions', value], mono(value));
  if (ORGANIZATIONS.has(name)) return organizationName(value);
  if (ISO.test(value)) return time(value, 'seconds');
  if (value === '') return el('span', { class: 'nothing' }, 'empty');
  return value.length >= 32 && !value.includes(' ') ? mono(value) : value;
}

function numberView(name: string, value: number, currency: string | undefined): Child {
  if (name === 'exp') return time(new Date(value * 1_000).toISOString(), 'seconds');
  const isAmount = name.endsWith('Minor') || name === 'faceValue';
  if (isAmount && currency !== undefined && /^[A-Z]{3}$/.test(currency)) return money(value, currency);
  return value;
}

function listView(name: string, values: readonly unknown[], currency: string | undefined): Child {
  if (values.length === 0) return el('span', { class: 'nothing' }, 'none');
  if (values.every((value) => typeof value !== 'object' || value === null)) return values.map(String).join(', ');
  const items = values.map((value) =>
    el('li', {}, Array.isArray(value) ? value.map(String).join(' ') : valueView(name, value, currency)),
  );
  return el('ol', { class: 'plain' }, ...items);
}
