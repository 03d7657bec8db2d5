/** What decides which steps of a market are due, as one peer shows it. Only what its state asks for is filled in. */
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import type { MarketOf, PagedStep } from './step.js';

export interface MarketView extends MarketOf {
  readonly record: MarketRecord;
  /** Whether the event is. */
  readonly cancelled: boolean;
  readonly doorsOpenAt: string;
  /** Whether it is on record that the doors have opened: then only the end is left. */
  readonly doorsOpened: boolean;
  /** Of the market's key, once it can be used. */
  readonly key?: {
    readonly epoch: number;
    readonly threshold: number;
    readonly nodes: number;
    /** Indexes of the nodes that have a share. */
    readonly holders: readonly number[];
  };
  /** Pages that are not done yet. */
  readonly missing: Readonly<Record<PagedStep, readonly number[]>>;
  /** How many nodes have posted theirs. */
  readonly shares: number;
  /** Whose deposits are still held, once the market is over. */
  readonly held: readonly string[];
}

export const NOTHING_MISSING: MarketView['missing'] = { freeze: [], supply: [], read: [], settle: [] };
