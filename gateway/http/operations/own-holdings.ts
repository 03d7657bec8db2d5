/**
 * What a holder may read of himself, by a request that his key signs: his tickets and his account at all events at once. Anybody may ask what one holder has at
 * one event; that the same key is at several is only its owner's to ask.
 */
import { z } from 'zod';
import { enrolmentKey } from '../../../chaincode/domain/committee-keys.js';
import { parseTicketId, ticketIdOf } from '../../../chaincode/domain/ids.js';
import { refuse, require } from '../../../chaincode/domain/refusal.js';
import { TICKET_STATES } from '../../../chaincode/domain/records.js';
import { PROOF_HEADER } from '../../auth/request-proof.js';
import { findOwnAccounts, findOwnTickets } from '../../projection/queries/own.js';
import { currentCaller } from '../caller.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { currency, eventId, minor, slugId, thumbprint, ticketId } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'holders';
const count = z.int().min(0);

const query = <T extends z.ZodType>(cursor: T) =>
  pageQuery(cursor).extend({
    event: eventId.optional().meta({ description: 'only there; with `credential` it is needed' }),
    credential: thumbprint
      .optional()
      .meta({ description: "the holder is this pseudonym at the event, for which the request's key speaks" }),
  });
type Asked = Partial<Record<'event' | 'credential', string | undefined>>;

const accountSchema = z
  .strictObject({
    ...{ event: eventId, name: z.string(), currency, held: count, boughtPrimary: count, boughtResale: count },
    ...{ resold: count, balanceMinor: minor },
  })
  .meta({ id: 'OwnAccount' });
const ownTicketSchema = z
  .strictObject({
    ticket: ticketId,
    event: eventId,
    allotment: slugId,
    state: z.enum(TICKET_STATES),
    issue: count,
    change: count,
  })
  .meta({ id: 'OwnTicket' });

export const ownHoldingOperations = [
  operation({
    id: 'getOwnAccounts',
    method: 'GET',
    path: '/v1/holders/me',
    tag,
    summary: 'What the holder who signs has, has bought and is owed at each event',
    authority: 'holder',
    query: query(eventId),
    tagged: true,
    asOf: 'read-model',
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ holder: thumbprint, accounts: z.array(accountSchema), next: eventId.optional() }),
      },
    },
    async handle({ query: { after, limit, ...asked } }, services) {
      const holder = await requireOwn(services, asked);
      const found = await findOwnAccounts(services.readModel.db, { holder, event: asked.event, after, limit });
      const { items, next } = pageOf(found, limit, ({ event }) => event);
      const accounts = items.map(({ event, name, currency: of, held, resold, ...row }) => ({
        ...{ event, name, currency: of, held, resold, balanceMinor: row.balance_minor },
        ...{ boughtPrimary: row.bought_primary, boughtResale: row.bought_resale },
      }));
      return ok({ holder, accounts, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getOwnTickets',
    method: 'GET',
    path: '/v1/holders/me/tickets',
    tag,
    summary: 'The tickets of the holder who signs, at all events',
    authority: 'holder',
    query: query(ticketId),
    tagged: true,
    asOf: 'read-model',
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ holder: thumbprint, tickets: z.array(ownTicketSchema), next: ticketId.optional() }),
      },
    },
    async handle({ query: { after: last, limit, ...asked } }, services) {
      const holder = await requireOwn(services, asked);
      const after = last === undefined ? undefined : parseTicketId(last);
      const found = await findOwnTickets(services.readModel.db, { holder, event: asked.event, after, limit });
      const tickets = found.map(({ event, place, state, ...row }) => ({
        ...{ ticket: ticketIdOf(event, place), event, state: z.enum(TICKET_STATES).parse(state), ...row },
      }));
      const { items, next } = pageOf(tickets, limit, ({ ticket }) => ticket);
      return ok({ holder, tickets: items, ...(next !== undefined && { next }) });
    },
  }),
];

/** @returns as whom the caller holds: by his key, or by the pseudonym for which it speaks @throws {Refusal} CREDENTIAL_REQUIRED, UNKNOWN_CREDENTIAL, NOT_THE_HOLDER */
async function requireOwn({ records }: Services, { event, credential }: Asked): Promise<string> {
  const caller = currentCaller();
  if (caller?.kind !== 'holder') return refuse('NOT_THE_HOLDER', { field: PROOF_HEADER });
  if (credential === undefined) return caller.id;
  if (event === undefined)
    return refuse('INVALID_FIELD', { field: 'query.event', reason: 'is needed with credential' });
  const [enrolment] = await records.read([enrolmentKey(event, credential)]);
  if (!enrolment) return refuse('UNKNOWN_CREDENTIAL', { field: 'query.credential', event });
  require(enrolment.key === caller.id, 'NOT_THE_HOLDER', { field: 'query.credential' });
  return credential;
}
