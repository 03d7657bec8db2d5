/** Sales: the buyer's signed request becomes tickets, signed by the seller. */
import { z } from 'zod';
import { ticketIdOf } from '../../../chaincode/domain/ids.js';
import { decodeStatement, type Payload } from '../../../chaincode/domain/statements.js';
import { GatewayError } from '../../errors.js';
import { readRequest } from '../../sales/read-request.js';
import { callerName } from '../caller.js';
import { created, locate, receiptOf, type Accepted } from '../commands.js';
import { operation } from '../operation.js';
import { paymentOrderSchema, paymentSummarySchema, summaryOf } from '../payment-schemas.js';
import type { Blocks } from '../ports.js';
import { compactJws, currency, receiptShape, slugId, thumbprint, ticketId } from '../schemas.js';
import type { Services } from '../services.js';
import { requirePayments } from './payments.js';

const soldTicket = z.strictObject({ ticket: ticketId, issue: z.int().min(1), change: z.int().min(0) });
const receipt = z
  .strictObject({
    ...receiptShape,
    tickets: z.array(soldTicket),
    totalMinor: z.int().min(0),
    currency,
    payment: paymentSummarySchema.optional(),
  })
  .meta({ id: 'SaleReceipt' });

const saleBody = z.strictObject({
  request: compactJws.meta({ description: "the buyer's purchase request (guichet-purchase+jwt)" }),
  sale: compactJws.optional().meta({ description: 'the sale (guichet-sale+jwt), if the seller signs it elsewhere' }),
  allotment: slugId.optional().meta({ description: 'sell from this allotment' }),
  hold: thumbprint.optional().meta({ description: 'sell seats of this hold' }),
  payment: paymentOrderSchema
    .optional()
    .meta({ description: 'reserve the price, sell, then take it; absent: it is paid in another way' }),
});

export const saleOperations = [
  operation({
    id: 'createSale',
    method: 'POST',
    path: '/v1/sales',
    tag: 'sales',
    summary: "Sell what a purchase request asks for; the seller's signer signs the sale unless it comes with one",
    authority: 'sales',
    problems: [402],
    body: saleBody,
    responses: {
      201: { description: 'sold', schema: receipt },
      200: { description: 'sold before: the first receipt', schema: receipt },
    },
    async handle({ body }, services) {
      const { payload: asked } = readRequest(body.request);
      const { sold, payment } = await sell(services, body);
      const { committed, sale } = sold;
      const accepted = await locate(services, committed);
      const { totalMinor, currency: paidIn } = sale ?? (await recordedSale(services.blocks, accepted.tx, asked));
      const tickets = ticketsOf(asked.event, accepted);
      return created(accepted, {
        ...receiptOf(asked.paymentReference, accepted),
        tickets,
        totalMinor,
        currency: paidIn,
        ...(payment && { payment }),
      });
    },
  }),
];

async function sell(services: Services, { payment: asked, ...body }: z.output<typeof saleBody>) {
  const order = { ...body, caller: callerName() };
  if (!asked) return { sold: await services.saleDesk.sell(order) };
  const { desk } = requirePayments(services);
  const { sold, payment } = await desk.sell({ ...order, ...asked });
  return { sold, ...(payment && { payment: summaryOf(payment, desk.provider) }) };
}

function ticketsOf(event: string, { result }: Accepted): z.input<typeof soldTicket>[] {
  const seats = result.seats as readonly string[];
  const issues = result.issues as readonly number[];
  return seats.map((seat, index) => ({ ticket: ticketIdOf(event, seat), issue: issues[index] ?? 0, change: 0 }));
}

/** The sale that was accepted first for this payment, as its transaction has it. */
async function recordedSale(blocks: Blocks, tx: string, asked: Payload<'purchase'>): Promise<Payload<'sale'>> {
  const transaction = await blocks.transaction(tx);
  for (const command of (transaction?.commands ?? []) as readonly { kind?: unknown; sale?: unknown }[]) {
    if (command.kind !== 'ticket.sell' || typeof command.sale !== 'string') continue;
    const { payload } = decodeStatement('sale', command.sale, 'sale');
    if (payload.jti === asked.paymentReference && payload.event === asked.event && payload.seller === asked.seller)
      return payload;
  }
  throw new GatewayError('LEDGER_UNAVAILABLE', { reason: 'the first sale is not readable yet', tx });
}
