/**
 * Buyers' purchase requests as the parts of this gateway read them, each decoded once: whoever answers the call, takes the money, finds who writes the event
 * and sells has the same request in hand. It is decoded only: whoever needs the signature verifies it.
 */
import { decodeStatement, type Statement } from '../../chaincode/domain/statements.js';

/** As many as are on their way at once; a few megabytes. */
const REMEMBERED_REQUESTS = 256;

const remembered = new Map<string, Statement<'purchase'>>();

/** @throws {Refusal} below the field `request`, see `decodeStatement` */
export function readRequest(compact: string): Statement<'purchase'> {
  const known = remembered.get(compact);
  if (known) return known;
  const request = decodeStatement('purchase', compact, 'request');
  remembered.set(compact, request);
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED_REQUESTS && oldest !== undefined) remembered.delete(oldest);
  return request;
}
