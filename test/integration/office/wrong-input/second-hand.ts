/** What callers get wrong where tickets are sold on, rules are set, votes are cast and money is given. */
import { liveScene } from '../../../support/live-scene.js';
import { aListing } from '../../../support/resales.js';
import { aSale, held } from '../../../support/statements.js';
import type { Mistake } from './mistake.js';

const { event, floor } = liveScene();
const EVENT = event.event;
const ticket = held(aSale(floor));
const { listing } = aListing(ticket, floor).command;
const elsewhere = aListing(ticket, floor, { reseller: 'OrganizerMSP' }).command.listing;
const action = { kind: 'organization.suspend', mspId: 'VenueMSP', reason: 'none' };

type Problem = Pick<Mistake, 'code' | 'field'>;
const post = (what: string, path: string, body: object, { code, field }: Problem, status = 400): Mistake => ({
  ...{ what, path: `/v1/${path}`, body: JSON.stringify(body), status, code },
  ...(field !== undefined && { field }),
});
const get = (what: string, path: string, { code, field }: Problem, status = 400): Mistake => ({
  ...{ what, method: 'GET', path: `/v1/${path}`, status, code },
  ...(field !== undefined && { field }),
});
const invalid = (field: string): Problem => ({ code: 'INVALID_FIELD', field });
const unknown = (field: string): Problem => ({ code: 'UNKNOWN_FIELD', field });
const malformed = (field: string): Problem => ({ code: 'MALFORMED_STATEMENT', field });

export const SECOND_HAND: readonly Mistake[] = [
  post('a listing that is no JWS', 'listings', { listing: 'a.b.c' }, malformed('listing')),
  post(
    'a listing through another reseller',
    'listings',
    { listing: elsewhere },
    { code: 'NOT_AUTHORISED', field: 'listing.reseller' },
    403,
  ),
  {
    ...post(
      'a listing without a token',
      'listings',
      { listing },
      { code: 'UNAUTHENTICATED', field: 'Authorization' },
      401,
    ),
    headers: { Authorization: '' },
  },
  post('a ticket that is none', 'expiries', { ticket: 'floor:A:1' }, invalid('ticket')),
  post('a statement of another kind', 'withdrawals', { withdrawal: listing }, invalid('withdrawal.header.typ')),
  post('no purchase', 'resales', {}, invalid('purchase')),
  post('a price beside the purchase', 'resales', { purchase: 'a.b.c', totalMinor: 1 }, unknown('totalMinor')),
  post('a claim of another type', 'refunds', { claim: 7 }, invalid('claim')),
  post('a payout that is no JWS', 'payouts', { payout: 'a.b.c' }, malformed('payout')),
  post('a settlement of no ticket', 'settlements', { ticket: 'floor:A:1' }, invalid('ticket')),
  post('a settlement of issue nought', 'settlements', { ticket: ticket.ticket, issue: 0 }, invalid('issue')),
  post('payees of a settlement', 'settlements', { ticket: ticket.ticket, holders: [] }, unknown('holders')),
  get('what is due at no event', `tickets/${ticket.ticket}/settlement`, { code: 'UNKNOWN_EVENT', field: 'event' }, 404),
  get('what is due for issue nought', `tickets/${ticket.ticket}/settlement?issue=0`, invalid('query.issue')),
  get('listings after no place', `events/${EVENT}/listings?after=..%2Fx`, invalid('query.after')),
  get('a price below nothing', `events/${EVENT}/policy?askMinor=-1`, invalid('query.askMinor')),
  post('a rule that nobody knows', 'policies', { policy: { scalping: true } }, unknown('policy.scalping')),
  post('a cap below the price', 'policies', { policy: { capBps: 9_999 } }, invalid('policy.capBps')),
  post('a change to the first version', `events/${EVENT}/policy`, { version: 1, policy: {} }, invalid('version')),
  post('an action that nobody knows', 'proposals', { action: { kind: 'organization.expel' } }, invalid('action.kind')),
  post('a proposal without an end', 'proposals', { action }, invalid('expiresAt')),
  post('a vote that is neither yes nor no', 'proposals/VenueMSP/id-00000001/votes', { action }, invalid('approve')),
  get('a statement of no currency', 'statements', invalid('query.currency')),
  get('a statement in no currency', 'statements?currency=euro', invalid('query.currency')),
  get(
    'a period that ends before it begins',
    'statements?currency=EUR&from=2027-02-01T00:00:00Z&to=2027-01-01T00:00:00Z',
    invalid('query.to'),
  ),
  get(
    "a stranger's statement",
    'statements?currency=EUR&organization=StrangerMSP',
    { code: 'UNKNOWN_ORGANIZATION', field: 'query.organization' },
    404,
  ),
];
