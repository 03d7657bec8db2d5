/** What the SDK throws, in our words: a refusal of the chaincode, or a failure with its stage and reason. */
import { status } from '@grpc/grpc-js';
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway';
import { z } from 'zod';
import { Refusal, REFUSAL_CODES } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { LedgerFailure, type FailureReason, type Stage } from './ledger.js';

/** internal/pkg/gateway/endorsement.go of Fabric 3.1: all that tells this failure from others. */
const MISMATCH = 'ProposalResponsePayloads do not match';
/** internal/pkg/gateway/apiutils.go: what precedes the chaincode's own message; 500 is the only status that a contract's error has. */
const CHAINCODE_ANSWER = 'chaincode response 500, ';

const refusalSchema = z.strictObject({
  code: z.enum(REFUSAL_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** The chaincode's refusal, where that is what failed. */
export function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof FabricError)) return undefined;
  for (const { message } of error.details) {
    const refusal = message.startsWith(CHAINCODE_ANSWER)
      ? parseRefusal(message.slice(CHAINCODE_ANSWER.length))
      : undefined;
    if (refusal) return refusal;
  }
  return undefined;
}

function parseRefusal(text: string): Refusal | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // A chaincode's other errors are prose: this is how they are told apart.
    return undefined;
  }
  const parsed = refusalSchema.safeParse(value);
  return parsed.success ? new Refusal(parsed.data.code, parsed.data.details) : undefined;
}

/**
 * @param endorsers who had been asked: a failure may name some of them
 * @param through the organization whose peer passed the proposal on, or did not
 */
export function endorseFailure(error: unknown, endorsers: readonly string[], through: string): LedgerFailure | Refusal {
  const refusal = refusalIn(error);
  if (refusal) return refusal;
  const details = error instanceof FabricError ? error.details : [];
  if (details.some(({ message }) => message === MISMATCH)) return failure('endorse', 'mismatch', error);
  // A chaincode that answers in prose has a defect. It answered: its peers are well.
  if (details.some(({ message }) => message.startsWith(CHAINCODE_ANSWER))) return failure('endorse', 'unknown', error);
  // A peer that has no connection to an organization says so in prose only.
  const named = endorsers.filter((msp) => details.some(({ mspId }) => mspId === msp) || messageOf(error).includes(msp));
  const reason = details.length > 0 ? 'unavailable' : reasonOf(error);
  return failure('endorse', reason, error, reason === 'deadline' ? [through] : named);
}

/** @param through the organization whose peer passed the envelope on, or did not */
export function submitFailure(error: unknown, through: string): LedgerFailure {
  const reason = reasonOf(error);
  return failure('submit', reason, error, reason === 'deadline' ? [through] : []);
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
  organizations: readonly string[] = [],
): LedgerFailure {
  return new LedgerFailure(stage, reason, `${stage}: ${messageOf(cause)}`, { cause, organizations });
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = error instanceof FabricError ? error.details.map(({ mspId, message }) => `${mspId}: ${message}`) : [];
  return [error.message, ...details].join('; ');
}
