/** The organizations of the consortium, their roles, and the keys by which their signatures are known. */
import { get, pathTo } from '../api.js';
import { el, facts, link, table } from '../dom.js';
import { committeeOf } from '../parts/committee.js';
import { mono, time } from '../parts/text.js';
import { titled } from '../parts/organization-name.js';
import type { Organization, OrganizationWithKeys, RegisteredKey } from '../resources.js';
import type { Page, Visit } from '../router.js';
import { badge } from '../words.js';

const ROLES: Readonly<Record<string, string>> = {
  organizer: 'creates events and gives places to sellers',
  reseller: 'sells the places it was given',
  venue: 'admits at the door',
  trustee: 'takes part in ordering, sells nothing',
};

export async function organizationsPage(_: readonly string[], { signal }: Visit): Promise<Page> {
  const { organizations } = await get<{ organizations: readonly Organization[] }>('/v1/organizations', signal);
  const cards = organizations.map(({ mspId, name, roles, status }) =>
    el(
      'li',
      { class: 'card' },
      el('h2', {}, link(['organizations', mspId], titled(name)), ' ', statusBadge(status)),
      el('p', {}, el('code', {}, mspId)),
      el(
        'ul',
        { class: 'roles' },
        ...roles.map((role) => el('li', {}, el('strong', {}, role), ` ${ROLES[role] ?? ''}`)),
      ),
    ),
  );
  const intro = el('p', { class: 'lead' }, 'They keep the ledger together; none of them can write to it alone.');
  const list =
    cards.length === 0
      ? el('p', { class: 'empty' }, 'The consortium has not been founded yet.')
      : el('ul', { class: 'grid wide' }, ...cards);
  return { title: 'Organizations', content: [el('h1', {}, 'Organizations'), intro, list, committeeOf(signal)] };
}

export async function organizationPage([id = '']: readonly string[], { signal }: Visit): Promise<Page> {
  const { mspId, name, roles, status, keys } = await get<OrganizationWithKeys>(pathTo('organizations', id), signal);
  const rows = keys.map((key) => [mono(key.kid), key.use, time(key.notBefore), time(key.notAfter), validity(key)]);
  return {
    title: titled(name),
    content: [
      el('nav', { class: 'crumbs', 'aria-label': 'Path' }, link(['organizations'], 'Organizations')),
      el('h1', {}, titled(name), ' ', statusBadge(status)),
      facts([
        ['MSP', el('code', {}, mspId)],
        ['Roles', roles.map((role) => `${role}: ${ROLES[role] ?? ''}`).join('; ')],
      ]),
      el('h2', {}, 'Registered keys'),
      keys.length === 0
        ? el('p', { class: 'empty' }, 'It has registered no key, so it signs nothing.')
        : table(`Keys of ${titled(name)}`, ['Key id (thumbprint)', 'Use', 'Valid from', 'until', 'Now'], rows),
      el(
        'p',
        { class: 'quiet' },
        'Compare the thumbprints with those that the organization publishes itself: a ledger can’t vouch for who is behind a key.',
      ),
    ],
  };
}

const statusBadge = (status: string) => (status === 'active' ? badge('active', 'good') : badge(status, 'bad'));

function validity({ notBefore, notAfter, revoked }: RegisteredKey): HTMLElement {
  const now = Date.now();
  if (revoked) return badge('revoked', 'bad');
  if (now < Date.parse(notBefore)) return badge('not yet', 'wait');
  return now < Date.parse(notAfter) ? badge('valid', 'good') : badge('expired', 'quiet');
}
