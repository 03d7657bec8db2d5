/** Where a record comes from: for each of its versions the transaction and those of its commands that wrote it. */
import type { Key } from '../../chaincode/domain/keys.js';
import { prepareCommand, type Receipt } from '../../chaincode/domain/batch.js';
import { GatewayError } from '../errors.js';
import type { Blocks, Records, Transaction, Version } from '../http/ports.js';

/** A command as it stands in a transaction, with what was answered; the members of both are checked by whoever uses them. */
export interface RecordedCommand {
  readonly kind: string;
  readonly command: Readonly<Record<string, unknown>>;
  readonly receipt: Receipt;
}

export interface Provenance<T> {
  readonly record: T;
  readonly tx: string;
  readonly block: number;
  readonly timestamp: string;
  /** More than one where a batch changed the record more than once. */
  readonly commands: readonly RecordedCommand[];
}

/** Where on the ledger something stands. */
export type Position = Pick<Provenance<unknown>, 'tx' | 'block' | 'timestamp'>;
export const positionOf = ({ tx, block, timestamp }: Position): Position => ({ tx, block, timestamp });

export interface Ledger {
  readonly records: Records;
  readonly blocks: Blocks;
}

/** Every version of a record, the oldest first. */
export async function provenanceOf<T>({ records, blocks }: Ledger, key: Key<T>): Promise<readonly Provenance<T>[]> {
  const versions = await records.history(key);
  return Promise.all(
    versions.flatMap((version) => (version.record === undefined ? [] : [trace(blocks, key, version, version.record)])),
  );
}

async function trace<T>(blocks: Blocks, key: Key<T>, { tx, timestamp }: Version<T>, record: T): Promise<Provenance<T>> {
  const transaction = await blocks.transaction(tx);
  // The history database knows it, so the block store of the same peer must.
  if (!transaction) throw new GatewayError('LEDGER_DISAGREES', { field: 'tx', tx });
  return { record, tx, block: transaction.block, timestamp, commands: commandsAbout(transaction, key) };
}

/** The commands of a transaction that wrote a record: accepted there for the first time, and concerned with its key. */
export function commandsAbout(
  { code, commands, outcomes, mspId = '' }: Transaction,
  key: Key<unknown>,
): readonly RecordedCommand[] {
  if (code !== 'VALID') return [];
  return commands.flatMap((command, index) => {
    const outcome = outcomes[index];
    if (!outcome?.accepted || outcome.replayed) return [];
    const { kind, writes } = prepareCommand(command, mspId);
    return writes.includes(key)
      ? [{ kind, command: command as RecordedCommand['command'], receipt: outcome.receipt }]
      : [];
  });
}
