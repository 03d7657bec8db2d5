/** Hash to scalar: RFC 9380 hash_to_field with expand_message_xmd and SHA-256, modulo the order (RFC 9497 section 4.3). */
import { concat, integerBytes, integerOf, utf8 } from './bytes.js';
import { toScalar, type Scalar } from './scalar.js';
import type { Suite } from './suite.js';

const HASH_BYTES = 32;
const BLOCK_BYTES = 64;
const MAX_DST_BYTES = 255;
/** L: 256 bits of the order and 128 of security, so the bias is negligible. */
const SCALAR_INPUT_BYTES = 48;

/** RFC 9380 section 5.3.1. @param length in bytes, at most 255 hashes */
export function expandMessageXmd(suite: Suite, message: Uint8Array, dst: Uint8Array, length: number): Uint8Array {
  const prime = dstPrime(suite, dst);
  const head = suite.sha256(
    concat(new Uint8Array(BLOCK_BYTES), message, integerBytes(length, 2), Uint8Array.of(0), prime),
  );
  const blocks: Uint8Array[] = [];
  let previous: Uint8Array = new Uint8Array(HASH_BYTES);
  for (let index = 1; index <= Math.ceil(length / HASH_BYTES); index++) {
    const chained = head.map((byte, at) => byte ^ (previous[at] ?? 0));
    previous = suite.sha256(concat(chained, Uint8Array.of(index), prime));
    blocks.push(previous);
  }
  return concat(...blocks).subarray(0, length);
}

/** RFC 9380 section 5.3.3: a long tag is hashed first. */
function dstPrime(suite: Suite, dst: Uint8Array): Uint8Array {
  const tag = dst.length > MAX_DST_BYTES ? suite.sha256(concat(utf8('H2C-OVERSIZE-DST-'), dst)) : dst;
  return concat(tag, Uint8Array.of(tag.length));
}

export function hashToScalar(suite: Suite, message: Uint8Array, dst: Uint8Array): Scalar {
  return toScalar(integerOf(expandMessageXmd(suite, message, dst, SCALAR_INPUT_BYTES)));
}
