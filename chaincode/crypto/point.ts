/**
 * Points of P-256 (SEC 2 section 2.4.2: y² = x³ - 3x + b modulo p), affine, with their encodings (SEC 1 section 2.3.3): compressed, 33 bytes, base64url in
 * JSON. The identity is no Point: a sum of points that may be the identity is a `Sum`, and whoever takes one has to look.
 */
import { concat, fromBase64url, integerOf, toBase64url, wordOf } from './bytes.js';
import { check } from './fault.js';
import { invert, mod, power } from './modular.js';

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** `undefined` is the identity. */
export type Sum = Point | undefined;

export const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
export const A = FIELD - 3n;
export const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
export const GENERATOR: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};
export const POINT_BYTES = 33;

const rightSide = (x: bigint): bigint => mod(x * (x * x - 3n) + B, FIELD);

export function isOnCurve({ x, y }: Point): boolean {
  const inField = x >= 0n && x < FIELD && y >= 0n && y < FIELD;
  return inField && mod(y * y, FIELD) === rightSide(x);
}

export function equalPoints(left: Sum, right: Sum): boolean {
  return left?.x === right?.x && left?.y === right?.y;
}

export const negate = ({ x, y }: Point): Point => ({ x, y: FIELD - y });

export function add(left: Sum, right: Sum): Sum {
  if (!left || !right) return left ?? right;
  if (left.x !== right.x) return onLine(left, right, (right.y - left.y) * invert(right.x - left.x, FIELD));
  // No point has y = 0: the order is odd.
  return left.y === right.y ? onLine(left, left, 3n * (left.x * left.x - 1n) * invert(2n * left.y, FIELD)) : undefined;
}

/** The third point of the line through both, mirrored. */
function onLine(left: Point, right: Point, slope: bigint): Point {
  const x = mod(slope * slope - left.x - right.x, FIELD);
  return { x, y: mod(slope * (left.x - x) - left.y, FIELD) };
}

/** By doubling: for a public factor of a few bits. */
export function multiplySmall(factor: number, point: Sum): Sum {
  let [result, double]: [Sum, Sum] = [undefined, point];
  for (let bits = factor; bits > 0; bits >>= 1) {
    if (bits & 1) result = add(result, double);
    if (bits > 1) double = add(double, double);
  }
  return result;
}

/** SEC 1 section 2.3.3, compressed: RFC 9497 SerializeElement. */
export function pointBytes({ x, y }: Point): Uint8Array {
  return concat(Uint8Array.of(y & 1n ? 3 : 2), wordOf(x));
}

/** SEC 1 section 2.3.3, uncompressed: RFC 9180 SerializePublicKey. */
export function uncompressedBytes({ x, y }: Point): Uint8Array {
  return concat(Uint8Array.of(4), wordOf(x), wordOf(y));
}

export const encodePoint = (point: Point): string => toBase64url(pointBytes(point));

/** RFC 9497 DeserializeElement: only the compressed form, so one text for each point. @throws {Fault} POINT_INVALID */
export function pointFrom(bytes: Uint8Array, field: string): Point {
  const sign = bytes[0];
  check(bytes.length === POINT_BYTES && (sign === 2 || sign === 3), 'POINT_INVALID', field);
  const x = integerOf(bytes.subarray(1));
  check(x < FIELD, 'POINT_INVALID', field);
  const square = rightSide(x);
  // p = 3 mod 4
  const root = power(square, (FIELD + 1n) / 4n, FIELD);
  check(mod(root * root, FIELD) === square, 'POINT_INVALID', field);
  return { x, y: (root & 1n) === BigInt(sign & 1) ? root : FIELD - root };
}

/** @throws {Fault} POINT_INVALID */
export function decodePoint(text: string, field: string): Point {
  const bytes = fromBase64url(text);
  check(bytes !== undefined, 'POINT_INVALID', field);
  return pointFrom(bytes, field);
}
