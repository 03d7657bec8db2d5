/** Delivers a batch, and what it must be split into: in the end the culprit is alone, and only he fails. */
import { GatewayError } from '../errors.js';
import { Line } from '../line.js';
import { Answers } from './answers.js';
import { Delivery, type DeliveryOptions } from './delivery.js';
import { Footprints } from './footprint.js';
import type { Order } from './order.js';
import { isApart } from './quarantine.js';

/** Of one batch, in the ledger's hands: each is a transaction, which costs it what a dozen orders in it do. */
const PARTS_AT_ONCE = 8;

/** Resolves when every order has been answered, has failed or was put back; never rejects. */
export async function deliver(orders: readonly Order[], options: DeliveryOptions): Promise<void> {
  const line = new Line({ atOnce: orders.some(({ lane }) => isApart(lane)) ? 1 : PARTS_AT_ONCE });
  const deliverPart = async (part: readonly Order[], isOfDivided: boolean): Promise<void> => {
    try {
      const split = await new Delivery(part, options, { isOfDivided, line }).run();
      if (!split) return;
      const go = (each: readonly Order[]) => deliverPart(each, split.isDivided);
      // Nobody need wait until the culprit is found in the other part, nor until a saboteur's conflicts there are over.
      if (areDisjoint(split.parts)) await Promise.all(split.parts.map(go));
      else for (const each of split.parts) await go(each);
    } catch (cause) {
      options.report('alarm', 'a batch failed in a way nobody foresaw', { cause, commands: part.length });
      new Answers(part, options).failAll(new GatewayError('INTERNAL', {}, { cause }));
    }
  };
  await deliverPart(orders, false);
}

function areDisjoint(parts: readonly (readonly Order[])[]): boolean {
  const touched = new Footprints();
  return parts.every((part) => {
    const isDisjoint = !part.some(({ footprint }) => touched.meets(footprint));
    for (const { footprint } of part) touched.add(footprint);
    return isDisjoint;
  });
}
