/**
 * Which of a market's orders count. A person may send an order again through another gateway, replace and cancel it, and nobody can say which came first: so the
 * highest sequence counts, per person and bid or ticket, and never a lower one again.
 */
import type { RefusalCode } from '../refusal.js';
import type { Payload } from '../statements.js';
import { groupBy } from './group-by.js';

type Order = Payload<'order'>;
export type BidTerms = NonNullable<Order['bid']>;
export type AskTerms = NonNullable<Order['ask']>;

/** Why an order that breaks no rule of its own does not count. Nobody is refused any more, so these are never thrown. */
export const UNCOUNTED_CODES = [
  /** A higher sequence came. */
  'ORDER_REPLACED',
  /** A cancellation with a higher sequence came. */
  'ORDER_CANCELLED',
  /** The same sequence says something else. */
  'ORDER_CONFLICT',
  /** The same again. */
  'ORDER_REPEATED',
  /** A guest of two hosts, or with a bid of his own: one person has one draw. */
  'GUEST_REPEATED',
] as const;
export type VoidCode = RefusalCode | (typeof UNCOUNTED_CODES)[number];

/** An order of this market, signed with its credential's key: whatever else is wrong with it, it is its author's word. */
export interface ReadOrder extends Pick<Order, 'credential' | 'sequence' | 'bid' | 'ask' | 'cancel'> {
  /** Its place among all slots of the market. */
  readonly at: number;
  /** The statement's. */
  readonly digest: string;
  /** The rule that it breaks. It takes part all the same: its author meant it to replace the ones before. */
  readonly void?: RefusalCode;
}

export type ReadBid = ReadOrder & { readonly bid: BidTerms };
export type ReadAsk = ReadOrder & { readonly ask: AskTerms };

export interface Resolution {
  /** Those that count, by their places. */
  readonly bids: readonly ReadBid[];
  readonly asks: readonly ReadAsk[];
  /** Of every other order, by its place; a cancellation that counts is in none. */
  readonly voids: ReadonlyMap<number, VoidCode>;
}

/** What an order replaces: a person's bid of that name, or a person's ask for that ticket. A ticket has a colon, a bid's name has none. */
function lineOf({ credential, bid, ask, cancel }: ReadOrder): string {
  const subject = bid?.name ?? ask?.ticket ?? (cancel && 'bid' in cancel ? cancel.bid : cancel?.ticket);
  return `${credential}/${subject ?? ''}`;
}

/** @param orders in any order: the result hangs on their places alone */
export function resolveOrders(orders: readonly ReadOrder[]): Resolution {
  const voids = new Map<number, VoidCode>();
  const lines = groupBy(
    orders.toSorted((a, b) => a.at - b.at),
    lineOf,
  );
  const counted = [...lines.values()].flatMap((line) => resolveLine(line, voids) ?? []).sort((a, b) => a.at - b.at);
  const bids = counted.filter((order): order is ReadBid => order.bid !== undefined);
  return {
    bids: withoutRepeatedGuests(bids, voids),
    asks: counted.filter((order): order is ReadAsk => order.ask !== undefined),
    voids,
  };
}

/** @param line ascending by place. @returns the one that counts, if any */
function resolveLine(line: readonly ReadOrder[], voids: Map<number, VoidCode>): ReadOrder | undefined {
  const highest = line.reduce((max, { sequence }) => Math.max(max, sequence), 0);
  const last = line.filter(({ sequence }) => sequence === highest);
  const said = new Set(last.map(({ digest }) => digest));
  // Of copies one may be whole and another not, for consents go beside the statement: the first that is whole counts.
  const counts = said.size > 1 ? undefined : (last.find(({ void: broken }) => broken === undefined) ?? last[0]);
  for (const order of line) {
    const code =
      order === counts ? order.void : codeOf(order, { highest, cancelled: counts?.cancel !== undefined, said });
    if (code !== undefined) voids.set(order.at, code);
  }
  return counts && counts.void === undefined ? counts : undefined;
}

function codeOf(
  order: ReadOrder,
  { highest, cancelled, said }: { highest: number; cancelled: boolean; said: ReadonlySet<string> },
): VoidCode {
  if (order.sequence < highest) return order.void ?? (cancelled ? 'ORDER_CANCELLED' : 'ORDER_REPLACED');
  return said.size > 1 ? 'ORDER_CONFLICT' : (order.void ?? 'ORDER_REPEATED');
}

/** Who shares a host's draw has no other: two hosts would be two draws. The bids that name him are void, not the one that he made himself. */
function withoutRepeatedGuests(bids: readonly ReadBid[], voids: Map<number, VoidCode>): readonly ReadBid[] {
  const drawnWith = new Map<string, Set<string>>();
  for (const { credential, bid } of bids)
    for (const person of [credential, ...(bid.guests ?? [])]) {
      const hosts = drawnWith.get(person) ?? new Set();
      drawnWith.set(person, hosts.add(credential));
    }
  return bids.filter(({ at, bid }) => {
    const repeated = (bid.guests ?? []).some((guest) => (drawnWith.get(guest)?.size ?? 0) > 1);
    if (repeated) voids.set(at, 'GUEST_REPEATED');
    return !repeated;
  });
}
