/** After a conflict: finds the commands whose records had been written meanwhile, and takes them out of the batch, so that the others go on at once. */
import { GatewayError } from '../errors.js';
import type { Report } from './clock.js';
import { LedgerFailure, type Commit, type EndorsedBatch, type StaleRead } from './ledger.js';
import type { Order } from './order.js';
import type { Quarantine } from './quarantine.js';

export interface SetApartOptions {
  readonly quarantine: Quarantine;
  readonly putBack: (order: Order) => void;
  readonly report: Report;
}

/** @returns the others; undefined if there are none, or nobody can be told from them: then the batch goes on as it is */
export async function setApart(
  orders: readonly Order[],
  endorsed: EndorsedBatch,
  commit: Commit | undefined,
  { quarantine, putBack, report }: SetApartOptions,
): Promise<readonly Order[] | undefined> {
  const stale = commit ? await staleReads(endorsed, commit, report) : [];
  const keyOf = ({ footprint: { reads, writes } }: Order) =>
    stale.find(({ key }) => writes.includes(key) || reads.includes(key))?.key;
  const culprits = orders.filter((order) => keyOf(order) !== undefined);
  quarantine.strike(culprits, stale);
  // A record that all have read, as the event is when its time has come: nobody's fault, and nobody is better off alone.
  if (culprits.length === orders.length) return undefined;
  const leaving = new Map(
    culprits.flatMap((order) => {
      const key = keyOf(order);
      return key !== undefined && quarantine.mayGoApart(order) ? [[order, key] as const] : [];
    }),
  );
  if (leaving.size === 0) return undefined;
  for (const [order, key] of leaving) putBack(quarantine.setApart(order, key));
  return orders.filter((order) => !leaving.has(order));
}

/** Whoever can't tell leaves the batch to be tried again, and split in the end. */
async function staleReads(endorsed: EndorsedBatch, commit: Commit, report: Report): Promise<readonly StaleRead[]> {
  try {
    return await endorsed.stale(commit);
  } catch (cause) {
    if (!(cause instanceof LedgerFailure || cause instanceof GatewayError)) throw cause;
    report('warning', 'what a conflict was about can not be told', { tx: endorsed.tx, cause });
    return [];
  }
}
