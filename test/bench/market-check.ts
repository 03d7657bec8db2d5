/** What must hold of a measured market once it is over: figures of one that went wrong are none. */
import type { ResaleCheck } from './resale-check.js';

export interface MarketCheck extends Pick<ResaleCheck, 'unbalanced' | 'balancesOffMinor'> {
  /** Orders. */
  readonly read: number;
  /** How many orders are void, by code. */
  readonly voids: Readonly<Record<string, number>>;
  /** Trades that were not settled. */
  readonly lapsed: number;
}

/** @returns the check @throws {Error} naming all that does not hold */
export function requireSound(orders: number, check: MarketCheck, trades: number): MarketCheck {
  const { read, voids, lapsed, unbalanced, balancesOffMinor } = check;
  const wrong = {
    ...(read !== orders && { read }),
    ...(Object.keys(voids).length > 0 && { voids }),
    ...(trades === 0 && { trades }),
    ...(lapsed !== 0 && { lapsed }),
    ...(unbalanced !== 0 && { unbalanced }),
    ...(balancesOffMinor !== 0 && { balancesOffMinor }),
  };
  if (Object.keys(wrong).length > 0)
    throw new Error(`the market of ${orders} orders went wrong: ${JSON.stringify(wrong)}`);
  return check;
}
