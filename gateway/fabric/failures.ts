/** What the SDK throws, in our words: a failure with its stage and reason, and of queries a refusal of the chaincode. */
import { status } from '@grpc/grpc-js';
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import { Refusal, REFUSAL_CODES } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { Claim } from './claims.js';
import { LedgerFailure, type FailureReason, type LedgerFailureOptions, type Stage } from './ledger.js';

/** internal/pkg/gateway/endorsement.go of Fabric 3.1: all that tells this failure from others. */
const MISMATCH = 'ProposalResponsePayloads do not match';
/** internal/pkg/gateway/apiutils.go: what precedes the chaincode's own message; 500 is the only status that a contract's error has. */
const CHAINCODE_ANSWER = 'chaincode response 500, ';

const refusalSchema = z.strictObject({
  code: z.enum(REFUSAL_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** The chaincode's refusal, where that is what failed: one peer's word. */
function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof FabricError)) return undefined;
  for (const { message } of error.details) {
    const refusal = refusalOf(message);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOf(message: string): Refusal | undefined {
  if (!message.startsWith(CHAINCODE_ANSWER)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(message.slice(CHAINCODE_ANSWER.length));
  } catch {
    // A chaincode's other errors are prose: this is how they are told apart.
    return undefined;
  }
  const parsed = refusalSchema.safeParse(value);
  return parsed.success ? new Refusal(parsed.data.code, parsed.data.details) : undefined;
}

/** Who was asked for what: an error's text is the word of the peer through which it came, unless that one is our own. */
export interface Asked {
  readonly own: string;
  /** The organization whose peer passed the proposal on, or did not. */
  readonly through: string;
  readonly endorsers: readonly string[];
}

export function endorseFailure(error: unknown, asked: Asked): LedgerFailure {
  const claims = claimsIn(error, asked);
  if (claims.length > 0) return failure('endorse', 'claimed', error, { claims, organizations: sayers(claims) });
  const details = error instanceof FabricError ? error.details : [];
  if (details.some(({ message }) => message === MISMATCH)) return failure('endorse', 'mismatch', error);
  const organizations = namedIn(error, asked.endorsers);
  // A chaincode that answers in prose has a defect, or its organization wants it to look like one: others are asked.
  const isProse = details.some(({ message }) => message.startsWith(CHAINCODE_ANSWER));
  if (isProse) return failure('endorse', 'unknown', error, { organizations });
  const reason = details.length > 0 ? 'unavailable' : reasonOf(error);
  return failure('endorse', reason, error, { organizations: reason === 'deadline' ? [asked.through] : organizations });
}

function claimsIn(error: unknown, { own, through }: Asked): readonly Claim[] {
  if (!(error instanceof FabricError)) return [];
  return error.details.flatMap((detail) => {
    const refusal = refusalOf(detail.message);
    return refusal ? [{ by: through === own ? detail.mspId || own : through, refusal }] : [];
  });
}

const sayers = (claims: readonly Claim[]): readonly string[] => [...new Set(claims.map(({ by }) => by))];

/** What may stand in an MSP id (chaincode/domain/ids.ts): one id must not be found within another. */
const MSP_IDS = /[A-Za-z0-9-]+/g;

/** A peer that has no connection to an organization says so in prose only. */
function namedIn(error: unknown, endorsers: readonly string[]): readonly string[] {
  if (!(error instanceof Error)) return [];
  const details = error instanceof FabricError ? error.details : [];
  const named = new Set<string>(
    details.length > 0 ? details.map(({ mspId }) => mspId) : (error.message.match(MSP_IDS) ?? []),
  );
  return endorsers.filter((msp) => named.has(msp));
}

/** @param through the organization whose peer passed the envelope on, or did not */
export function submitFailure(error: unknown, through: string): LedgerFailure {
  const reason = reasonOf(error);
  return failure('submit', reason, error, { organizations: reason === 'deadline' ? [through] : [] });
}

export function lookUpFailure(error: unknown): LedgerFailure {
  return failure('look-up', reasonOf(error), error);
}

/** A query that failed. @returns the chaincode's refusal, or LEDGER_UNAVAILABLE */
export function readFailure(error: unknown): Refusal | GatewayError {
  return refusalIn(error) ?? new GatewayError('LEDGER_UNAVAILABLE', {}, { cause: error });
}

/** Another peer may answer what this one did not. */
export function isUnanswered(error: unknown): boolean {
  return ['unavailable', 'deadline'].includes(reasonOf(error));
}

const REASONS: ReadonlyMap<number, FailureReason> = new Map([
  [status.UNAVAILABLE, 'unavailable'],
  [status.ABORTED, 'unavailable'],
  [status.RESOURCE_EXHAUSTED, 'unavailable'],
  [status.DEADLINE_EXCEEDED, 'deadline'],
  [status.CANCELLED, 'deadline'],
  [status.INVALID_ARGUMENT, 'refused'],
  [status.FAILED_PRECONDITION, 'refused'],
  [status.PERMISSION_DENIED, 'refused'],
  [status.UNAUTHENTICATED, 'refused'],
]);

export function reasonOf(error: unknown): FailureReason {
  return (error instanceof FabricError ? REASONS.get(error.code) : undefined) ?? 'unknown';
}

function failure(
  stage: Stage,
  reason: FailureReason,
  cause: unknown,
  options: Omit<LedgerFailureOptions, 'cause'> = {},
): LedgerFailure {
  return new LedgerFailure(stage, reason, `${stage}: ${messageOf(cause)}`, { cause, ...options });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = error instanceof FabricError ? error.details.map(({ mspId, message }) => `${mspId}: ${message}`) : [];
  return [error.message, ...details].join('; ');
}
