/**
 * The wallet's proof that it asks for itself: that it knows the r of a handle's R = r·G, said to one node, for one purpose. Without it whoever sees a handle,
 * as any node that is asked does, could have the other nodes bind it to another event.
 */
import { decodePossession, encodePossession, verifyPossession } from '../../chaincode/crypto/possession.js';
import type { Point } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { transcript } from '../../chaincode/crypto/transcript.js';
import { provePossession } from './prove.js';

/** What is asked of whom. A proof for one does not serve for another. */
export interface Asking {
  readonly channel: string;
  /** The event's id; undefined for the person itself. */
  readonly event: string | undefined;
  /** Digest of the handle's statement. */
  readonly handle: string;
  /** Of the node that is asked: organization and name. */
  readonly mspId: string;
  readonly node: string;
}

const statementOf = ({ channel, event = '', handle, mspId, node }: Asking, blindingKey: Point) => ({
  context: transcript('asking', channel, event, handle, mspId, node),
  key: blindingKey,
});

/** @returns R || z, base64url */
export function proveAsking(
  suite: Suite,
  asking: Asking,
  blindingKey: Point,
  { blinding, nonce }: { readonly blinding: Scalar; readonly nonce: Scalar },
): string {
  return encodePossession(provePossession(suite, statementOf(asking, blindingKey), blinding, nonce));
}

/** @throws {Fault} PROOF_INVALID, POINT_INVALID or SCALAR_INVALID for what is no proof at all, naming `field` */
export function verifyAsking(
  suite: Suite,
  asking: Asking,
  blindingKey: Point,
  { proof, field }: { readonly proof: string; readonly field: string },
): boolean {
  return verifyPossession(suite, statementOf(asking, blindingKey), decodePossession(proof, field));
}
