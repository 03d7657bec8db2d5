/** What persons and credentials have in common: a node shows Z_i for a handle, and later signs for whoever proves to have unblinded it. */
import type { z } from 'zod';
import { decodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { decodePoint, type Point } from '../../chaincode/crypto/point.js';
import { decodeOffLedger, type OffLedgerStatement } from './off-ledger.js';
import { verifyEnrolment, type Scope } from '../crypto/client-proofs.js';
import { decodeEvaluations, encodeEvaluation, evaluate, type EvaluationJson } from '../crypto/oprf.js';
import { randomScalar } from '../crypto/secrets.js';
import { demand } from '../errors.js';
import type { unblindingSchema } from '../messages/requests.js';
import { EXPIRY_STEP_S } from '../messages/shapes.js';
import type { VerifiedHandle } from './handles.js';
import type { HeldKey, NodeServices } from './services.js';
import { requireSignature, requireTimely } from './statements.js';

export type Shown = Readonly<z.infer<z.ZodObject<typeof unblindingSchema>>>;

/** Which key an answer is under: after it has moved to another committee, answers of before fit no more. */
export interface Answered extends EvaluationJson {
  readonly keyId: string;
  readonly epoch: number;
}

export function answer(
  { share, generation: { keyId, epoch } }: HeldKey,
  blinded: Point,
  { suite }: Pick<NodeServices, 'suite'>,
): Answered {
  return { ...encodeEvaluation(evaluate(suite, share, blinded, randomScalar())), keyId, epoch };
}

/** Longer would let a statement lie in wait. */
const MAX_POSSESSION_S = 60 * 60;

/** The request's own statement: by the key that is to be registered, of this handle, for this event. */
export function takePossession(
  compact: string,
  { event, handle }: { readonly event: string | undefined; readonly handle: VerifiedHandle },
  services: NodeServices,
): OffLedgerStatement<'possession'> {
  const possession = decodeOffLedger('possession', compact, 'possession');
  const { payload, jwk } = possession;
  requireTimely(possession, services);
  const latest = services.now() / 1000 + MAX_POSSESSION_S;
  demand(payload.exp <= latest, 'INVALID_FIELD', { field: 'possession.exp', reason: 'is more than an hour away' });
  // It is copied to the ledger: to the second it would tell wallets by their clocks.
  const reason = 'is not on a whole ten minutes';
  demand(payload.exp % EXPIRY_STEP_S === 0, 'INVALID_FIELD', { field: 'possession.exp', reason });
  demand(payload.event === event, 'WRONG_EVENT', { field: 'possession.event' });
  demand(payload.handle === handle.statement, 'HANDLE_MISMATCH', { field: 'possession.handle' });
  if (!jwk) throw new Error('a possession without key');
  requireSignature(possession, jwk, services);
  return possession;
}

export interface Enrolling {
  readonly held: HeldKey;
  readonly handle: VerifiedHandle;
  readonly event: string | undefined;
  readonly shown: Shown;
  readonly possession: OffLedgerStatement<'possession'>;
}

/** Checks everything that the wallet shows, whoever else has. @returns N. @throws {Fault} */
export function requireUnblinded(
  { held, handle, event, shown, possession }: Enrolling,
  { suite, channel }: Pick<NodeServices, 'suite' | 'channel'>,
): Point {
  const { keyId, epoch } = held.generation;
  const unblinded = decodePoint(shown.unblinded, 'unblinded');
  const scope: Scope = {
    channel,
    keyId,
    epoch,
    event: event ?? '',
    holder: possession.signer,
    commitment: handle.commitment,
    sequence: possession.payload.sequence,
  };
  const enrolment = {
    blinded: handle.blinded,
    blindingKey: handle.blindingKey,
    used: decodeEvaluations(shown.evaluations),
    combined: decodePoint(shown.combined, 'combined'),
    unblinded,
    proof: decodeDleqProof(shown.proof, 'proof'),
  };
  verifyEnrolment(suite, held.key, enrolment, scope);
  return unblinded;
}
