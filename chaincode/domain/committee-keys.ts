/** Keys of the committee's records. What several nodes write at once stands under a key for each, so that they never conflict. */
import type { Round } from '../crypto/generation/board.js';
import type { Message } from '../crypto/generation/messages.js';
import type {
  ClosedRecord,
  EnrolmentRecord,
  GenerationRecord,
  KeyRecord,
  MessageRecord,
  PersonRecord,
} from './committee-records.js';
import { marketId, marketIdOf, parseMarketId } from './ids.js';
import type { Key } from './keys.js';

/** The name of the consortium's one long-lived key; every other key has the id of its event or of its market. */
export const DEDUP = 'dedup';

/** What a key is for, as commands say it: the consortium without an event, an event, one market of it. */
export interface KeyOwner {
  readonly event?: string | undefined;
  readonly market?: number | undefined;
}

export function keyNameOf(event: string | undefined, market?: number): string {
  if (event === undefined) return DEDUP;
  return market === undefined ? event : marketIdOf(event, market);
}

/** The other way round. */
export function ownerOfKey(name: string): KeyOwner {
  if (name === DEDUP) return {};
  return marketId.safeParse(name).success ? parseMarketId(name) : { event: name };
}

/** @returns undefined for the dedup key; of a market's key its event */
export const eventOfKey = (name: string): string | undefined => ownerOfKey(name).event;

/** @param name `dedup`, an event's id or a market's; so in all of these */
export function sharedKeyKey(name: string): Key<KeyRecord> {
  const { event, market } = ownerOfKey(name);
  if (event === undefined) return 'consortium/g';
  return market === undefined ? `${event}/k` : `${event}/w/${market}/k`;
}
export const generationKey = (name: string, generation: number): Key<GenerationRecord> =>
  `${sharedKeyKey(name)}/${generation}`;
/** Below it is everything of one generation, for listing. */
export const generationPrefix = (name: string, generation: number): string => `${generationKey(name, generation)}/`;

export interface Slot {
  readonly kind: Message['kind'];
  readonly index: number;
}
export const messageKey = (name: string, generation: number, { kind, index }: Slot): Key<MessageRecord> =>
  `${generationPrefix(name, generation)}${kind}/${index}`;
export const closedKey = (name: string, generation: number, round: Round): Key<ClosedRecord> =>
  `${generationPrefix(name, generation)}${round}`;

export const personKey = (person: string): Key<PersonRecord> => `consortium/i/${person}`;
export const enrolmentKey = (event: string, credential: string): Key<EnrolmentRecord> => `${event}/u/${credential}`;
