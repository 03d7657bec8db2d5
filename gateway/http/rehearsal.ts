/**
 * A rehearsal: the domain's own rules judge a command on the records as the gateway's peer has them. What is refused there costs no place in a
 * transaction; what is accepted is judged again by the ledger, whose word counts.
 */
import { judgeBatch, keysOf, prepareCommand } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { timestampOf } from '../clock.js';
import type { Records } from './ports.js';

export interface RehearsalOptions {
  readonly mspId: string;
  readonly channel: string;
  readonly records: Records;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** What every gateway's identity may do. */
const ATTRIBUTES: ReadonlySet<string> = new Set(['box-office']);
const NO_TRANSACTION = 'rehearsal';

/** @throws {Refusal} what the ledger would refuse now */
export async function rehearse(
  command: Readonly<Record<string, unknown>>,
  { mspId, channel, records, nowMs }: RehearsalOptions,
): Promise<void> {
  const prepared = prepareCommand(command, mspId);
  const keys = keysOf([prepared]);
  const found = (await records.read(keys)) as readonly unknown[];
  const loaded = new Map<string, unknown>(keys.map((key, index) => [key, found[index]]));
  const nowSeconds = Math.floor(nowMs() / 1000);
  const caller = { mspId, attributes: ATTRIBUTES };
  const context = { channel, tx: NO_TRANSACTION, now: timestampOf(nowSeconds * 1000), nowSeconds, caller };
  const [outcome] = judgeBatch([prepared], loaded, context).outcomes;
  if (outcome && !outcome.accepted) throw new Refusal(outcome.code, outcome.details);
}
