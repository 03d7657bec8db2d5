/** Whether what a wallet shows is a blinding of the person whose document is at hand: M and com_j are worked out anew, p_j is checked. */
import { fromBase64url } from '../../chaincode/crypto/bytes.js';
import { decodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { decodePoint } from '../../chaincode/crypto/point.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { expectThat } from '../client/client-error.js';
import { verifyHandle, type Attested } from '../crypto/client-proofs.js';
import { elementOf } from '../crypto/hash-to-group.js';
import type { Opening } from '../messages/index.js';

/** @param identity canonical, as the attestor has read it from the document */
export const attestedOf = (identity: string): Attested => ({ identity, element: elementOf(identity) });

/** @throws {Fault} POINT_INVALID, PROOF_INVALID, SCALAR_INVALID, COMMITMENT_MISMATCH, BLINDING_PROOF_INVALID */
export function requireOpening(suite: Suite, attested: Attested, opening: Opening): void {
  const handle = {
    blinded: decodePoint(opening.blinded, 'blinded'),
    blindingKey: decodePoint(opening.blindingKey, 'blindingKey'),
    commitment: opening.commitment,
  };
  const salt = fromBase64url(opening.salt) ?? new Uint8Array(0);
  verifyHandle(suite, attested, handle, { salt, proof: decodeDleqProof(opening.proof, 'proof') });
}

/** So many proofs take about 20 ms: whoever else the process serves gets a turn between. */
const PROOFS_AT_ONCE = 8;

/** @throws {ClientError | Fault} HANDLE_REPEATED, and as requireOpening */
export async function requireOpenings(suite: Suite, attested: Attested, openings: readonly Opening[]): Promise<void> {
  const distinct = new Set(openings.map(({ blinded }) => blinded));
  expectThat(distinct.size === openings.length, 'HANDLE_REPEATED', 'openings');
  for (const [at, opening] of openings.entries()) {
    requireOpening(suite, attested, opening);
    if (at % PROOFS_AT_ONCE === PROOFS_AT_ONCE - 1) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
