/**
 * What was recorded under a caller's `Idempotency-Key` before. A settlement or an expiry is worked out from the ledger as it is, so the same request made
 * again would find nothing due: its first receipt is looked up instead.
 */
import { commandKey } from '../../chaincode/domain/keys.js';
import { GatewayError } from '../errors.js';
import type { Committed } from '../fabric/ledger.js';
import { IDEMPOTENCY_KEY } from './idempotency.js';
import type { Blocks, Records } from './ports.js';

export interface RecordedQuery {
  readonly event: string;
  readonly kind: string;
  readonly id: string;
  /** What the command must say to be the same one. */
  readonly says: Readonly<Record<string, unknown>>;
}

export interface Recorded {
  readonly command: Readonly<Record<string, unknown>>;
  readonly committed: Committed;
}

interface Ledger {
  readonly mspId: string;
  readonly records: Records;
  readonly blocks: Blocks;
}

/** @returns undefined if nothing was @throws {GatewayError} IDEMPOTENCY_KEY_REUSED, LEDGER_UNAVAILABLE */
export async function recordedCommand(
  { mspId, records, blocks }: Ledger,
  { event, kind, id, says }: RecordedQuery,
): Promise<Recorded | undefined> {
  const [record] = await records.read([commandKey(event, mspId, id)]);
  if (!record) return undefined;
  const { tx, result } = record;
  const transaction = await blocks.transaction(tx);
  if (!transaction) throw new GatewayError('LEDGER_UNAVAILABLE', { reason: 'the first one is not readable yet', tx });
  const commands = transaction.commands as readonly Readonly<Record<string, unknown>>[];
  const command = commands.find((each) => each.kind === kind && each.id === id);
  const isSame = command && Object.entries(says).every(([name, value]) => command[name] === value);
  if (!isSame) throw new GatewayError('IDEMPOTENCY_KEY_REUSED', { field: IDEMPOTENCY_KEY, key: id, tx });
  return { command, committed: { receipt: { tx, ...result }, replayed: true, block: transaction.block } };
}
