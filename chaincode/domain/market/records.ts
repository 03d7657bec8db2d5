/** Records of a sealed market. README.md has their keys and its life. */
import type { Policy } from '../policy/parameters.js';
import type { Payload } from '../statements.js';
import type { PageOrder } from './page-order.js';

/** The event's newest market. Its change conflicts with every change of a ticket's owner that is held back across it. */
export interface LatestMarketRecord {
  readonly market: number;
  /** `settling` from the close to the end: nothing of the event changes hands but by the market. */
  readonly state: 'open' | 'settling' | 'over';
  /** When it ended; while it lasts, when the one before did. */
  readonly endedAt?: string;
}

export type MarketState = 'open' | 'closed' | 'frozen' | 'revealed' | 'cleared' | 'finished' | 'aborted';

/** What the organizer fixed when it opened the market. */
export type MarketTerms = Pick<
  Payload<'market'>,
  | 'market'
  | 'supply'
  | 'priceClasses'
  | 'allotments'
  | 'closesAt'
  | 'abortableAt'
  | 'depositSteps'
  | 'quotas'
  | 'guarantees'
  | 'sellerFeeBps'
  | 'buyerFeeBps'
>;

/** Not written between opening and close, so that orders and deposits never wait for one another. */
export interface MarketRecord extends MarketTerms {
  /** Of the policy when it was opened. */
  readonly clearing: Policy['clearing'];
  readonly state: MarketState;
  /** Digest of the opening statement. */
  readonly statement: string;
  /** Closed: resellers of `guarantees` that were suspended by then, or sell no more. They hold deposits, and pay out no ask. */
  readonly barred?: readonly string[];
  /** How many places its allotments have, free or not. */
  readonly places?: number;
  /** Since when nodes are waited for, by the time of the transaction. */
  readonly frozenAt?: string;
  /** Frozen: over the roots of all pages, base64url; and how many orders there are. */
  readonly root?: string;
  readonly orders?: number;
  /** Revealed: the market's secret key x, base64url. */
  readonly secret?: string;
  /** Revealed: how many pages of trades are written, where there are more than one transaction writes. */
  readonly clearedPages?: number;
  readonly result?: MarketResult;
  /** Nodes that kept silent where the market was aborted, by index. */
  readonly silent?: readonly number[];
}

export interface MarketResult {
  readonly trades: number;
  readonly pages: number;
  /** By class, where one price was found for all. */
  readonly prices?: Readonly<Record<string, number>>;
}

/** What a reseller has taken of what it guarantees. */
export interface GuaranteeRecord {
  readonly depositsMinor: number;
}

/** One person's money in one market, in escrow. */
export interface DepositRecord {
  readonly reseller: string;
  /** All that was deposited and not taken back before the close, and what of it is neither spent nor given back. */
  readonly amountMinor: number;
  readonly heldMinor: number;
  /** How many of the person's trades are settled. */
  readonly settled?: number;
}

export interface OrderRecord {
  /** The client's own id of it, which the ciphertext is bound to. */
  readonly id: string;
  /** base64url */
  readonly sealed: string;
}

export interface FrozenPageRecord {
  /** base64url */
  readonly root: string;
  readonly orders: number;
}

export interface MarketShareRecord {
  /** x_i, base64url. */
  readonly share: string;
  /** Digest of the statement that it came in. */
  readonly statement: string;
}

/** What the orders of a page say, and what of the people in them decides about theirs. */
export interface OpenedPageRecord {
  readonly orders: readonly PageOrder[];
  /** By credential: how many tickets the person may still buy, and its deposit. */
  readonly people: Readonly<Record<string, readonly [left: number, depositMinor: number]>>;
}

/** What of a page of the allotments' places is free, by allotment. */
export type SupplyPageRecord = Readonly<Record<string, FreePlaces>>;
export interface FreePlaces {
  readonly priceClass: string;
  /** What a ticket costs with fees. */
  readonly totalMinor: number;
  readonly places: readonly string[];
}

/** One ticket that changes hands, or comes into being. */
export interface TradeRecord {
  /** The bid's name among the bidder's, and how many trades the bidder has in all. */
  readonly bid: string;
  readonly bidder: string;
  readonly of: number;
  /** Who gets the ticket: the bidder or a guest. */
  readonly buyer: string;
  /** Who has the deposit. */
  readonly reseller: string;
  readonly ticket: string;
  readonly allotment: string;
  readonly totalMinor: number;
  readonly resale?: {
    readonly seller: string;
    readonly issue: number;
    readonly priceMinor: number;
    readonly reseller: string;
  };
}

export interface ResultPageRecord {
  readonly trades: readonly TradeRecord[];
}

export interface SettledPageRecord {
  /** Trades that could not be applied any more, by their place on the page, and why. */
  readonly lapsed: Readonly<Record<string, string>>;
}
