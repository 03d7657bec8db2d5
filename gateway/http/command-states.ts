/**
 * What has become of commands whose callers did not wait. The ledger's own record comes first: it is there after a crash too, at every gateway, and for
 * commands that nobody watched. Only what is under way, or was refused, this process alone knows.
 */
import { z } from 'zod';
import type { Key } from '../../chaincode/domain/keys.js';
import type { CommandRecord } from '../../chaincode/domain/records.js';
import { failureOf, problemOf, problemSchema, STATUS, type Problem } from './problem.js';
import type { Blocks, Records } from './ports.js';
import { txId } from './schemas.js';

const MAX_KEPT = 10_000;

/** The key by which the ledger remembers it, with `~` for `/`: under who signed or sent it, or, for a step that is due, under its market. */
export const commandPath = z
  .string()
  .max(256)
  .regex(/^[A-Za-z0-9-]+(?::[a-z0-9-]+)?~[crs]~(?:[A-Za-z0-9_-]+|[A-Za-z0-9-]+:[a-z0-9-]+:m[0-9]+)~[A-Za-z0-9_.-]+$/, {
    error: 'is not the name of a command, as `Location` has it',
  });
export const pathOf = (memory: string): string => memory.replaceAll('/', '~');
const memoryOf = (path: string) => path.replaceAll('~', '/') as Key<CommandRecord>;

const receipt = z
  .looseObject({ tx: txId, block: z.int().min(0).optional() })
  .meta({ description: "the ledger's receipt: its transaction, and what the rule says beyond it" });
export const commandStateSchema = z
  .discriminatedUnion('state', [
    z.strictObject({ command: commandPath, state: z.literal('pending') }),
    z.strictObject({ command: commandPath, state: z.literal('committed'), receipt }),
    z.strictObject({ command: commandPath, state: z.literal('refused'), problem: problemSchema }),
    z.strictObject({
      command: commandPath,
      state: z.literal('unknown').meta({ description: 'neither this gateway nor its peer has it: send it again' }),
      problem: problemSchema.optional(),
    }),
  ])
  .meta({ id: 'CommandState' });
export type CommandState = z.output<typeof commandStateSchema>;

export class CommandStates {
  readonly #known = new Map<string, Problem | 'pending'>();
  readonly #ledger: { readonly records: Records; readonly blocks: Blocks };

  constructor(ledger: { readonly records: Records; readonly blocks: Blocks }) {
    this.#ledger = ledger;
  }

  /** @param handling settles when the ledger has judged the command @returns its name */
  follow(memory: Key<CommandRecord>, handling: Promise<unknown>, requestId: string): string {
    const path = pathOf(memory);
    this.#known.set(path, 'pending');
    handling.then(
      () => this.#known.delete(path),
      (error: unknown) => {
        const { code, details } = failureOf(error);
        this.#keep(path, problemOf(code, details, requestId));
      },
    );
    return path;
  }

  async read(path: string): Promise<CommandState> {
    const named = { command: path };
    const known = this.#known.get(path);
    if (known === 'pending') return { ...named, state: 'pending' };
    const { records, blocks } = this.#ledger;
    const [record] = await records.read([memoryOf(path)]);
    if (record) {
      const block = (await blocks.transaction(record.tx))?.block;
      const said = { tx: record.tx, ...(block !== undefined && { block }), ...record.result };
      return { ...named, state: 'committed', receipt: said };
    }
    if (known === undefined) return { ...named, state: 'unknown' };
    return { ...named, state: isJudged(known) ? 'refused' : 'unknown', problem: known };
  }

  #keep(path: string, problem: Problem): void {
    this.#known.delete(path);
    const finished = [...this.#known].find(([, known]) => known !== 'pending')?.[0];
    if (this.#known.size >= MAX_KEPT && finished !== undefined) this.#known.delete(finished);
    this.#known.set(path, problem);
  }
}

const NOT_KNOWN = [STATUS.INTERNAL, STATUS.OUTCOME_UNKNOWN, STATUS.LEDGER_DISAGREES];
const isJudged = ({ status }: Problem): boolean => !NOT_KNOWN.includes(status);
