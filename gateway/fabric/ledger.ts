/** The gateway's port to the ledger. Fabric implements it; the simulation implements it with a ledger that loses, delays and reorders. */
import type { Outcome, Receipt } from '../../chaincode/domain/batch.js';
import type { Claim } from './claims.js';

/** Writes to the ledger, one transaction at a time. */
export interface Ledger {
  /** The organization in whose name this gateway submits. */
  readonly mspId: string;

  /**
   * Has a batch endorsed by exactly these organizations. Nothing is ordered yet.
   * @throws {LedgerFailure} of stage `endorse`, with what its peers claim if they refuse the batch as a whole
   */
  endorse(batch: string, endorsers: readonly string[]): Promise<EndorsedBatch>;

  /**
   * Asks peers what became of a transaction.
   * @returns undefined if they don't have it, which does not mean that they never will
   * @throws {LedgerFailure} of stage `look-up` if no peer answers that may be believed
   */
  lookUp(tx: string): Promise<Commit | undefined>;

  /** Waits a while until none of these organizations' peers is behind. @returns how many blocks each of them has at least; undefined if one stayed behind */
  caughtUp(organizations: readonly string[]): Promise<number | undefined>;

  /**
   * Whether these organizations' peers have had the same records under these keys since each of them had so many blocks: no block wrote there that one of them may have had
   * before another.
   * @returns false where that can't be told @throws {GatewayError} LEDGER_UNAVAILABLE
   */
  stoodStill(keys: readonly string[], height: number, organizations: readonly string[]): Promise<boolean>;
}

export interface EndorsedBatch {
  readonly tx: string;
  readonly outcomes: readonly Outcome[];
  /** Sends the envelope to the orderers; may be called again with the same effect. @throws {LedgerFailure} of stage `submit` */
  submit(): Promise<void>;
  /**
   * Waits for the transaction to be committed, valid or not.
   * @throws {LedgerFailure} of stage `commit` when the deadline passes, or if who says so may not be believed
   */
  committed(): Promise<Commit>;
  /**
   * After a conflict: which of the records that it read had been written meanwhile.
   * @returns nothing where that can't be told @throws {GatewayError} LEDGER_UNAVAILABLE
   */
  stale(commit: Commit): Promise<readonly StaleRead[]>;
}

export interface StaleRead {
  readonly key: string;
  /** The organization in whose name it was written. */
  readonly by: string;
}

export interface Commit {
  /** Fabric's TxValidationCode by name, `VALID` if the writes were applied. */
  readonly code: string;
  readonly block: number;
}

export const STAGES = ['endorse', 'submit', 'commit', 'look-up'] as const;
export type Stage = (typeof STAGES)[number];
/** `mismatch`: peers say different things; `divided`: all of them do, on the same records; `claimed`: some say that the chaincode refuses. */
export const FAILURE_REASONS = [
  'unavailable',
  'deadline',
  'mismatch',
  'divided',
  'claimed',
  'refused',
  'unknown',
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

export interface LedgerFailureOptions {
  readonly cause?: unknown;
  /** Organizations whose peers failed, where the failure names them. */
  readonly organizations?: readonly string[];
  readonly claims?: readonly Claim[];
}

/** A failure that is no judgement of ours: what happened at which stage decides what to do (see retry.ts). */
export class LedgerFailure extends Error {
  override readonly name = 'LedgerFailure';
  readonly organizations: readonly string[];
  readonly claims: readonly Claim[];

  constructor(
    readonly stage: Stage,
    readonly reason: FailureReason,
    message: string,
    { cause, organizations = [], claims = [] }: LedgerFailureOptions = {},
  ) {
    super(message, { cause });
    this.organizations = organizations;
    this.claims = claims;
  }
}

/** What the rest of the gateway uses to write: one command in, its committed receipt out. */
export interface Submitter {
  /**
   * @param command one command of chaincode/README.md
   * @throws {Refusal} if the ledger refused it, or would
   * @throws {GatewayError} QUEUE_FULL, OVERLOADED, LEDGER_UNAVAILABLE, LEDGER_CONFLICT, LEDGER_DISAGREES, OUTCOME_UNKNOWN, SHUTTING_DOWN, INTERNAL
   */
  submit(command: Readonly<Record<string, unknown>>, by?: SubmittedBy): Promise<Committed>;
}

export interface SubmittedBy {
  /** Clients share the queue fairly; what has none is the gateway's own. */
  readonly client?: string | undefined;
}

export interface Committed {
  readonly receipt: Receipt;
  /** The command had been accepted before; `receipt` is the first one. */
  readonly replayed: boolean;
  /** Block that holds the transaction; undefined for a replayed command, whose receipt names its transaction. */
  readonly block: number | undefined;
}
