/** The key of a sealed market as a resource. Once it is destroyed its record no longer says what it was or who held it; that of its generation still does. */
import type { z } from 'zod';
import { toBase64url, wordOf } from '../../chaincode/crypto/bytes.js';
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import { decodePoint } from '../../chaincode/crypto/point.js';
import { generationKey, sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import type { KeyRecord } from '../../chaincode/domain/committee-records.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import type { marketViewSchema } from './market-schemas.js';
import type { Records } from './ports.js';

type MarketKey = NonNullable<z.input<typeof marketViewSchema>['key']>;

/** What is said of a key as long as the ledger is there. */
interface Made {
  readonly epoch: number;
  readonly threshold: number;
  readonly groupKey: string;
  readonly nodes: readonly PublicJwk[];
}

/** @param id market id @returns undefined before its first generation */
export async function readMarketKey(records: Records, id: string): Promise<MarketKey | undefined> {
  const [record] = await records.read([sharedKeyKey(id)]);
  if (!record) return undefined;
  const { state, generation, epoch, threshold } = record;
  const made = state === 'destroyed' ? await destroyed(records, id, record) : record.key;
  return { state, generation, epoch, threshold, ...(made && shown(made)) };
}

/** A destroyed key's record names the generation that made it, also where a later one came to nothing. */
async function destroyed(records: Records, id: string, { generation }: KeyRecord): Promise<Made | undefined> {
  const [made] = await records.read([generationKey(id, generation)]);
  return made?.outcome && { ...made.outcome, epoch: made.generation.epoch, nodes: made.recipients };
}

function shown({ epoch, threshold, groupKey, nodes }: Made) {
  const point = decodePoint(groupKey, 'groupKey');
  const [x, y] = [point.x, point.y].map((coordinate) => toBase64url(wordOf(coordinate)));
  return {
    ...{ epoch, threshold, nodes: nodes.length },
    jwk: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' },
    marketKey: marketKeyOf(point),
  } as const;
}
