/** Who waits: how many orders each lane has, and each client in it. */
import type { Order } from './order.js';
import { isApart } from './quarantine.js';

export interface LaneCrowd {
  readonly orders: number;
  readonly chars: number;
  readonly urgent: number;
  readonly clients: ReadonlyMap<string | undefined, number>;
}

const NOBODY: LaneCrowd = { orders: 0, chars: 0, urgent: 0, clients: new Map() };

interface Counted extends LaneCrowd {
  orders: number;
  chars: number;
  urgent: number;
  readonly clients: Map<string | undefined, number>;
}

export class Crowd {
  readonly #lanes = new Map<string, Counted>();
  #apart = 0;

  /** Orders in lanes apart, all together. */
  get apart(): number {
    return this.#apart;
  }

  in(lane: string): LaneCrowd {
    return this.#lanes.get(lane) ?? NOBODY;
  }

  /** The lane with the most orders. */
  get fullest(): string | undefined {
    return most([...this.#lanes].map(([lane, { orders }]) => [lane, orders] as const));
  }

  /** Who has the most orders in a lane. */
  busiestIn(lane: string): string | undefined {
    return most([...this.in(lane).clients]);
  }

  add({ lane, client, text, isUrgent }: Order): void {
    const crowd: Counted = this.#lanes.get(lane) ?? { orders: 0, chars: 0, urgent: 0, clients: new Map() };
    crowd.orders += 1;
    if (isUrgent) crowd.urgent += 1;
    if (isApart(lane)) this.#apart += 1;
    crowd.chars += text.length;
    crowd.clients.set(client, (crowd.clients.get(client) ?? 0) + 1);
    this.#lanes.set(lane, crowd);
  }

  remove({ lane, client, text, isUrgent }: Order): void {
    const crowd = this.#lanes.get(lane);
    if (!crowd) throw new Error(`nobody waits in ${lane}`);
    crowd.orders -= 1;
    if (isUrgent) crowd.urgent -= 1;
    if (isApart(lane)) this.#apart -= 1;
    crowd.chars -= text.length;
    const left = (crowd.clients.get(client) ?? 0) - 1;
    if (left > 0) crowd.clients.set(client, left);
    else crowd.clients.delete(client);
    if (crowd.orders === 0) this.#lanes.delete(lane);
  }
}

function most<T>(counts: readonly (readonly [T, number])[]): T | undefined {
  return counts.reduce<readonly [T, number] | undefined>(
    (top, each) => (top && top[1] >= each[1] ? top : each),
    undefined,
  )?.[0];
}
