/** Reading sealed markets as resources. */
import type { z } from 'zod';
import { marketIdOf, parseMarketId } from '../../chaincode/domain/ids.js';
import { latestMarketKey, marketKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { requireEventRecord } from './event-reader.js';
import { readMarketKey } from './market-key.js';
import { progressOf } from './market-progress.js';
import type { marketSchema, marketViewSchema } from './market-schemas.js';
import type { Records } from './ports.js';

type MarketResource = z.input<typeof marketSchema>;
type MarketView = z.input<typeof marketViewSchema>;

/** @param id market id @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_MARKET */
export async function requireMarketRecord(records: Records, id: string): Promise<MarketRecord> {
  const { event, market } = parseMarketId(id);
  const [record] = await records.read([marketKey(event, market)]);
  if (record) return record;
  await requireEventRecord(records, event);
  return refuse('UNKNOWN_MARKET', { field: 'market', market });
}

/** One more than `limit` if there are more. @param after number of the last market of the page before @throws {Refusal} UNKNOWN_EVENT */
export async function readMarkets(
  records: Records,
  event: string,
  after: number,
  limit: number,
): Promise<readonly MarketResource[]> {
  const [latest] = await records.read([latestMarketKey(event)]);
  if (!latest) await requireEventRecord(records, event);
  const count = Math.max(0, Math.min(limit + 1, (latest?.market ?? 0) - after));
  const numbers = Array.from({ length: count }, (_, at) => after + 1 + at);
  const found = count === 0 ? [] : await records.read(numbers.map((number) => marketKey(event, number)));
  return found.flatMap((record) => (record ? [resourceOf(event, record)] : []));
}

/** @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_MARKET */
export async function readMarket(records: Records, id: string): Promise<MarketView> {
  const record = await requireMarketRecord(records, id);
  const key = await readMarketKey(records, id);
  return {
    ...resourceOf(parseMarketId(id).event, record),
    ...(key && { key }),
    progress: await progressOf(records, id, record, key?.nodes ?? 0),
  };
}

function resourceOf(event: string, { market: number, priceClasses, allotments, ...record }: MarketRecord) {
  return {
    market: marketIdOf(event, number),
    event,
    number,
    ...record,
    ...(priceClasses && { priceClasses: [...priceClasses] }),
    ...(allotments && { allotments: [...allotments] }),
  } satisfies MarketResource;
}
