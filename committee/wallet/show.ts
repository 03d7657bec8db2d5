/** What a wallet shows to have signed: the answers that it used, what they come to, and that the same blinding is behind it, for this key and no other. */
import { encodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { decodePoint, encodePoint } from '../../chaincode/crypto/point.js';
import { decodeSecret } from '../../chaincode/crypto/scalar.js';
import { proveUnblinding, type Scope } from '../crypto/client-proofs.js';
import { encodeEvaluation } from '../crypto/oprf.js';
import { decodeMessage, messageTypOf } from '../messages/index.js';
import type { Attempt, Unblinded } from './attempt.js';
import { signWith, thumbprintOfHeld } from './binding.js';
import { expiryAfter } from './expiry.js';
import type { HeldKey } from './state.js';
import type { Shown } from './subject.js';
import { newId } from './wallet.js';

/** At least; what nodes sign is valid as long. */
export const POSSESSION_VALID_S = 30 * 60;

export async function show(attempt: Attempt, evaluated: Unblinded, held: HeldKey): Promise<Shown> {
  const { combined, unblinded, used } = evaluated;
  return {
    evaluations: used.map(encodeEvaluation),
    combined: encodePoint(combined),
    unblinded: encodePoint(unblinded),
    proof: prove(attempt, evaluated, held),
    possession: await possess(attempt, held),
  };
}

function prove(
  { subject, blinded, services, key }: Attempt,
  { combined, unblinded }: Unblinded,
  held: HeldKey,
): string {
  const { channel, suite, random } = services;
  const scope: Scope = {
    channel,
    keyId: key.keyId,
    epoch: key.committee.epoch,
    event: subject.event ?? '',
    holder: thumbprintOfHeld(held),
    commitment: blinded.commitment,
    sequence: held.sequence,
  };
  const unblinding = { blindingKey: decodePoint(blinded.blindingKey, 'blindingKey'), combined, unblinded };
  const secrets = { blinding: decodeSecret(blinded.blinding, 'blinding'), nonce: random() };
  return encodeDleqProof(proveUnblinding(suite, unblinding, scope, secrets));
}

function possess({ subject, blinded, services }: Attempt, held: HeldKey): Promise<string> {
  const { channel, now } = services;
  return signWith(held, messageTypOf('possession'), {
    channel,
    jti: newId(),
    exp: expiryAfter(POSSESSION_VALID_S, now()),
    ...(subject.event !== undefined && { event: subject.event }),
    handle: decodeMessage('handle', blinded.signed.handle, 'handle').digest,
    sequence: held.sequence,
  });
}
