/** Payments: what became of the money of a sale that was paid here, and how it goes back. */
import { z } from 'zod';
import { GatewayError } from '../../errors.js';
import type { Payments } from '../../payments/payments.js';
import { REPLAYED } from '../commands.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { paymentRecordSchema, paymentState, providerSchema, recordOf } from '../payment-schemas.js';
import { commandId, compactJws } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'payments';
const params = z.strictObject({ payment: commandId });

export const paymentOperations = [
  operation({
    id: 'listPayments',
    method: 'GET',
    path: '/v1/payments',
    tag,
    summary: 'Payments by their names, and who moves the money',
    authority: 'payments',
    problems: [409],
    query: pageQuery(commandId).extend({ state: paymentState.optional() }),
    tagged: 'body',
    responses: {
      200: {
        description: 'a page',
        schema: providerSchema.extend({ payments: z.array(paymentRecordSchema), next: commandId.optional() }),
      },
    },
    async handle({ query: { after, limit, state } }, services) {
      const { desk } = requirePayments(services);
      const found = await desk.store.list({ after, state, limit: limit + 1 });
      const { items, next } = pageOf(found, limit, ({ payment }) => payment);
      const { name: provider, isTest: test } = desk.provider;
      const payments = items.map((each) => recordOf(each, desk.provider));
      return ok({ provider, test, payments, ...(next !== undefined && { next }) });
    },
  }),
  operation({
    id: 'getPayment',
    method: 'GET',
    path: '/v1/payments/{payment}',
    tag,
    summary: 'What became of a payment, by the `paymentReference` that the buyer signed',
    authority: 'payments',
    problems: [409],
    params,
    tagged: 'body',
    responses: { 200: { description: 'it', schema: paymentRecordSchema } },
    async handle({ params: { payment } }, services) {
      const { desk } = requirePayments(services);
      const found = await desk.store.find(payment);
      if (!found) throw new GatewayError('UNKNOWN_PAYMENT', { field: 'payment', payment });
      return ok(recordOf(found, desk.provider, await desk.actionOf(found)));
    },
  }),
  operation({
    id: 'refundPayment',
    method: 'POST',
    path: '/v1/payments/{payment}/refund',
    tag,
    summary:
      'Pay a holder what the ledger owes him by giving it back to where he paid from: the payout is recorded, then the money goes',
    authority: 'payments',
    problems: [409],
    params,
    body: z.strictObject({ payout: compactJws.meta({ description: "the holder's word (guichet-payout+jwt)" }) }),
    responses: {
      201: { description: 'refunded', schema: paymentRecordSchema },
      200: { description: 'refunded before by the same payout', schema: paymentRecordSchema },
    },
    async handle({ params: { payment }, body: { payout } }, services) {
      const { desk, refunds } = requirePayments(services);
      const refunded = await refunds.refund(payment, payout);
      const body = recordOf(refunded.payment, desk.provider);
      return refunded.isReplayed ? { status: 200 as const, body, headers: REPLAYED } : { status: 201 as const, body };
    },
  }),
];

/** @throws {GatewayError} PAYMENTS_OFF */
export function requirePayments({ payments }: Services): Payments {
  if (!payments) throw new GatewayError('PAYMENTS_OFF');
  return payments;
}
