/**
 * Conflicts and who causes them. One stale record has a whole transaction rejected, so whoever keeps changing a record elsewhere while he orders here spoils
 * the batches of others. What conflicts goes on apart from the rest, and what its holder orders in the next seconds goes the same way; a holder, or a client, that does so
 * repeatedly is quarantined for a while: he shares transactions with nobody but himself, one at a time. He is still served: somebody else may have made it look as
 * if it were he.
 */
import type { Clock, Report } from './clock.js';
import { Conduct } from './conduct.js';
import type { StaleRead } from './ledger.js';
import type { Order } from './order.js';
import { Strikes } from './strikes.js';

/** Whose record was written elsewhere a moment ago, for him that is likely again, and it costs others their batch. */
const WATCHED = { most: 1, withinMs: 5_000, firstMs: 5_000 };
const CREDENTIAL = { most: 3, withinMs: 60_000, firstMs: 30_000 };
/** Counted by their conduct. */
const CLIENT = { most: 1, withinMs: 60_000, firstMs: 10_000 };
/** An order that has been taken out of so many batches stays where it is: every course ends. */
const MOST_TIMES_APART = 3;
/** No event's id has it. */
const SEPARATOR = ' ';

export interface QuarantineFigures {
  /** Quarantined now. */
  readonly credentials: number;
  readonly clients: number;
  /** Orders that conflicts took out of their batch, since the start. */
  readonly setApart: number;
}

export class Quarantine {
  readonly #report: Report;
  readonly #conduct: Conduct;
  readonly #watched: Strikes;
  readonly #credentials: Strikes;
  readonly #clients: Strikes;
  /** Orders that were held against their clients: one that conflicts again, where it went on alone, is the same offence. */
  readonly #blamed = new WeakSet<Order>();
  #setApart = 0;

  constructor({ clock, report }: { readonly clock: Clock; readonly report: Report }) {
    this.#report = report;
    this.#conduct = new Conduct(clock);
    this.#watched = new Strikes({ clock, ...WATCHED });
    this.#credentials = new Strikes({ clock, ...CREDENTIAL });
    this.#clients = new Strikes({ clock, ...CLIENT });
  }

  get figures(): QuarantineFigures {
    return { credentials: this.#credentials.held, clients: this.#clients.held, setApart: this.#setApart };
  }

  /**
   * A new order, in a lane of its own if it must be. Deadlines and keys are the gateway's own business.
   * @param isRoomy apart: else who is only watched goes with the others, or a crowd of such would keep one another from being served
   */
  place(order: Order, isRoomy: boolean): Order {
    const { client, footprint, isUrgent } = order;
    if (isUrgent) return order;
    const holder = footprint.writes.find((key) => isHolder(key) && this.#mustGoApart(key, isRoomy));
    if (holder !== undefined) return apart(order, holder);
    return client !== undefined && this.#clients.isHeld(client) ? apart(order, client) : order;
  }

  #mustGoApart(holder: string, isRoomy: boolean): boolean {
    return this.#credentials.isHeld(holder) || (isRoomy && this.#watched.isHeld(holder));
  }

  /** It has got a place: what was turned away can't spoil anything, and makes nobody look better. */
  ordered({ client }: Order): void {
    if (client !== undefined) this.#conduct.ordered(client);
  }

  /** May it be taken out of its batch once more? */
  mayGoApart({ timesApart = 0, isUrgent }: Order): boolean {
    return !isUrgent && timesApart < MOST_TIMES_APART;
  }

  /** It goes on by itself. @param key the record that conflicts */
  setApart(order: Order, key: string): Order {
    this.#setApart += 1;
    return { ...apart(order, key), timesApart: (order.timesApart ?? 0) + 1 };
  }

  /** After a conflict. Only what an order would write is held against anybody: all may read the same. */
  strike(orders: readonly Order[], stale: readonly StaleRead[]): void {
    const written = new Set(orders.flatMap(({ footprint }) => footprint.writes));
    const spoilt = stale.filter(({ key }) => written.has(key));
    for (const { key, by } of spoilt) if (isHolder(key)) this.#strikeHolder(key, by);
    const keys = new Set(spoilt.map(({ key }) => key));
    for (const order of orders) if (order.footprint.writes.some((key) => keys.has(key))) this.#blame(order);
  }

  /** What endorsers can't agree on may be meant so. */
  strikePoison({ client }: Order): void {
    this.#strikeClient(client);
  }

  /** A holder is a person: the log has the event, and which organization had written. */
  #strikeHolder(key: string, writtenBy: string): void {
    this.#watched.raise(key);
    const forMs = this.#credentials.raise(key);
    if (forMs === undefined) return;
    const [event] = key.split('/');
    this.#report('warning', 'a credential is quarantined: it keeps conflicting', { event, writtenBy, forMs });
  }

  /** Orders that were apart already have spoilt nothing: who brought them is not to blame for a holder who is known for it. */
  #blame(order: Order): void {
    if (isApart(order.lane) || this.#blamed.has(order)) return;
    this.#blamed.add(order);
    this.#strikeClient(order.client);
  }

  #strikeClient(client: string | undefined): void {
    if (client === undefined || !this.#conduct.offended(client)) return;
    const forMs = this.#clients.raise(client);
    if (forMs === undefined) return;
    // What follows may be an address.
    const [kind] = client.split(':', 1);
    this.#report('warning', 'a client is quarantined: too much of what it orders conflicts', { kind, forMs });
  }
}

/** Lanes of what goes apart have one transaction in flight at most. */
export const isApart = (lane: string): boolean => lane.includes(SEPARATOR);

function apart(order: Order, party: string): Order {
  const [event] = order.lane.split(SEPARATOR, 1);
  return { ...order, lane: `${event}${SEPARATOR}${party}` };
}

const isHolder = (key: string): boolean => key.split('/')[1] === 'h';
