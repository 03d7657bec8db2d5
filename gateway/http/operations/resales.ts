/** Resales: a buyer takes a listed ticket, and this gateway's organization executes the sale. And payouts of what sellers have made. */
import { z } from 'zod';
import { created, receiptOf, submit } from '../commands.js';
import { operation } from '../operation.js';
import { resoldSchema, splitFrom } from '../resale-schemas.js';
import { verifyOwn } from '../resale-statements.js';
import { compactJws, currency, eventId, minor, receiptShape, thumbprint } from '../schemas.js';

const tag = 'resale';

const paidOut = z
  .strictObject({
    ...receiptShape,
    event: eventId,
    holder: thumbprint,
    amountMinor: minor,
    currency,
    balanceMinor: minor.meta({ description: 'what is left of it' }),
  })
  .meta({ id: 'PayoutReceipt' });

export const resaleOperations = [
  operation({
    id: 'createResale',
    method: 'POST',
    path: '/v1/resales',
    tag,
    summary: 'Sell a listed ticket to whoever signed for its price: ticket and money change hands in one step',
    authority: 'listings',
    body: z.strictObject({
      purchase: compactJws.meta({ description: "the buyer's purchase (guichet-resale-purchase+jwt)" }),
    }),
    responses: {
      201: { description: 'sold', schema: resoldSchema },
      200: { description: 'sold before: the first receipt', schema: resoldSchema },
    },
    async handle({ body: { purchase } }, services) {
      const { payload } = verifyOwn('resale-purchase', purchase, services.place);
      const accepted = await submit(services, { kind: 'ticket.resell', purchase });
      const { ticket, totalMinor, currency: paidIn, paymentReference } = payload;
      return created(accepted, {
        ...receiptOf(paymentReference, accepted),
        ticket,
        change: Number(accepted.result.change),
        totalMinor,
        currency: paidIn,
        split: splitFrom(accepted.result.split),
      });
    },
  }),
  operation({
    id: 'createPayout',
    method: 'POST',
    path: '/v1/payouts',
    tag,
    summary: "Record that this gateway's organization paid a holder what the ledger owes him at an event",
    authority: 'payments',
    body: z.strictObject({ payout: compactJws.meta({ description: "the holder's word (guichet-payout+jwt)" }) }),
    responses: {
      201: { description: 'paid', schema: paidOut },
      200: { description: 'paid before: the first receipt', schema: paidOut },
    },
    async handle({ body: { payout } }, services) {
      const statement = verifyOwn('payout', payout, services.place);
      const { payload, signer: holder } = statement;
      const take = () => submit(services, { kind: 'account.payout', payout });
      const { payments } = services;
      const accepted = await (payments ? payments.refunds.paidOtherwise(statement, take) : take());
      const { event, jti, amountMinor, currency: paidIn } = payload;
      return created(accepted, {
        ...receiptOf(jti, accepted),
        event,
        holder,
        amountMinor,
        currency: paidIn,
        balanceMinor: Number(accepted.result.balanceMinor),
      });
    },
  }),
];
