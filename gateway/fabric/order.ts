/** An order: one caller's command on its way to the ledger, and the promise of its receipt. */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import { requiredEndorsers } from './endorsers.js';
import { footprintOf, type Footprint } from './footprint.js';
import type { Committed } from './ledger.js';

/** Lane of commands that concern no event; no event id is like it. */
const CONSORTIUM_LANE = 'consortium';
/** Records that a deadline has passed. */
const DEADLINE_KIND = 'event.advance';

export interface Order {
  /** The event that the command concerns. Orders of one lane share a transaction. */
  readonly lane: string;
  readonly kind: string;
  /** The command as JSON. */
  readonly text: string;
  readonly footprint: Footprint;
  /** Key under which the ledger remembers the command. */
  readonly memory: string;
  /** Goes before what has waited longer: deadlines and keys, which sales must not keep from the ledger. */
  readonly isUrgent: boolean;
  /** Organizations that must endorse whatever transaction carries it. */
  readonly required: readonly string[];
  /** Who brought it, as far as the gateway knows; undefined for its own. */
  readonly client?: string | undefined;
  /** How often a conflict has taken it out of its batch. */
  readonly timesApart?: number;
  readonly answer: (committed: Committed) => void;
  readonly fail: (error: Error) => void;
}

export interface Placed {
  readonly order: Order;
  readonly committed: Promise<Committed>;
}

/** @throws {Refusal} if the command's form is wrong: that costs the ledger nothing */
export function placeOrder(command: Readonly<Record<string, unknown>>, mspId: string, client?: string): Placed {
  const prepared = prepareCommand(command, mspId);
  let answer: Order['answer'] | undefined;
  let fail: Order['fail'] | undefined;
  const committed = new Promise<Committed>((resolve, reject) => {
    answer = resolve;
    fail = reject;
  });
  if (!answer || !fail) throw new Error('a promise runs its executor at once');
  const order: Order = {
    lane: prepared.event ?? CONSORTIUM_LANE,
    kind: prepared.kind,
    text: JSON.stringify(command),
    footprint: footprintOf(prepared),
    memory: prepared.memory,
    isUrgent: prepared.event === undefined || prepared.kind === DEADLINE_KIND,
    required: requiredEndorsers(prepared, mspId),
    client,
    answer,
    fail,
  };
  return { order, committed };
}

/** The transaction's argument. */
export function batchOf(orders: readonly Order[]): string {
  return `{"commands":[${orders.map(({ text }) => text).join(',')}]}`;
}
