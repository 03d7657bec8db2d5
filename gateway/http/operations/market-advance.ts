/** Driving a sealed market by hand: what its gateways do by themselves. */
import { z } from 'zod';
import { marketId, parseMarketId } from '../../../chaincode/domain/ids.js';
import { advanceMarket } from '../../markets/advance.js';
import { ok, operation } from '../operation.js';
import { txId } from '../schemas.js';

const stepSchema = z.strictObject({
  step: z.string().meta({ description: 'with its page or its credential after a point' }),
  tx: txId.optional().meta({ description: 'whoever took it' }),
  code: z.string().optional().meta({ description: 'why it was not taken' }),
});

export const marketAdvanceOperations = [
  operation({
    id: 'advanceMarket',
    method: 'POST',
    path: '/v1/markets/{market}/advance',
    tag: 'markets',
    summary: 'Take the steps that are due; gateways do it by themselves',
    authority: 'markets',
    params: z.strictObject({ market: marketId }),
    responses: {
      200: {
        description: 'what was done, and what is awaited',
        schema: z
          .strictObject({
            market: marketId,
            state: z.enum(['open', 'closed', 'frozen', 'revealed', 'cleared', 'finished', 'aborted']).meta({
              description: 'in which it was found',
            }),
            steps: z.array(stepSchema),
            left: z.int().min(0).meta({ description: 'steps that are due and were not begun: ask again' }),
            awaited: z.enum(['closesAt', 'key', 'shares', 'doors']).optional(),
          })
          .meta({ id: 'MarketAdvance' }),
      },
    },
    async handle({ params: { market } }, { place: { channel }, records, submitter, closings, nowMs }) {
      const sources = { channel, records, submitter, closings, nowMs };
      const { steps, ...advanced } = await advanceMarket(parseMarketId(market), sources);
      return ok({ market, ...advanced, steps: [...steps] });
    },
  }),
];
