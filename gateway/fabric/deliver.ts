/** Delivers a batch, and what it must be split into: in the end the culprit is alone, and only he fails. */
import { GatewayError } from '../errors.js';
import { Answers } from './answers.js';
import { Delivery, type DeliveryOptions, type Split } from './delivery.js';
import { Footprints } from './footprint.js';
import type { Order } from './order.js';

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
  // Nobody need wait until the culprit is found in the other part, nor until a saboteur's conflicts there are over.
  if (areDisjoint(parts)) await Promise.all(parts.map(go));
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
