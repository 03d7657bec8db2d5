/**
 * Deficit round robin (Shreedhar and Varghese, 1995): clients of a lane take turns, each for so many characters, which is what a command costs. Who has
 * hundreds of orders waiting fills what others leave free, and no more.
 */
import type { Order } from './order.js';

/** About two sales. */
const QUANTUM_CHARS = 4_096;

export class FairTurns {
  /** What each client may still take, in the order of their turns. Only those with orders are in it. */
  readonly #deficits = new Map<string | undefined, number>();

  /** Goes before its turn: the client pays for it later. */
  charge({ client, text }: Order): void {
    this.#deficits.set(client, (this.#deficits.get(client) ?? 0) - text.length);
  }

  /** @param ready in the order they came; each client's keep it. Whoever is next when the caller stops is first the next time. */
  *inTurn(ready: readonly Order[]): Generator<Order> {
    const queues = queuesOf(ready);
    for (const client of this.#deficits.keys()) if (!queues.has(client)) this.#deficits.delete(client);
    for (const client of queues.keys()) if (!this.#deficits.has(client)) this.#deficits.set(client, 0);
    while (queues.size > 0) {
      const [turn] = this.#deficits;
      if (!turn) return;
      const [client, deficit] = turn;
      yield* this.#turnOf(client, deficit + QUANTUM_CHARS, queues);
    }
  }

  *#turnOf(client: string | undefined, deficit: number, queues: Map<string | undefined, Order[]>): Generator<Order> {
    const queue = queues.get(client) ?? [];
    let left = deficit;
    // What is left over is kept whether or not the caller comes back: a batch that is full ends a turn.
    for (let next = queue[0]; next && next.text.length <= left; next = queue[0]) {
      queue.shift();
      left -= next.text.length;
      this.#endTurn(client, left);
      yield next;
    }
    this.#endTurn(client, left);
    if (queue.length > 0) return;
    queues.delete(client);
    this.#deficits.delete(client);
  }

  #endTurn(client: string | undefined, left: number): void {
    this.#deficits.delete(client);
    this.#deficits.set(client, left);
  }
}

function queuesOf(orders: readonly Order[]): Map<string | undefined, Order[]> {
  const queues = new Map<string | undefined, Order[]>();
  for (const order of orders) {
    const queue = queues.get(order.client);
    if (queue) queue.push(order);
    else queues.set(order.client, [order]);
  }
  return queues;
}
