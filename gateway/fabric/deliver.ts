/** Delivers a batch, and what it must be split into: in the end the culprit is alone, and only he fails. */
import { GatewayError } from '../errors.js';
import { Answers } from './answers.js';
import { Delivery, type DeliveryOptions, type Split } from './delivery.js';
import { Footprints } from './footprint.js';
import type { Order } from './order.js';

/** Parts at least this big go at the same time: innocent ones need not wait until the culprit is found in the others. */
const BIG_PART = 8;

/** Resolves when every order has been answered, has failed or was put back; never rejects. */
export async function deliver(
  orders: readonly Order[],
  options: DeliveryOptions,
  isPartOfDivided = false,
): Promise<void> {
  try {
    const split = await new Delivery(orders, options, isPartOfDivided).run();
    if (split) await deliverParts(split, options);
  } catch (cause) {
    options.report('alarm', 'a batch failed in a way nobody foresaw', { cause, commands: orders.length });
    new Answers(orders, options).failAll(new GatewayError('INTERNAL', {}, { cause }));
  }
}

async function deliverParts({ parts, isDivided }: Split, options: DeliveryOptions): Promise<void> {
  const go = (part: readonly Order[]) => deliver(part, options, isDivided);
  if (parts.every(({ length }) => length >= BIG_PART) && areDisjoint(parts)) await Promise.all(parts.map(go));
  // One after the other: commands of one batch may touch the same records.
  else for (const part of parts) await go(part);
}

function areDisjoint(parts: readonly (readonly Order[])[]): boolean {
  const touched = new Footprints();
  return parts.every((part) => {
    const isDisjoint = !part.some(({ footprint }) => touched.meets(footprint));
    for (const { footprint } of part) touched.add(footprint);
    return isDisjoint;
  });
}
