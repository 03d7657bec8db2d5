/** What can go wrong while a network is brought up, and how it is said: one line that names the way out. */

/** Every reason for which a command of this package refuses or gives up. */
export type NetworkErrorCode =
  | 'COMMAND_INVALID'
  | 'DISK_FULL'
  | 'FABRIC_BUILD_FAILED'
  | 'GO_MISSING'
  | 'GO_TOO_OLD'
  | 'LOCKED'
  | 'NODE_TOO_OLD'
  | 'NOT_A_NETWORK'
  | 'NOT_READY'
  | 'NOT_RUNNING'
  | 'PLATFORM_UNSUPPORTED'
  | 'PORT_TAKEN'
  | 'PROCESS_DIED'
  | 'PROGRAM_FAILED'
  | 'PROPOSAL_REFUSED'
  | 'SERVICE_MISSING'
  | 'SOCKET_PATH_TOO_LONG'
  | 'TOO_MANY_COMMITTEE_NODES'
  | 'TOO_MANY_ORDERERS'
  | 'TOPOLOGY_CHANGED'
  | 'TOPOLOGY_INVALID';

/** A failure with a code for programs, one line for people and, where one exists, the end of the log that explains it. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;
  /** Last lines of the log of the process concerned, oldest first. */
  readonly logLines: readonly string[];

  constructor(
    code: NetworkErrorCode,
    message: string,
    options: { logLines?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.logLines = options.logLines ?? [];
  }
}

/** The message of anything that was thrown; of a gateway error with what each peer said. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (!('details' in thrown) || !Array.isArray(thrown.details) || thrown.details.length === 0) return thrown.message;
  const reasons = (thrown.details as { address?: string; message?: string }[]).map(
    ({ address, message }) => `${address ?? '?'}: ${message ?? '?'}`,
  );
  return `${thrown.message} (${reasons.join('; ')})`;
}
