/** What bounds the orders of a sealed market, and where its tickets come from. */

/** Holders' asks, an organizer's unsold places, or returned ones. */
export const SUPPLIES = ['resale', 'ballot', 'returns'] as const;
export type Supply = (typeof SUPPLIES)[number];

/** Clearing is one transaction. */
export const MAX_ORDERS = 20_000;
/** As many consents as an order's text has room for. */
export const MAX_GUESTS = 3;
export const MAX_BID_QUANTITY = 20;
