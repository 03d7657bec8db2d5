/** Sealed orders: taken in; then proven to be there; and in the end what became of each. */
import { z } from 'zod';
import { parseMarketId } from '../../../chaincode/domain/ids.js';
import { orderKey } from '../../../chaincode/domain/market/keys.js';
import { GatewayError } from '../../errors.js';
import { pageOfSlot } from '../../orders/order-proofs.js';
import { readResultPages } from '../../orders/trades.js';
import { created, locate, receiptOf } from '../commands.js';
import { digits } from '../digits.js';
import { requireMarketRecord } from '../market-reader.js';
import { ok, operation } from '../operation.js';
import { orderSchema, placedSchema, proofSchema, resultPageSchema, sealedText, slotNumber } from '../order-schemas.js';
import { MAX_PAGE, pageOf } from '../paging.js';
import { commandId, marketId, mspId } from '../schemas.js';

const tag = 'markets';
const ofMarket = z.strictObject({ market: marketId });
const ofSlot = z.strictObject({ market: marketId, mspId, slot: digits(slotNumber) });
const pageNumber = z.int().min(0).max(99_999);

export const marketOrderOperations = [
  operation({
    id: 'createOrder',
    method: 'POST',
    path: '/v1/markets/{market}/orders',
    tag,
    summary: "Put a sealed order into a slot of this gateway's organization; what is in it nobody can say yet",
    authority: 'markets',
    params: ofMarket,
    body: z.strictObject({
      id: commandId.meta({ description: "the client's own, to which the order is sealed" }),
      sealed: sealedText,
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
  operation({
    id: 'getOrder',
    method: 'GET',
    path: '/v1/markets/{market}/orders/{mspId}/{slot}',
    tag,
    summary: 'A sealed order, and once the market is cleared what became of it',
    params: ofSlot,
    tagged: true,
    responses: { 200: { description: 'it', schema: orderSchema } },
    async handle({ params: of }, { records, outcomes }) {
      const { event, market } = parseMarketId(of.market);
      const record = await requireMarketRecord(records, of.market);
      pageOfSlot(record, of);
      const [order] = await records.read([orderKey(event, market, of.mspId, of.slot)]);
      if (!order) throw new GatewayError('NOT_FOUND', { field: 'slot', slot: of.slot });
      return ok({ ...of, ...order, ...(record.result && { outcome: await outcomes.of(record, of) }) });
    },
  }),
  operation({
    id: 'getOrderProof',
    method: 'GET',
    path: '/v1/markets/{market}/orders/{mspId}/{slot}/proof',
    tag,
    summary: 'What was in a slot when the market was frozen, or that nothing was, with the paths to its root',
    params: ofSlot,
    problems: [409],
    tagged: true,
    responses: { 200: { description: 'it', schema: proofSchema } },
    async handle({ params }, { orderProofs }) {
      return ok(await orderProofs.prove(params));
    },
  }),
  operation({
    id: 'listResults',
    method: 'GET',
    path: '/v1/markets/{market}/results',
    tag,
    summary: "A cleared market's trades, by pages of up to 32",
    params: ofMarket,
    query: z.strictObject({
      after: digits(pageNumber)
        .optional()
        .meta({ description: 'continue after this page: `next` of the answer before' }),
      limit: digits(z.int().min(1).max(MAX_PAGE)).default(10).meta({ description: 'pages' }),
    }),
    tagged: true,
    responses: {
      200: {
        description: 'some pages',
        schema: z.strictObject({ pages: z.array(resultPageSchema), next: z.string().optional() }),
      },
    },
    async handle({ params: { market }, query: { after = -1, limit } }, { records }) {
      const record = await requireMarketRecord(records, market);
      const last = record.result?.pages ?? 0;
      const count = Math.max(0, Math.min(limit + 1, last - after - 1));
      const wanted = Array.from({ length: count }, (_, at) => after + 1 + at);
      const { items, ...next } = pageOf(wanted, limit, String);
      return ok({ pages: await readResultPages(records, market, record, items), ...next });
    },
  }),
];
