/** Listings: tickets that their holders offer at a fixed price through a reseller. */
import { z } from 'zod';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { created, locate, receiptOf, submit } from '../commands.js';
import { readListing, readListings } from '../listing-reader.js';
import { ok, operation } from '../operation.js';
import { pageQuery } from '../paging.js';
import { listedSchema, listingSchema } from '../resale-schemas.js';
import { verifyOwn } from '../resale-statements.js';
import { compactJws, eventId, placeId, ticketChange, ticketId } from '../schemas.js';

const tag = 'resale';

export const listingOperations = [
  operation({
    id: 'listListings',
    method: 'GET',
    path: '/v1/events/{event}/listings',
    tag,
    summary: 'What can be bought second hand now; a page may be short and still have a next one',
    params: z.strictObject({ event: eventId }),
    query: pageQuery(placeId),
    problems: [502],
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ listings: z.array(listingSchema), next: placeId.optional() }),
      },
    },
    async handle({ params: { event }, query: { after, limit } }, { records, nowMs }) {
      return ok(await readListings(records, event, { after, limit, nowMs: nowMs() }));
    },
  }),
  operation({
    id: 'getListing',
    method: 'GET',
    path: '/v1/tickets/{ticket}/listing',
    tag,
    summary: "A ticket's last listing and what has become of it",
    params: z.strictObject({ ticket: ticketId }),
    tagged: true,
    problems: [502],
    responses: { 200: { description: 'it', schema: listingSchema } },
    async handle({ params: { ticket } }, { records, nowMs }) {
      return ok(await readListing(records, ticket, nowMs()));
    },
  }),
  operation({
    id: 'createListing',
    method: 'POST',
    path: '/v1/listings',
    tag,
    summary: "Take a holder's offer on; this gateway's organization executes the resale",
    authority: 'listings',
    body: z.strictObject({
      listing: compactJws.meta({ description: "the holder's offer (guichet-listing+jwt)" }),
    }),
    responses: {
      201: { description: 'listed', schema: listedSchema },
      200: { description: 'listed before: the first receipt', schema: listedSchema },
    },
    async handle({ body: { listing } }, services) {
      const { payload, digest } = verifyOwn('listing', listing, services.place);
      const accepted = await submit(services, { kind: 'ticket.list', listing });
      const { change, policy } = accepted.result;
      const listed = { ticket: payload.ticket, change: Number(change), listing: digest, policy: Number(policy) };
      return created(accepted, { ...receiptOf(payload.jti, accepted), ...listed });
    },
  }),
  operation({
    id: 'createWithdrawal',
    method: 'POST',
    path: '/v1/withdrawals',
    tag,
    summary: 'Take an offer back, signed by the seller',
    body: z.strictObject({
      withdrawal: compactJws.meta({ description: "the seller's word (guichet-withdrawal+jwt)" }),
    }),
    responses: {
      201: { description: 'withdrawn', schema: ticketChange },
      200: { description: 'withdrawn before: the first receipt', schema: ticketChange },
    },
    async handle({ body: { withdrawal } }, services) {
      const { payload } = decodeStatement('withdrawal', withdrawal, 'withdrawal');
      const accepted = await locate(services, await services.publicCommands.withdraw(withdrawal));
      const { ticket, jti } = payload;
      return created(accepted, { ...receiptOf(jti, accepted), ticket, change: Number(accepted.result.change) });
    },
  }),
  operation({
    id: 'createExpiry',
    method: 'POST',
    path: '/v1/expiries',
    tag,
    summary: "Have it recorded that a listing's time is over; the ticket is its holder's alone again",
    body: z.strictObject({ ticket: ticketId }),
    responses: {
      201: { description: 'recorded', schema: ticketChange },
      200: {
        description: 'recorded before, under the same `Idempotency-Key`: the first receipt',
        schema: ticketChange,
      },
    },
    async handle({ body: { ticket }, idempotencyKey }, services) {
      const { id, committed } = await services.publicCommands.expire(ticket, idempotencyKey);
      const accepted = await locate(services, committed);
      const change = Number(accepted.result.change);
      return created(accepted, { ...receiptOf(id, accepted), ticket, change });
    },
  }),
];
