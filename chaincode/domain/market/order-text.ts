/**
 * What is sealed: the bidder's or seller's statement and, each after a "~", the consents of guests; then one byte 0x80 and zeros up to a fixed size (ISO/IEC
 * 7816-4), so that neither length nor side shows. For browsers and Node.
 */
import { utf8 } from '../../crypto/bytes.js';
import { require } from '../refusal.js';
import type { Supply } from './orders.js';

/**
 * The largest order of one person has 1,583 characters, so it fits whatever its ids are. In a ballot there is room for the consents of as many guests as a bid
 * may have, unless the ids are far longer than usual; elsewhere who has room for one may name one.
 */
export const ORDER_BYTES: Readonly<Record<Supply, number>> = { resale: 1_600, ballot: 4_096, returns: 1_600 };

const MARK = 0x80;
const SEPARATOR = '~';

/** @param guests compact statements, as the order is. @throws {Refusal} ORDER_MALFORMED where they don't fit */
export function composeOrder(order: string, guests: readonly string[], supply: Supply): Uint8Array {
  const text = utf8([order, ...guests].join(SEPARATOR));
  const size = ORDER_BYTES[supply];
  require(text.length < size, 'ORDER_MALFORMED', { field: 'order', reason: 'is too long', limit: size - 1 });
  const padded = new Uint8Array(size);
  padded.set(text);
  padded[text.length] = MARK;
  return padded;
}

/** @throws {Refusal} ORDER_MALFORMED for another size, without a mark, or with nothing before it */
export function unpadOrder(bytes: Uint8Array, supply: Supply): Uint8Array {
  require(bytes.length === ORDER_BYTES[supply], 'ORDER_MALFORMED', { field: 'order', reason: 'has another size' });
  let end = bytes.length - 1;
  while (end > 0 && bytes[end] === 0) end -= 1;
  require(end > 0 && bytes[end] === MARK, 'ORDER_MALFORMED', { field: 'order', reason: 'has no end' });
  return bytes.subarray(0, end);
}

/** @returns the order's statement and its guests', compact. @throws {Refusal} ORDER_MALFORMED */
export function orderParts(plaintext: Uint8Array, supply: Supply): readonly [order: string, ...guests: string[]] {
  const text = unpadOrder(plaintext, supply);
  // A statement is ASCII; bytes that are not would be read as the same replacement character.
  const ascii = text.every((byte) => byte < 0x80);
  require(ascii, 'ORDER_MALFORMED', { field: 'order', reason: 'is not ASCII' });
  const [order = '', ...guests] = new TextDecoder().decode(text).split(SEPARATOR);
  return [order, ...guests];
}
