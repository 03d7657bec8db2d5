/**
 * Handles as a node takes them: signed by an attestor of another organization, for one purpose, and counted. A handle is bound once it is proven that who asks
 * knows what is blinded in it: whoever else has seen it could bind it to another event.
 */
import { sha256 } from '../../chaincode/crypto/jwk.js';
import { decodePoint, type Point } from '../../chaincode/crypto/point.js';
import { verifyAsking } from '../crypto/asking.js';
import { decodeOffLedger } from './off-ledger.js';
import { demand } from '../errors.js';
import type { HandleKind } from '../storage/bindings.js';
import { requireAttestor, requireTimely } from './statements.js';
import type { NodeServices } from './services.js';

export interface VerifiedHandle {
  /** Digest of the statement. */
  readonly statement: string;
  readonly blinded: Point;
  readonly blindingKey: Point;
  readonly commitment: string;
  /** The points as they are written. */
  readonly encoded: { readonly blinded: string; readonly blindingKey: string };
  readonly exp: number;
  readonly kind: HandleKind;
  /** undefined for the person's own */
  readonly event: string | undefined;
  /** The attestor's organization and key. */
  readonly attestor: string;
}

/** Handles expire after 12 months, at a month's end. */
const MAX_VALID_DAYS = 400;
const DAY_S = 86_400;
const PERSON = 'person';

/**
 * @param event that it is for; undefined for the person's own
 * @throws {NodeError | Refusal | Fault} OWN_ATTESTOR, HANDLE_KIND_MISMATCH, and what makes a statement invalid
 */
export async function readHandle(
  compact: string,
  event: string | undefined,
  services: NodeServices,
): Promise<VerifiedHandle> {
  const kind: HandleKind = event === undefined ? 'master' : 'event';
  const statement = decodeOffLedger('handle', compact, 'handle');
  const { payload } = statement;
  demand(payload.kind === kind, 'HANDLE_KIND_MISMATCH', { field: 'handle.kind', expected: kind });
  // One organization alone, attestor and node, could link a person to an event.
  demand(payload.attestor !== services.mspId, 'OWN_ATTESTOR', { field: 'handle.attestor' });
  requireTimely(statement, services);
  requireCoarse(payload.exp, services.now());
  await requireAttestor(statement, services);
  const blinded = decodePoint(payload.blinded, 'handle.blinded');
  const blindingKey = decodePoint(payload.blindingKey, 'handle.blindingKey');
  const { commitment, exp } = payload;
  const attestor = `${payload.attestor}/${statement.signer}`;
  const points = { blinded, blindingKey, encoded: payload };
  return { statement: statement.digest, ...points, commitment, exp, kind, event, attestor };
}

/** Whoever asks for an evaluation has to know r. @throws {NodeError | Fault} ASKING_PROOF_INVALID, PROOF_INVALID, POINT_INVALID, SCALAR_INVALID */
export function requireAsking(
  { statement, event, blindingKey }: VerifiedHandle,
  proof: string,
  { suite, channel, mspId, node }: Pick<NodeServices, 'suite' | 'channel' | 'mspId' | 'node'>,
): void {
  const asking = { channel, event, handle: statement, mspId, node };
  demand(verifyAsking(suite, asking, blindingKey, { proof, field: 'proof' }), 'ASKING_PROOF_INVALID', {
    field: 'proof',
  });
}

/** For good. Not before who asks has shown to know r. @throws {NodeError} HANDLE_ALREADY_BOUND, ATTESTOR_LIMIT_REACHED, STORE_FULL */
export async function bindHandle(
  { encoded, kind, event, attestor, exp }: VerifiedHandle,
  { bindings }: Pick<NodeServices, 'bindings'>,
): Promise<void> {
  const handle = sha256(encoded.blinded);
  await bindings.bind({ handle, kind, purpose: event ?? PERSON, attestor, expiresAt: exp });
}

/** Handles that were signed together would else be known by the second at which they expire. */
function requireCoarse(exp: number, nowMs: number): void {
  const { year, month } = { year: new Date(exp * 1000).getUTCFullYear(), month: new Date(exp * 1000).getUTCMonth() };
  demand(Date.UTC(year, month) === exp * 1000, 'INVALID_FIELD', {
    field: 'handle.exp',
    reason: 'is not the first second of a month',
  });
  demand(exp * 1000 < nowMs + MAX_VALID_DAYS * DAY_S * 1000, 'INVALID_FIELD', {
    field: 'handle.exp',
    reason: 'is more than a year away',
  });
}
