/** An order: one caller's command on its way to the ledger, and the promise of its receipt. */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import type { CommandKind } from '../../chaincode/domain/rules/index.js';
import { requiredEndorsers } from './endorsers.js';
import { footprintOf, type Footprint } from './footprint.js';
import type { Committed } from './ledger.js';

/** Lane of commands that concern no event; no event id is like it. */
const CONSORTIUM_LANE = 'consortium';
/**
 * Deadlines, and what the consortium decides of itself: few commands, and none that the public can bring. Whatever else concerns no event (a person's
 * registration, a veto) waits its turn.
 */
const URGENT: ReadonlySet<string> = new Set([
  'event.advance',
  'keys.register',
  'keys.revoke',
  'policy.set',
  'proposal.create',
  'proposal.vote',
  'proposal.expire',
] satisfies CommandKind[]);

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
  /** When the lanes took it. */
  readonly takenMs?: number;
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
    isUrgent: URGENT.has(prepared.kind),
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
