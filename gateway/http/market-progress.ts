/**
 * How far a market is, counted from small records: that a page was read or supplied says the command that is remembered, and not the page, which may have 256
 * orders on it. A few hundred records at most, and none for what the market's state says already.
 */
import type { z } from 'zod';
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { commandKey, type Key } from '../../chaincode/domain/keys.js';
import { frozenPageKey, settledPageKey, shareKey } from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { supplyPages } from '../../chaincode/domain/market/places.js';
import type { FrozenPageRecord, MarketRecord } from '../../chaincode/domain/market/records.js';
import type { CommandRecord } from '../../chaincode/domain/records.js';
import type { progressSchema } from './market-schemas.js';
import type { Records } from './ports.js';

type Progress = z.input<typeof progressSchema>;

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
/** A step on a page is remembered by what it is. */
const stepKey = (id: string, step: string): Key<CommandRecord> => commandKey(parseMarketId(id).event, id, step);

/** @param nodes of the committee that holds or held its key */
export async function progressOf(records: Records, id: string, record: MarketRecord, nodes: number): Promise<Progress> {
  const { event, market } = parseMarketId(id);
  const { root, secret, result, places = 0, quotas } = record;
  const pages = range(orderPages(quotas).length);
  const supply = range(supplyPages(places));
  const results = range(result?.pages ?? 0);
  // What is cleared is frozen, read and supplied.
  const under = <T>(is: boolean, keys: readonly Key<T>[]) => readAll(records, is && !result ? keys : []);
  const [frozen, read, supplied, shares, settled] = await Promise.all([
    under(
      record.state !== 'open',
      pages.map((page) => frozenPageKey(event, market, page)),
    ),
    under(
      secret !== undefined,
      pages.map((page) => stepKey(id, `market.read.${page}`)),
    ),
    under(
      record.state !== 'open',
      supply.map((page) => stepKey(id, `market.supply.${page}`)),
    ),
    readAll(records, root === undefined ? [] : range(nodes).map((at) => shareKey(event, market, at + 1))),
    readAll(
      records,
      results.map((page) => settledPageKey(event, market, page)),
    ),
  ]);
  const readPages = frozen.filter((page, at) => secret !== undefined && isRead(page, read[at]));
  const counted = { frozen: countOf(frozen), read: readPages.length, supplied: countOf(supplied) };
  const all = { frozen: pages.length, read: pages.length, supplied: supply.length };
  return {
    ...{ pages: pages.length, supplyPages: supply.length, resultPages: results.length },
    ...(result ? all : counted),
    shares: shares.flatMap((share, at) => (share ? [at + 1] : [])),
    settled: countOf(settled),
  };
}

const readAll = async <T>(records: Records, keys: readonly Key<T>[]): Promise<readonly (T | undefined)[]> =>
  keys.length === 0 ? [] : records.read(keys);

const countOf = (found: readonly unknown[]): number => found.filter((record) => record !== undefined).length;

/** A page without orders is read when it is frozen. */
const isRead = (page: FrozenPageRecord | undefined, read: CommandRecord | undefined): boolean =>
  read !== undefined || page?.orders === 0;
