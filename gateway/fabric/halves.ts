/** Cuts a batch that failed in two, so that in the end the culprit is alone. */
import { Footprints } from './footprint.js';
import type { Order } from './order.js';

/** Orders that meet, or that another in it makes meet. */
interface Group {
  readonly orders: Order[];
  readonly touched: Footprints;
}

/**
 * Orders that meet stay together, in their order: so the halves have nothing in common, and neither need wait until the other is through.
 * Only where all of them hang together the cut goes through them.
 * @param orders two at least @returns neither is empty
 */
export function halvesOf(orders: readonly Order[]): readonly [readonly Order[], readonly Order[]] {
  const half = Math.ceil(orders.length / 2);
  const groups = groupsOf(orders).toSorted((one, other) => other.length - one.length);
  if (groups.length === 1) return [orders.slice(0, half), orders.slice(half)];
  const halves: [Order[], Order[]] = [[], []];
  for (const group of groups) halves[halves[0].length < half ? 0 : 1].push(...group);
  return halves;
}

function groupsOf(orders: readonly Order[]): readonly (readonly Order[])[] {
  const groups = new Set<Group>();
  for (const order of orders) {
    const met = [...groups].filter(({ touched }) => touched.meets(order.footprint));
    const [home = { orders: [], touched: new Footprints() }, ...others] = met;
    groups.add(home);
    for (const other of others) groups.delete(other);
    for (const joining of [...others.flatMap((other) => other.orders), order]) {
      home.orders.push(joining);
      home.touched.add(joining.footprint);
    }
  }
  return [...groups].map((group) => group.orders);
}
