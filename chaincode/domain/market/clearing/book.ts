/** What clearing starts from and comes to: plain data, so that whoever recomputes a market needs nothing else. */
import { groupBy } from '../group-by.js';

/** A credential that bids, or is somebody's guest. */
export interface Person {
  /** How many more tickets it may buy. */
  readonly left: number;
  readonly depositMinor: number;
}

export interface CountedBid {
  /** `bidId` of its bidder and name. */
  readonly id: string;
  readonly bidder: string;
  /** Each gets one of the tickets. Fewer than there are. */
  readonly guests: readonly string[];
  readonly priceClass: string;
  readonly quantity: number;
  /** The most for one ticket, everything included. */
  readonly limitMinor: number;
  readonly allOrNothing: boolean;
  /** The bidder's place in the draw: hex digits. */
  readonly prio: string;
}

export interface CountedAsk {
  readonly ticket: string;
  /** Its holder. */
  readonly seller: string;
  readonly priceClass: string;
  readonly askMinor: number;
  /** The most that its buyer may pay in all; null without a cap. */
  readonly capMinor: number | null;
  /** The ticket's place in the draw: hex digits. */
  readonly prio: string;
}

export interface Book {
  readonly bids: readonly CountedBid[];
  readonly asks: readonly CountedAsk[];
  readonly people: ReadonlyMap<string, Person>;
  /** Everything that a buyer pays at this price. It never falls while the price rises. */
  readonly totalOf: (priceClass: string, priceMinor: number) => number;
}

export interface Trade {
  readonly bid: string;
  /** Whose deposit pays. */
  readonly bidder: string;
  /** Whose the ticket is then: the bidder, or a guest. */
  readonly buyer: string;
  readonly ticket: string;
  readonly seller: string;
  readonly priceMinor: number;
  readonly totalMinor: number;
}

/** A person may have several bids, each with a name of its own. */
export const bidId = (credential: string, name: string): string => `${credential}/${name}`;

/** By their draw; the bids of one person, which have one draw, by their names. */
export const byDraw = (a: CountedBid, b: CountedBid): number =>
  a.prio === b.prio ? compareText(a.id, b.id) : compareText(a.prio, b.prio);

/** The cheapest first, of equal ones by their draw. */
export const byAsk = (a: CountedAsk, b: CountedAsk): number =>
  a.askMinor - b.askMinor || compareText(a.prio, b.prio) || compareText(a.ticket, b.ticket);

/** Ids and digits are ASCII: by code units is by bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export const byClass = <T extends { readonly priceClass: string }>(all: readonly T[]) =>
  groupBy(all, ({ priceClass }) => priceClass);
