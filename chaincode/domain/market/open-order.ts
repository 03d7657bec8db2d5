/** Opening and reading sealed orders, once the market's secret is public. Everybody who does it has the same result. */
import { integerOf, toBase64url, wordOf } from '../../crypto/bytes.js';
import { sealedOpener } from '../../crypto/hpke.js';
import { isCanonicalBase64url, thumbprintOf } from '../../crypto/jwk.js';
import { isOnCurve, type Point } from '../../crypto/point.js';
import type { Scalar } from '../../crypto/scalar.js';
import type { Sealed } from '../../crypto/sealed.js';
import { refuse, require } from '../refusal.js';
import { decodeStatement, type Statement } from '../statements.js';
import { orderParts } from './order-text.js';
import { MAX_GUESTS, type Supply } from './orders.js';
import type { SlotContent } from './pages.js';
import { ENC_BYTES, orderBinding, sealedBytes } from './seal.js';

const UNCOMPRESSED = 4;

/** RFC 7638 of the key as a JWK, as every key's id. */
export function marketKeyOf({ x, y }: Point): string {
  return thumbprintOf({ kty: 'EC', crv: 'P-256', x: toBase64url(wordOf(x)), y: toBase64url(wordOf(y)) });
}

/** The size is all that can be said of an order while it is sealed. @throws {Refusal} ORDER_MALFORMED */
export function requireSealedForm(sealed: string, supply: Supply, field: string): void {
  const bytes = sealedBytes(supply);
  const sized = sealed.length === Math.ceil((bytes * 4) / 3) && isCanonicalBase64url(sealed);
  require(sized, 'ORDER_MALFORMED', { field, expectedBytes: bytes });
}

/** @returns undefined for what no sender can have made: enc is no point of the curve, or there is none */
function decodeSealed(text: string): Sealed | undefined {
  if (!isCanonicalBase64url(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < ENC_BYTES || bytes[0] !== UNCOMPRESSED) return undefined;
  const enc = { x: integerOf(bytes.subarray(1, 33)), y: integerOf(bytes.subarray(33, ENC_BYTES)) };
  return isOnCurve(enc) ? { enc, ciphertext: bytes.subarray(ENC_BYTES) } : undefined;
}

/**
 * Opens the orders of one market: the function that it returns gives the padded plaintext.
 * @throws {Refusal} from there: ORDER_NOT_OPENED for one that was sealed for another market, organization, id or key, or that nobody sealed
 */
export function orderOpener(
  market: string,
  key: Point,
  secret: Scalar,
): (mspId: string, content: SlotContent) => Uint8Array {
  const open = sealedOpener(secret, key);
  return (mspId, { id, sealed }) => {
    const decoded = decodeSealed(sealed);
    const opened = decoded && open(decoded, orderBinding(market, key, mspId, id));
    return opened ?? refuse('ORDER_NOT_OPENED', { field: 'order.sealed' });
  };
}

export interface OpenedOrder {
  readonly order: Statement<'order'>;
  readonly guests: readonly Statement<'guest'>[];
}

/**
 * The form of what was sealed: no signature is verified yet, nor whether a consent is one to this bid.
 * @throws {Refusal} ORDER_MALFORMED, and those of `decodeStatement` below `order` and `guests[i]`
 */
export function readOrder(plaintext: Uint8Array, supply: Supply): OpenedOrder {
  const [order, ...guests] = orderParts(plaintext, supply);
  require(guests.length <= MAX_GUESTS, 'ORDER_MALFORMED', { field: 'guests', limit: MAX_GUESTS });
  return {
    order: decodeStatement('order', order, 'order'),
    guests: guests.map((guest, at) => decodeStatement('guest', guest, `guests[${at}]`)),
  };
}
