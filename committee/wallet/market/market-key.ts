/** The key of a sealed market as a wallet takes it: because t pinned nodes say that it is theirs, whichever gateway delivered it. */
import { toBase64url, wordOf } from '../../../chaincode/crypto/bytes.js';
import { decodePoint, type Point } from '../../../chaincode/crypto/point.js';
import type { Supply } from '../../../chaincode/domain/market/orders.js';
import { thumbprintOf } from '../holder-key.js';
import { trustedKey, type WalletServices } from '../services.js';

/** What a wallet has to know of a market: from any gateway's `GET /v1/markets/{market}`. */
export interface MarketTerms {
  /** Market id. */
  readonly market: string;
  readonly supply: Supply;
}

export interface TrustedMarketKey {
  /** Market id. */
  readonly market: string;
  /** X */
  readonly point: Point;
  /** How orders name it. */
  readonly marketKey: string;
}

/** @throws {ClientError | Fault} as trustKey: COMMITTEE_NOT_PINNED, KEY_NOT_TRUSTED, POINT_INVALID */
export async function trustMarketKey(market: string, services: WalletServices): Promise<TrustedMarketKey> {
  const { groupKey } = await trustedKey(market, services);
  const point = decodePoint(groupKey, 'groupKey');
  const [x, y] = [toBase64url(wordOf(point.x)), toBase64url(wordOf(point.y))];
  return { market, point, marketKey: await thumbprintOf({ x, y }) };
}
