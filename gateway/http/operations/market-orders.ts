/** Sealed orders: taken in, and looked up again. */
import { z } from 'zod';
import { created, locate, receiptOf } from '../commands.js';
import { operation } from '../operation.js';
import { commandId, marketId, mspId, receiptShape } from '../schemas.js';

const tag = 'markets';
const ofMarket = z.strictObject({ market: marketId });
/** More than any order has. */
const MAX_SEALED_CHARS = 16 * 1024;
const slotNumber = z.int().min(0).meta({ description: "of the organization's slots in this market, from 0" });
const sealed = z
  .string()
  .min(1)
  .max(MAX_SEALED_CHARS)
  .meta({ description: "HPKE (RFC 9180) to the market's key: enc, ciphertext and tag in base64url" });

export const placedSchema = z
  .strictObject({ ...receiptShape, market: marketId, mspId, slot: slotNumber })
  .meta({ id: 'OrderReceipt' });

export const marketOrderOperations = [
  operation({
    id: 'createOrder',
    method: 'POST',
    path: '/v1/markets/{market}/orders',
    tag,
    summary: "Put a sealed order into a slot of this gateway's organization; what is in it nobody can say yet",
    authority: 'operator',
    params: ofMarket,
    body: z.strictObject({
      id: commandId.meta({ description: "the client's own, to which the order is sealed" }),
      sealed,
    }),
    responses: {
      201: { description: 'in its slot', schema: placedSchema },
      200: { description: 'there before: the first receipt', schema: placedSchema },
    },
    async handle({ params: { market }, body }, services) {
      const accepted = await locate(services, await services.orderDesk.place({ market, ...body }));
      const slot = slotNumber.parse(accepted.result.slot);
      return created(accepted, { ...receiptOf(body.id, accepted), market, mspId: services.place.mspId, slot });
    },
  }),
];
