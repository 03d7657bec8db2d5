/** The root over a market's slots as the ledger that this node believes shows them: page by page, so that twenty thousand orders are never in memory together. */
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import type { Key } from '../../chaincode/domain/keys.js';
import { orderKey } from '../../chaincode/domain/market/keys.js';
import { marketRoot, orderPages, pageRoot, slotLeaf, type OrderPage } from '../../chaincode/domain/market/pages.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';

export interface LedgerRecords {
  readAll<T>(keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]>;
}

/** @returns base64url, as the ledger writes it. @throws {NodeError} LEDGER_UNAVAILABLE, LEDGER_DISAGREES */
export async function frozenRoot(event: string, { market, quotas }: MarketRecord, ledger: LedgerRecords) {
  const roots: Uint8Array[] = [];
  for (const page of orderPages(quotas)) roots.push(await rootOfPage(event, market, page, ledger));
  return toBase64url(marketRoot(nodeSuite, roots));
}

/** A page's orders are a megabyte or two: one answer. */
async function rootOfPage(event: string, market: number, page: OrderPage, ledger: LedgerRecords) {
  const { mspId } = page;
  const slots = slotsOfPage(page);
  const orders = await ledger.readAll(slots.map((slot) => orderKey(event, market, mspId, slot)));
  const id = marketIdOf(event, market);
  const leaves = slots.map((slot, at) => slotLeaf({ market: id, mspId, slot }, orders[at]));
  return pageRoot(nodeSuite, leaves);
}
