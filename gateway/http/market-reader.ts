/** Reading a sealed market: its record, how far it is, its key. */
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { marketKey } from '../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { requireEventRecord } from './event-reader.js';
import type { Records } from './ports.js';

/** @param id market id @throws {Refusal} UNKNOWN_EVENT, UNKNOWN_MARKET */
export async function requireMarketRecord(records: Records, id: string): Promise<MarketRecord> {
  const { event, market } = parseMarketId(id);
  const [record] = await records.read([marketKey(event, market)]);
  if (record) return record;
  await requireEventRecord(records, event);
  return refuse('UNKNOWN_MARKET', { field: 'market', market });
}
