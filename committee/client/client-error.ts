/** What wallets and gates say no with: one closed list. Faults of the cryptography and refusals of a message's form keep their own codes. */
import type { NodeFailure } from './node-failure.js';

export const CLIENT_CODES = [
  // The committee
  'COMMITTEE_NOT_PINNED',
  'KEY_NOT_TRUSTED',
  'NODES_TOO_FEW',
  // The wallet
  'DESK_MISMATCH',
  'HANDLE_MISMATCH',
  'HANDLES_EXHAUSTED',
  'NOT_ENROLLED',
  'NO_CREDENTIAL',
  'KEY_IS_ANOTHERS',
  'NO_REPLACEMENT',
  'RECEIPTS_TOO_FEW',
  'BACKUP_UNREADABLE',
  'STORAGE_UNREADABLE',
  // The attestor
  'RECEIPT_INVALID',
  'HANDLE_REPEATED',
  'POSSESSION_INVALID',
  // The gate
  'GATE_PASS_INVALID',
  'GATE_PASSES_TOO_FEW',
] as const;
export type ClientCode = (typeof CLIENT_CODES)[number];

export interface ClientErrorOptions {
  /** The member at fault, never its value. */
  readonly field?: string;
  /** Which nodes, and what was wrong with each. */
  readonly failures?: readonly NodeFailure[];
  readonly cause?: unknown;
}

export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly field: string | undefined;
  readonly failures: readonly NodeFailure[];

  constructor(
    readonly code: ClientCode,
    { field, failures = [], cause }: ClientErrorOptions = {},
  ) {
    const named = failures.map(({ mspId, node, reason, code: said = '' }) => ` ${mspId}/${node} ${reason} ${said}`);
    super(`${code} ${field ?? ''}${named.join()}`.trim(), { cause });
    this.field = field;
    this.failures = failures;
  }
}

/** Throws unless the condition holds. */
export function expectThat(condition: boolean, code: ClientCode, field: string): asserts condition {
  if (!condition) throw new ClientError(code, { field });
}
