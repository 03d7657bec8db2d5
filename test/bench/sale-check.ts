/** What must hold of sold tickets once a load is over: figures of one that went wrong are none. */

export interface SaleCheck {
  readonly sold: number;
  /** Seats that were acknowledged to two buyers, belong to another than was told, or were sold unasked. */
  readonly oversold: number;
  /** Tickets in world state for which no block has a request and a sale, both signed, of that buyer. */
  readonly unsigned: number;
}

export interface SoldTickets {
  /** Holders in world state, by ticket. */
  readonly holders: ReadonlyMap<string, string>;
  /** Who was told that he has a ticket, as often as somebody was. */
  readonly told: readonly (readonly [ticket: string, buyer: string])[];
  /** Buyers by ticket, of the blocks' sales with both signatures. */
  readonly signed: ReadonlyMap<string, string>;
}

export function compareSales({ holders, told, signed }: SoldTickets): SaleCheck {
  const buyers = new Map(told);
  const misplaced = told.filter(([ticket, buyer]) => holders.get(ticket) !== buyer).length;
  const twice = told.length - buyers.size;
  const unasked = [...holders.keys()].filter((ticket) => !buyers.has(ticket)).length;
  return {
    sold: holders.size,
    oversold: Math.max(misplaced, twice) + unasked,
    unsigned: [...holders].filter(([ticket, holder]) => signed.get(ticket) !== holder).length,
  };
}

/** @returns the check @throws {Error} unless exactly so many tickets were sold, each to who ordered it and signed for it */
export function requireSold<T extends SaleCheck>(event: string, tickets: number, check: T): T {
  const { sold, oversold, unsigned } = check;
  requireNone(`${tickets} tickets of ${event}`, { notSold: tickets - sold, oversold, unsigned });
  return check;
}

/** @param wrong counts and lists of what may not be @throws {Error} naming all that is, with how much of it */
export function requireNone(what: string, wrong: Readonly<Record<string, number | readonly unknown[]>>): void {
  const found = Object.entries(wrong).filter(([, of]) => (typeof of === 'number' ? of !== 0 : of.length > 0));
  if (found.length > 0) throw new Error(`${what} went wrong: ${JSON.stringify(Object.fromEntries(found))}`);
}
