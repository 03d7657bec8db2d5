/** How a node may fail, and which one did: n - t of them cost time, never correctness. */

/**
 * `lying`: the answer is not what an honest node gives. `silent`: none within the time. `unreachable`: no connection, or no answer of this interface.
 * `refused`: an honest no, with its code.
 */
export type FailureReason = 'lying' | 'silent' | 'unreachable' | 'refused';

export interface NodeFailure {
  readonly mspId: string;
  readonly node: string;
  readonly reason: FailureReason;
  /** The node's own, or that of what was found wrong with its answer. */
  readonly code?: string;
}

/** Thrown by a client of a node: it said no, in order (RFC 9457). */
export class NodeRefusal extends Error {
  override readonly name = 'NodeRefusal';

  constructor(
    readonly code: string,
    readonly field?: string,
  ) {
    super(`${code} ${field ?? ''}`.trim());
  }
}
