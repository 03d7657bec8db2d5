/** Shares of a market's key on the ledger, as far as they are shares of the key as it is: of another generation they would make no key. */
import { nodeSuite } from '../../crypto/node-suite.js';
import { encodePoint } from '../../crypto/point.js';
import { decodeSecret, type Scalar } from '../../crypto/scalar.js';
import type { UsableKey } from '../committee-records.js';
import type { MarketShareRecord } from './records.js';

/** Of a secret that is not zero. */
export function publicOf(secret: Scalar): string {
  const point = nodeSuite.multiplyBase(secret);
  return point ? encodePoint(point) : '';
}

type Public = Pick<UsableKey, 'publicShares'>;

/** Whether x_i·G is the public share that the key's generation has fixed. */
export const isShareOf = ({ publicShares }: Public, index: number, secret: Scalar): boolean =>
  publicOf(secret) === publicShares[index];

/** What of a node's record counts, undefined if there is none that does. */
export function countedShare(key: Public, index: number, record: MarketShareRecord | undefined): Scalar | undefined {
  if (record === undefined) return undefined;
  const secret = decodeSecret(record.share, 'share');
  return isShareOf(key, index, secret) ? secret : undefined;
}

/** @param records by the nodes' order, of which the first has the index 1 */
export function countedShares(
  key: Public,
  records: readonly (MarketShareRecord | undefined)[],
): ReadonlyMap<number, Scalar> {
  return new Map(
    records.flatMap((record, at) => {
      const secret = countedShare(key, at + 1, record);
      return secret === undefined ? [] : [[at + 1, secret] as const];
    }),
  );
}
