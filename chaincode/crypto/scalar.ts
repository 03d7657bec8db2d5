/** Scalars: integers modulo the order q of P-256 (SEC 2 section 2.4.2), 32 bytes big-endian (RFC 9497 section 4.3), base64url in JSON. */
import { fromBase64url, integerOf, toBase64url, WORD_BYTES, wordOf } from './bytes.js';
import { check } from './fault.js';
import { invert, mod } from './modular.js';

export type Scalar = bigint;

export const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export const toScalar = (value: bigint): Scalar => mod(value, ORDER);
export const invertScalar = (value: Scalar): Scalar => invert(value, ORDER);

export const scalarBytes = wordOf;
export const encodeScalar = (value: Scalar): string => toBase64url(wordOf(value));

/** @throws {Fault} SCALAR_INVALID for another length or what is not below the order */
export function scalarFrom(bytes: Uint8Array, field: string): Scalar {
  check(bytes.length === WORD_BYTES, 'SCALAR_INVALID', field);
  const value = integerOf(bytes);
  check(value < ORDER, 'SCALAR_INVALID', field);
  return value;
}

/** @throws {Fault} SCALAR_INVALID */
export function decodeScalar(text: string, field: string): Scalar {
  const bytes = fromBase64url(text);
  check(bytes !== undefined, 'SCALAR_INVALID', field);
  return scalarFrom(bytes, field);
}

/** A secret that may not be zero: a share, a blinding value. @throws {Fault} SCALAR_INVALID */
export function decodeSecret(text: string, field: string): Scalar {
  const value = decodeScalar(text, field);
  check(value !== 0n, 'SCALAR_INVALID', field);
  return value;
}
