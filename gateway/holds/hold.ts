/** A hold: seats of one allotment, kept for one caller's cart for some minutes. It binds the gateways of this seller; the ledger does not know of it. */

export const MINUTE_MS = 60_000;
/** How long a hold can last, extended as often as may be. */
export const MAX_MINUTES = 60;

export interface Hold {
  /** Not to be guessed. */
  readonly hold: string;
  /** Whose it is (see http/caller.ts). */
  readonly caller: string;
  /** Unique among the caller's. */
  readonly id: string;
  /** Digest of what was asked under that id. */
  readonly asked: string;
  readonly event: string;
  readonly allotment: string;
  readonly priceClass: string;
  /** Those that are still held. */
  readonly seats: readonly string[];
  /** Those that were sold by naming the hold. */
  readonly sold: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** It can't be extended beyond. */
  readonly latestAtMs: number;
  readonly released: boolean;
}

export const HOLD_STATES = ['held', 'sold', 'released', 'expired'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export function stateOf({ seats, released, expiresAtMs }: Hold, nowMs: number): HoldState {
  if (released) return 'released';
  if (seats.length === 0) return 'sold';
  return nowMs < expiresAtMs ? 'held' : 'expired';
}

/** A seat that somebody has until then. */
export interface HeldSeat {
  readonly event: string;
  readonly place: string;
  readonly hold: string;
  readonly untilMs: number;
}

/** A seat that a sale has in hand, or may have, until then. */
export interface SellingSeat {
  readonly event: string;
  readonly place: string;
  readonly sale: string;
  readonly untilMs: number;
}
