/**
 * An attestor's word for a replacement of a key: whoever stands here is the person of this pseudonym. The attestor checks what a node checks, and so learns the
 * pseudonym: for the person that somebody has replaced a key, for an event which tickets are this person's. That is the price of not waiting 72 hours.
 */
import { decodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { decodePoint } from '../../chaincode/crypto/point.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { expectThat } from '../client/client-error.js';
import type { TrustedKey } from '../client/trusted-key.js';
import { hasSigned } from '../client/verify-message.js';
import { verifyEnrolment } from '../crypto/client-proofs.js';
import { credentialIdOf, personIdOf } from '../crypto/credential.js';
import { decodeEvaluations } from '../crypto/oprf.js';
import { decodeMessage, thumbprintOfKey, type ApprovalRequest, type MessagePayload } from '../messages/index.js';

export interface ApprovalOptions {
  readonly suite: Suite;
  readonly channel: string;
  readonly now: () => number;
  /** Of the consortium or the event, trusted as a wallet trusts it. */
  readonly key: TrustedKey;
}

/** @throws {ClientError | Fault | Refusal} POSSESSION_INVALID, KEY_NOT_TRUSTED for another key's, and what verifyEnrolment throws */
export async function requireReplacement(
  { event, opening, shown, key: jwk, sequence }: ApprovalRequest,
  { suite, channel, now, key }: ApprovalOptions,
): Promise<Pick<MessagePayload<'key-approval'>, 'event' | 'subject' | 'key' | 'sequence'>> {
  expectThat(key.owner === (event ?? 'dedup'), 'KEY_NOT_TRUSTED', 'event');
  const possession = decodeMessage('possession', shown.possession, 'possession');
  const { payload } = possession;
  const holder = thumbprintOfKey(jwk);
  const current = payload.channel === channel && payload.exp * 1000 > now();
  const about = payload.event === event && payload.sequence === sequence && possession.signer === holder;
  expectThat(current && about && (await hasSigned(jwk, possession)), 'POSSESSION_INVALID', 'possession');
  const unblinded = decodePoint(shown.unblinded, 'unblinded');
  const enrolment = {
    blinded: decodePoint(opening.blinded, 'blinded'),
    blindingKey: decodePoint(opening.blindingKey, 'blindingKey'),
    used: decodeEvaluations(shown.evaluations),
    combined: decodePoint(shown.combined, 'combined'),
    unblinded,
    proof: decodeDleqProof(shown.proof, 'proof'),
  };
  const { keyId, committee } = key;
  const { commitment } = opening;
  const scope = { channel, keyId, epoch: committee.epoch, event: event ?? '', holder, commitment, sequence };
  verifyEnrolment(suite, key, enrolment, scope);
  const subject = event === undefined ? personIdOf(suite, unblinded) : credentialIdOf(suite, event, unblinded);
  return { ...(event !== undefined && { event }), subject, key: holder, sequence };
}
