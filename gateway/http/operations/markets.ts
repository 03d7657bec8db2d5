/** Sealed markets: opened by the organizer, and how far each is. */
import { z } from 'zod';
import { thumbprintOf } from '../../../chaincode/crypto/jwk.js';
import { marketIdOf, marketNumber } from '../../../chaincode/domain/ids.js';
import { require } from '../../../chaincode/domain/refusal.js';
import { decodeStatement } from '../../../chaincode/domain/statements.js';
import { signOne } from '../../signer/signing-keys.js';
import { statementOr } from '../bodies.js';
import { claimsOf } from '../claims.js';
import { newCommandId } from '../command-id.js';
import { created, receiptOf, submit } from '../commands.js';
import { digits } from '../digits.js';
import { requireEventRecord } from '../event-reader.js';
import { readMarket, readMarkets } from '../market-reader.js';
import { marketSchema, marketTerms, marketViewSchema } from '../market-schemas.js';
import { ok, operation } from '../operation.js';
import { pageOf, pageQuery } from '../paging.js';
import { commandId, eventId, marketId, receiptShape } from '../schemas.js';
import type { Services } from '../services.js';

const tag = 'markets';
const ofEvent = z.strictObject({ event: eventId });
const number = marketNumber.meta({ description: "one more than the event's newest, 1 for the first" });
const newMarket = z.strictObject({ id: commandId.optional(), market: number, ...marketTerms });
const opened = z.strictObject({ ...receiptShape, market: marketId }).meta({ id: 'MarketReceipt' });

export const marketOperations = [
  operation({
    id: 'openMarket',
    method: 'POST',
    path: '/v1/events/{event}/markets',
    tag,
    summary: "Open a sealed market, signed with the event's key; the committee then makes the market's own",
    authority: 'markets',
    params: ofEvent,
    body: statementOr(newMarket),
    responses: {
      201: { description: 'opened', schema: opened },
      200: { description: 'opened before: the first receipt', schema: opened },
    },
    async handle({ params: { event }, body }, services) {
      const statement = 'statement' in body ? body.statement : await signOpening(services, event, body);
      const { payload } = decodeStatement('market', statement, 'statement');
      require(payload.event === event, 'WRONG_EVENT', { field: 'statement.event', expected: event });
      const accepted = await submit(services, { kind: 'market.open', statement });
      return created(accepted, { ...receiptOf(payload.jti, accepted), market: marketIdOf(event, payload.market) });
    },
  }),
  operation({
    id: 'listMarkets',
    method: 'GET',
    path: '/v1/events/{event}/markets',
    tag,
    summary: "An event's sealed markets, the first one first",
    params: ofEvent,
    query: pageQuery(digits(marketNumber)),
    tagged: true,
    responses: {
      200: {
        description: 'a page',
        schema: z.strictObject({ markets: z.array(marketSchema), next: z.string().optional() }),
      },
    },
    async handle({ params: { event }, query: { after = 0, limit } }, { records }) {
      await requireEventRecord(records, event);
      const found = await readMarkets(records, event, after, limit);
      const { items: markets, ...next } = pageOf(found, limit, (market) => String(market.number));
      return ok({ markets, ...next });
    },
  }),
  operation({
    id: 'getMarket',
    method: 'GET',
    path: '/v1/markets/{market}',
    tag,
    summary: 'A sealed market: its terms, its key, how far it is',
    params: z.strictObject({ market: marketId }),
    tagged: true,
    responses: { 200: { description: 'it', schema: marketViewSchema } },
    async handle({ params: { market } }, { records }) {
      return ok(await readMarket(records, market));
    },
  }),
];

async function signOpening(
  { records, signer, place }: Services,
  event: string,
  { id = newCommandId(), ...terms }: z.output<typeof newMarket>,
): Promise<string> {
  const { eventKey } = await requireEventRecord(records, event);
  const payload = { ...claimsOf(place, event, id), ...terms };
  return (await signOne(signer, { kid: thumbprintOf(eventKey), name: 'market', payload })).jws;
}
