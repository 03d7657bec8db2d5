/** Giving money back: refunds that holders claim, and settlements, which anybody may ask for and nobody can direct. */
import { z } from 'zod';
import { dueFrom } from '../../../chaincode/domain/settlement.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { created, locate, receiptOf } from '../commands.js';
import { digits } from '../digits.js';
import { ok, operation } from '../operation.js';
import { paidSchema, paymentSchema, paymentsFrom } from '../resale-schemas.js';
import { compactJws, currency, eventId, ticketId, timestamp } from '../schemas.js';
import { readSettlementCase } from '../settlement-reader.js';

const tag = 'refunds';
const issue = z.int().min(1);

export const settlementSchema = z
  .strictObject({
    ticket: ticketId,
    event: eventId,
    issue,
    currency,
    due: z.array(paymentSchema).meta({ description: 'what a settlement would credit now, and to whom' }),
    from: timestamp
      .optional()
      .meta({ description: 'nothing is due yet: something will be from then on at the latest' }),
  })
  .meta({ id: 'Settlement' });

export const refundOperations = [
  operation({
    id: 'createRefund',
    method: 'POST',
    path: '/v1/refunds',
    tag,
    summary: 'Give a ticket of a postponed event back and have its price returned, signed by the holder',
    body: z.strictObject({ claim: compactJws.meta({ description: "the holder's claim (guichet-refund-claim+jwt)" }) }),
    responses: {
      201: { description: 'refunded', schema: paidSchema },
      200: { description: 'refunded before: the first receipt', schema: paidSchema },
    },
    async handle({ body: { claim } }, services) {
      const { payload } = decodeStatement('refund-claim', claim, 'claim');
      const accepted = await locate(services, await services.publicCommands.refund(claim));
      const { ticket, issue: of } = payload;
      return created(accepted, {
        ...receiptOf(payload.jti, accepted),
        ticket,
        issue: of,
        paid: paymentsFrom(accepted.result),
      });
    },
  }),
  operation({
    id: 'createSettlement',
    method: 'POST',
    path: '/v1/settlements',
    tag,
    summary: 'Have whatever is due for a ticket credited to those it is due to',
    body: z.strictObject({ ticket: ticketId, issue: issue.optional().meta({ description: 'the newest if absent' }) }),
    responses: {
      201: { description: 'credited', schema: paidSchema },
      200: { description: 'credited before, under the same `Idempotency-Key`: the first receipt', schema: paidSchema },
    },
    async handle({ body, idempotencyKey }, services) {
      const { id, issue: of, committed } = await services.publicCommands.settle(body, idempotencyKey);
      const accepted = await locate(services, committed);
      const paid = paymentsFrom(accepted.result);
      return created(accepted, { ...receiptOf(id, accepted), ticket: body.ticket, issue: of, paid });
    },
  }),
  operation({
    id: 'getSettlement',
    method: 'GET',
    path: '/v1/tickets/{ticket}/settlement',
    tag,
    summary: 'What is due for a ticket now and to whom, or from when',
    params: z.strictObject({ ticket: ticketId }),
    query: z.strictObject({ issue: digits(issue).optional() }),
    tagged: true,
    problems: [502],
    responses: { 200: { description: 'it', schema: settlementSchema } },
    async handle({ params: { ticket }, query }, { records, nowMs }) {
      const found = await readSettlementCase(records, { ticket, issue: query.issue }, nowMs());
      const from = found.due ? undefined : dueFrom(found);
      const { event, currency: paidIn } = found.event;
      return ok({
        ticket,
        event,
        issue: found.ticket.issue,
        currency: paidIn,
        due: (found.due?.credits ?? []).map(([holder, amountMinor]) => ({ holder, amountMinor })),
        ...(from !== undefined && { from }),
      });
    },
  }),
];
