/** Keys of a sealed market's records. What many write at once stands under a key for each: orders by slot, deposits by person, shares by node. */
import type { Key } from '../keys.js';
import type {
  DepositRecord,
  FrozenPageRecord,
  GuaranteeRecord,
  LatestMarketRecord,
  MarketRecord,
  MarketShareRecord,
  OpenedPageRecord,
  OrderRecord,
  ResultPageRecord,
  SettledPageRecord,
  SupplyPageRecord,
} from './records.js';

/** The event's newest market: read by whatever changes owner, state or holder key of its tickets. */
export const latestMarketKey = (event: string): Key<LatestMarketRecord> => `${event}/w`;
export const marketKey = (event: string, market: number): Key<MarketRecord> => `${latestMarketKey(event)}/${market}`;
/** Below it is everything of one market, for listing. */
export const marketPrefix = (event: string, market: number): string => `${marketKey(event, market)}/`;

export const guaranteeKey = (event: string, market: number, msp: string): Key<GuaranteeRecord> =>
  `${marketPrefix(event, market)}q/${msp}`;
export const depositPrefix = (event: string, market: number): string => `${marketPrefix(event, market)}d/`;
export const depositKey = (event: string, market: number, credential: string): Key<DepositRecord> =>
  `${depositPrefix(event, market)}${credential}`;
/** @param slot an organization's places are numbered from 0 */
export const orderKey = (event: string, market: number, msp: string, slot: number): Key<OrderRecord> =>
  `${marketPrefix(event, market)}o/${msp}/${slot}`;
/** Pages are counted through all organizations, from 0: see pages.ts. */
export const frozenPageKey = (event: string, market: number, page: number): Key<FrozenPageRecord> =>
  `${marketPrefix(event, market)}f/${page}`;
export const shareKey = (event: string, market: number, index: number): Key<MarketShareRecord> =>
  `${marketPrefix(event, market)}s/${index}`;
export const openedPageKey = (event: string, market: number, page: number): Key<OpenedPageRecord> =>
  `${marketPrefix(event, market)}p/${page}`;
export const supplyPageKey = (event: string, market: number, page: number): Key<SupplyPageRecord> =>
  `${marketPrefix(event, market)}u/${page}`;
export const resultPageKey = (event: string, market: number, page: number): Key<ResultPageRecord> =>
  `${marketPrefix(event, market)}r/${page}`;
export const settledPageKey = (event: string, market: number, page: number): Key<SettledPageRecord> =>
  `${marketPrefix(event, market)}t/${page}`;
