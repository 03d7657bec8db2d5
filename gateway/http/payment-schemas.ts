/** What the interface says of payments. */
import { z } from 'zod';
import { DECLINE_REASONS, type PaymentAction, type PaymentProvider } from '../payments/provider.js';
import { PAYMENT_STATES } from '../payments/states.js';
import type { Payment, Refund } from '../payments/tables.js';
import { commandId, currency, eventId, minor, timestamp, txId } from './schemas.js';
import { problemSchema } from './problem.js';

export const paymentOrderSchema = z.strictObject({
  method: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, { error: "is not a provider's token" })
    .meta({ description: "the provider's token of a card or another method; never a card's number" }),
  returnUrl: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional()
    .meta({ description: 'where the buyer comes back to if the provider sends him away to confirm' }),
});

export const paymentState = z.enum(PAYMENT_STATES);
const provider = { provider: z.string(), test: z.boolean().meta({ description: 'no money moves' }) };
export const providerSchema = z.strictObject(provider);

const actionSchema = z
  .strictObject({ type: z.enum(['redirect', 'sdk']), url: z.url().optional(), clientSecret: z.string().optional() })
  .meta({ description: "what the buyer's page must do; then send the sale again, or wait" });

const summary = { payment: commandId, ...provider, state: paymentState, amountMinor: minor, currency };
export const paymentSummarySchema = z.strictObject(summary).meta({ id: 'PaymentSummary' });

const REASONS = [...DECLINE_REASONS, 'abandoned', 'not_confirmed', 'sale_refused'] as const;

export const paymentRecordSchema = z
  .strictObject({
    ...summary,
    event: eventId,
    attempt: z.int().min(1).meta({ description: 'what was declined or voided may be tried again by the same request' }),
    refundedMinor: minor,
    refunds: z.array(z.strictObject({ id: commandId.meta({ description: 'of the payout' }), amountMinor: minor })),
    reason: z.enum(REASONS).optional(),
    problem: problemSchema
      .pick({ code: true, details: true })
      .optional()
      .meta({ description: 'what the ledger refused' }),
    action: actionSchema.optional(),
    tx: txId.optional().meta({ description: 'of the sale' }),
    createdAt: timestamp,
    changedAt: timestamp,
  })
  .meta({ id: 'Payment' });

type Summary = z.input<typeof paymentSummarySchema>;

export function summaryOf(
  { payment, provider: name, state, amount_minor, currency: of }: Payment,
  by: PaymentProvider,
): Summary {
  return { payment, provider: name, test: by.isTest, state, amountMinor: amount_minor, currency: of };
}

export function recordOf(
  row: Payment,
  by: PaymentProvider,
  action?: PaymentAction,
): z.input<typeof paymentRecordSchema> {
  const { event, attempt, reason, problem, tx } = row;
  return {
    ...summaryOf(row, by),
    event,
    attempt,
    refundedMinor: row.refunded_minor,
    refunds: (JSON.parse(row.refunds) as Refund[]).map(({ id, amountMinor }) => ({ id, amountMinor })),
    ...(reason !== null && { reason: reason as (typeof REASONS)[number] }),
    ...(problem !== null && { problem: JSON.parse(problem) as z.input<typeof problemSchema> }),
    ...(action && { action }),
    ...(tx !== null && { tx }),
    createdAt: timeOf(row.created_at),
    changedAt: timeOf(row.changed_at),
  };
}

/** The interface's times have no fractions. */
const timeOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
