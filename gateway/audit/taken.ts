/** Which of a transaction's commands the ledger took: those that it remembers from then on. */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import type { Prepared } from '../../chaincode/domain/rule.js';
import type { Replay } from './replay.js';
import type { AuditedTransaction } from './transactions.js';

export interface Taken {
  readonly prepared: Prepared;
  readonly command: unknown;
}

/** @param replay before the transaction. @returns those of the event, in their order */
export function takenIn(
  { commands, writes, submitter }: AuditedTransaction,
  event: string,
  replay: Replay,
): readonly Taken[] {
  const written = new Set(writes.map(({ key }) => key));
  const taken = new Map<string, Taken>();
  for (const command of commands) {
    const prepared = preparedOf(command, submitter);
    if (prepared?.event !== event) continue;
    const { memory } = prepared;
    const fresh = written.has(memory) && !taken.has(memory) && replay.get(memory) === undefined;
    if (fresh) taken.set(memory, { prepared, command });
  }
  return [...taken.values()];
}

/** A command that is not in form was refused: it wrote nothing. */
function preparedOf(command: unknown, submitter: string): Prepared | undefined {
  try {
    return prepareCommand(command, submitter);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** As what a command's entries are named. */
export const nameOf = (event: string, { memory }: Prepared): string => memory.slice(event.length + '/r/'.length);
