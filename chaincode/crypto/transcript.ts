/** What is hashed: parts with their lengths before them, under a tag of their own, so that no two meanings share their bytes. */
import { concat, integerBytes, utf8 } from './bytes.js';
import type { Suite } from './suite.js';

/** Everything that is hashed has its own name; committee/README.md says what follows it. */
export type Tag =
  | 'generation'
  | 'dealing'
  | 'share'
  | 'possession'
  | 'ready'
  | 'complaint'
  | 'derive'
  | 'com'
  | 'asking'
  | 'blinding'
  | 'unblinding'
  | 'person'
  | 'credential'
  | 'order'
  | 'slot'
  | 'leaf';

/** A number is an integer of 32 bits, 4 bytes. */
export type Part = Uint8Array | string | number;

const bytesOf = (part: Part): Uint8Array => {
  if (typeof part === 'number') return integerBytes(part, 4);
  return typeof part === 'string' ? utf8(part) : part;
};

/** `guichet/v1/<tag>` and the parts, each after its length in 4 bytes. */
export function transcript(tag: Tag, ...parts: readonly Part[]): Uint8Array {
  const encoded = [`guichet/v1/${tag}`, ...parts].map(bytesOf);
  return concat(...encoded.flatMap((bytes) => [integerBytes(bytes.length, 4), bytes]));
}

/** H of the protocol: SHA-256 of the transcript. */
export function hash(suite: Suite, tag: Tag, ...parts: readonly Part[]): Uint8Array {
  return suite.sha256(transcript(tag, ...parts));
}
