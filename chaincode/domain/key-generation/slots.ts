/** Where a generation's messages stand on the ledger, and what of them a message is judged by. */
import type { Round } from '../../crypto/generation/board.js';
import { dealersOf } from '../../crypto/generation/generation.js';
import type { Message } from '../../crypto/generation/messages.js';
import { closedKey, generationKey, messageKey, sharedKeyKey, type Slot } from '../committee-keys.js';
import type { GenerationRecord, MessageRecord } from '../committee-records.js';
import type { Key } from '../keys.js';
import { refuse, require } from '../refusal.js';
import type { State } from '../state.js';
import { KINDS, ROUND_OF, ROUNDS, type ClosableRound, type Posted } from './board.js';

/** Every message of a generation has one of these places, dealers' and recipients' alike. */
export const slotsOf = ({ generation }: GenerationRecord): number =>
  Math.max(generation.nodes, ...dealersOf(generation));

/** A generation as a command names it. */
export interface Named {
  /** `dedup`, an event's id or a market's. */
  readonly key: string;
  readonly generation: number;
  /** How many places it has: so that they can be loaded. */
  readonly nodes: number;
}

/** Which records are read. */
export interface View extends Named {
  readonly slots: readonly Slot[];
  readonly rounds: readonly ClosableRound[];
}

export const slotOf = (message: Message): Slot => ({
  kind: message.kind,
  index: 'dealer' in message ? message.dealer : message.recipient,
});

const allOf = (kinds: readonly Message['kind'][], nodes: number): Slot[] =>
  kinds.flatMap((kind) => Array.from({ length: nodes }, (_, at) => ({ kind, index: at + 1 })));

export const viewOfAll = (named: Named): View => ({ ...named, slots: allOf(KINDS, named.nodes), rounds: ROUNDS });

/**
 * What a message is judged by: all that was posted before its round, and its own place. Not what others post in the same round, so that they don't
 * conflict. What it reads of the rounds before can't be added to any more: either everybody is there, or the round's end is on record.
 */
export function viewFor(named: Named, message: Message): View {
  const round = ROUND_OF[message.kind];
  const own = slotOf(message);
  if (round === 'usable') return { ...named, slots: [own], rounds: [] };
  const isBefore = (other: Round) =>
    ROUNDS.findIndex((each) => each === other) < ROUNDS.indexOf(round as ClosableRound);
  const earlier = KINDS.filter((kind) => ROUND_OF[kind] !== 'usable' && isBefore(ROUND_OF[kind]));
  const rounds = ROUNDS.slice(0, ROUNDS.indexOf(round as ClosableRound) + 1);
  return { ...named, slots: [...allOf(earlier, named.nodes), own], rounds };
}

export const keysOfView = ({ key, generation, slots, rounds }: View): readonly Key<unknown>[] => [
  sharedKeyKey(key),
  generationKey(key, generation),
  ...slots.map((slot) => messageKey(key, generation, slot)),
  ...rounds.map((round) => closedKey(key, generation, round)),
];

/** @throws {Refusal} STALE_GENERATION for one that there is not, INVALID_FIELD for another number of places than it has */
export function requirePosted(state: State, { key, generation, nodes, slots, rounds }: View): Posted {
  const record = state.get(generationKey(key, generation));
  if (!record)
    return refuse('STALE_GENERATION', { field: 'generation', newest: state.get(sharedKeyKey(key))?.generation ?? 0 });
  const expected = slotsOf(record);
  require(nodes === expected, 'INVALID_FIELD', { field: 'nodes', reason: 'is not its number of places', expected });
  const messages = slots.map((slot) => state.get(messageKey(key, generation, slot)));
  const closed = rounds.map((round) => [round, state.get(closedKey(key, generation, round))] as const);
  return {
    record,
    messages: messages.filter((message): message is MessageRecord => message !== undefined),
    closed: Object.fromEntries(closed.filter(([, end]) => end !== undefined)),
  };
}
