/** What the interface says of sealed markets. */
import { z } from 'zod';
import { jwkSchema } from '../../chaincode/crypto/jwk.js';
import { marketNumber } from '../../chaincode/domain/ids.js';
import { PARAMETERS } from '../../chaincode/domain/policy/parameters.js';
import { payloadSchemas } from '../../chaincode/domain/statements.js';
import { sharedKeySchema } from './committee-schemas.js';
import { eventId, marketId, minor, thumbprint } from './schemas.js';

const count = z.int().min(0);
const index = z.int().min(1);
const { shape } = payloadSchemas.market;

/** What the organizer fixes when it opens one. */
export const marketTerms = {
  supply: shape.supply.meta({ description: "holders' asks, unsold places, or returned ones" }),
  priceClasses: shape.priceClasses,
  allotments: shape.allotments,
  closesAt: shape.closesAt,
  abortableAt: shape.abortableAt.meta({
    description: 'from then on anybody may abort it, until enough shares of its key are posted',
  }),
  depositSteps: shape.depositSteps.meta({ description: 'the amounts that can be deposited' }),
  quotas: shape.quotas.meta({ description: 'by organization, how many orders it may bring' }),
  guarantees: shape.guarantees.meta({ description: 'by organization, how much it may hold in deposits' }),
  sellerFeeBps: shape.sellerFeeBps,
  buyerFeeBps: shape.buyerFeeBps,
};

const result = z.strictObject({
  trades: count,
  pages: count,
  prices: z
    .record(z.string(), minor)
    .readonly()
    .optional()
    .meta({ description: 'by class, where one price was found for all' }),
});

export const marketShape = {
  market: marketId,
  event: eventId,
  number: marketNumber,
  ...marketTerms,
  clearing: PARAMETERS.clearing.schema,
  state: z.enum(['open', 'closed', 'frozen', 'revealed', 'cleared', 'finished', 'aborted']),
  statement: thumbprint.meta({ description: 'digest of the opening' }),
  places: count.optional().meta({ description: 'of its allotments, free or not' }),
  frozenAt: shape.closesAt.optional().meta({ description: 'since when shares of its key are waited for' }),
  root: thumbprint.optional().meta({ description: 'over all slots, once it is frozen' }),
  orders: count.optional().meta({ description: 'how many came in, once it is frozen' }),
  secret: thumbprint.optional().meta({ description: "the market's secret key, once it is revealed" }),
  result: result.readonly().optional(),
  silent: z.array(index).readonly().optional().meta({ description: 'nodes that were waited for when it was aborted' }),
};
export const marketSchema = z.strictObject(marketShape).meta({ id: 'Market' });

const keySchema = z.strictObject({
  state: sharedKeySchema.shape.state,
  generation: index,
  epoch: index.meta({ description: 'of the committee that makes or holds it' }),
  threshold: index,
  nodes: index.optional().meta({ description: 'how many the key was made for, after it is destroyed too' }),
  jwk: jwkSchema.optional().meta({
    description: 'X, to which orders are sealed; a wallet believes the nodes, not this answer: `GET /v1/keys/{market}`',
  }),
  marketKey: thumbprint.optional().meta({ description: 'thumbprint of X, as orders name it' }),
});

export const progressSchema = z.strictObject({
  pages: count.meta({ description: 'of slots' }),
  frozen: count,
  read: count,
  supplyPages: count.meta({ description: "of the allotments' places" }),
  supplied: count,
  shares: z.array(index).meta({ description: 'nodes whose share is on the ledger' }),
  resultPages: count.meta({ description: 'of trades' }),
  settled: count,
});

export const marketViewSchema = z
  .strictObject({
    ...marketShape,
    key: keySchema.optional().meta({ description: 'absent before its first generation' }),
    progress: progressSchema,
  })
  .meta({ id: 'MarketView' });
