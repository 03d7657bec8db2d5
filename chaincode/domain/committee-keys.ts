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
import type { Key } from './keys.js';

/** The name of the consortium's one long-lived key; every other key has its event's id. */
export const DEDUP = 'dedup';
export const keyNameOf = (event: string | undefined): string => event ?? DEDUP;
/** @returns undefined for the dedup key */
export const eventOfKey = (name: string): string | undefined => (name === DEDUP ? undefined : name);

/** @param event undefined for the dedup key; so in all of these */
export const sharedKeyKey = (event: string | undefined): Key<KeyRecord> =>
  event === undefined ? 'consortium/g' : `${event}/k`;
export const generationKey = (event: string | undefined, generation: number): Key<GenerationRecord> =>
  `${sharedKeyKey(event)}/${generation}`;
/** Below it is everything of one generation, for listing. */
export const generationPrefix = (event: string | undefined, generation: number): string =>
  `${generationKey(event, generation)}/`;

export interface Slot {
  readonly kind: Message['kind'];
  readonly index: number;
}
export const messageKey = (event: string | undefined, generation: number, { kind, index }: Slot): Key<MessageRecord> =>
  `${generationPrefix(event, generation)}${kind}/${index}`;
export const closedKey = (event: string | undefined, generation: number, round: Round): Key<ClosedRecord> =>
  `${generationPrefix(event, generation)}${round}`;

export const personKey = (person: string): Key<PersonRecord> => `consortium/i/${person}`;
export const enrolmentKey = (event: string, credential: string): Key<EnrolmentRecord> => `${event}/u/${credential}`;
