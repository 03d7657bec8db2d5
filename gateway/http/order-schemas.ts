/** What the interface says of sealed orders: where each is, the proof of it, and what became of it. */
import { z } from 'zod';
import { payloadSchemas } from '../../chaincode/domain/statements.js';
import { commandId, marketId, minor, mspId, receiptShape, slugId, thumbprint, ticketId } from './schemas.js';

const MAX_SLOT = 99_999;
/** More than any order has. */
const MAX_SEALED_CHARS = 16 * 1024;

export const slotNumber = z
  .int()
  .min(0)
  .max(MAX_SLOT)
  .meta({ description: "of the organization's slots in this market, from 0" });
export const sealedText = z
  .string()
  .min(1)
  .max(MAX_SEALED_CHARS)
  .meta({ description: "HPKE (RFC 9180) to the market's key: enc, ciphertext and tag in base64url" });

const slotShape = { market: marketId, mspId, slot: slotNumber };
export const placedSchema = z.strictObject({ ...receiptShape, ...slotShape }).meta({ id: 'OrderReceipt' });

export const tradeSchema = z
  .strictObject({
    bid: slugId.meta({ description: "the bid's name" }),
    bidder: thumbprint,
    buyer: thumbprint.meta({ description: 'who gets the ticket: the bidder or a guest' }),
    reseller: mspId.meta({ description: 'who has the deposit' }),
    ticket: ticketId,
    totalMinor: minor.meta({ description: 'what the buyer pays, everything included' }),
    resale: z
      .strictObject({ seller: thumbprint, issue: z.int().min(1), priceMinor: minor, reseller: mspId })
      .readonly()
      .optional(),
    state: z.enum(['due', 'settled', 'lapsed']),
    code: z.string().optional().meta({ description: 'why it lapsed, where a rule was in the way' }),
  })
  .meta({ id: 'Trade' });

export const resultPageSchema = z.strictObject({ page: z.int().min(0), trades: z.array(tradeSchema) });

const { bid, ask, cancel, sequence } = payloadSchemas.order.shape;
const outcome = z.strictObject({
  state: z.enum(['counted', 'void']),
  code: z.string().optional().meta({ description: 'why it is void' }),
  credential: thumbprint.optional().meta({ description: "whose word it is; absent: nobody's" }),
  sequence: sequence.optional(),
  ...{ bid, ask, cancel },
  trades: z.array(tradeSchema),
  paidMinor: minor.meta({ description: 'of a bid: the totals of its trades that are settled' }),
});

export const orderSchema = z
  .strictObject({
    ...slotShape,
    id: commandId,
    sealed: sealedText,
    outcome: outcome.optional().meta({ description: 'once the market is cleared' }),
  })
  .meta({ id: 'SealedOrder' });

const hash = thumbprint;
export const proofSchema = z
  .strictObject({
    ...slotShape,
    content: z.strictObject({ id: commandId, sealed: sealedText }).optional().meta({ description: 'absent: empty' }),
    root: hash,
    inPage: z.array(hash).meta({ description: 'audit path of the slot on its page (RFC 6962 section 2.1.1)' }),
    inMarket: z.array(hash).meta({ description: "audit path of the page's root among all pages'" }),
  })
  .meta({ id: 'OrderProof' });
