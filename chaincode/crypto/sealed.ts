/** A sealed message of HPKE (RFC 9180) and what it is bound to: no cryptography, so browsers and Node read the same. */
import type { Point } from './point.js';

export interface Sealed {
  /** The sender's ephemeral key; on the wire of the RFC its uncompressed form. */
  readonly enc: Point;
  /** With the tag at its end. */
  readonly ciphertext: Uint8Array;
}

/** What a message is bound to: both sides have to say the same. */
export interface Binding {
  readonly info: Uint8Array;
  readonly aad: Uint8Array;
}

export const TAG_BYTES = 16;
