/**
 * A batch: one transaction's commands, each judged on its own, one outcome each. First `prepareBatch` says which records are concerned, then the
 * ledger loads them in one read, then `judgeBatch` decides, then all writes are stored at once. Both halves are pure.
 */
import { z } from 'zod';
import { entriesKey, type Key } from './keys.js';
import type { Entry } from './money.js';
import { parseWith } from './parse.js';
import type { EntriesRecord } from './records.js';
import { Refusal, refuse, require, type RefusalCode, type RefusalDetails } from './refusal.js';
import type { Context, Prepared } from './rule.js';
import { RULES } from './rules/index.js';
import { BatchState, type Write } from './state.js';

/** The transaction of contracts/box-office.ts whose argument is a batch. */
export const SUBMIT = 'BoxOffice:submit';

export const MAX_COMMANDS_PER_BATCH = 100;
export const MAX_BATCH_CHARS = 1024 * 1024;
/** More than any command has, and than any hundred of them have but for a market's steps, which read by the page. */
export const MAX_KEYS_PER_BATCH = 8_192;

/** What the command says beyond the transaction is the rule's. */
export type Receipt = Readonly<{ tx: string } & Record<string, unknown>>;

export type Outcome =
  | { readonly accepted: true; readonly receipt: Receipt; readonly replayed?: true }
  | { readonly accepted: false; readonly code: RefusalCode; readonly details: RefusalDetails };

export interface BatchResult {
  readonly outcomes: readonly Outcome[];
  readonly writes: readonly Write[];
  /** [kind, event or null, key under which it is remembered] of each newly accepted command: the transaction's one chaincode event. */
  readonly facts: readonly (readonly [kind: string, event: string | null, memory: string])[];
}

const batchSchema = z.strictObject({ commands: z.array(z.unknown()).min(1).max(MAX_COMMANDS_PER_BATCH) });

/** Reads the transaction's argument. @throws {Refusal} for the batch as a whole, never for one command of it */
export function parseBatch(argument: string): readonly unknown[] {
  require(argument.length <= MAX_BATCH_CHARS, 'TOO_LARGE', { field: 'batch', limit: MAX_BATCH_CHARS });
  let value: unknown;
  try {
    value = JSON.parse(argument);
  } catch {
    return refuse('MALFORMED_BATCH', { field: 'batch', reason: 'is not JSON' });
  }
  return parseWith(batchSchema, value, 'batch').commands;
}

/** Reads one command. @throws {Refusal} if its form is wrong */
export function prepareCommand(raw: unknown, callerMsp: string): Prepared {
  const kind = (raw as { kind?: unknown } | null)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(RULES, kind)) return refuse('UNKNOWN_COMMAND', { field: 'kind' });
  return RULES[kind as keyof typeof RULES](raw, callerMsp);
}

/** A command that is ready to be judged, or why it never will be. */
export type Candidate = Prepared | Refusal;

export function prepareBatch(commands: readonly unknown[], callerMsp: string): readonly Candidate[] {
  let keys = 0;
  return commands.map((raw) =>
    refusalOf(() => {
      const prepared = prepareCommand(raw, callerMsp);
      const after = keys + 1 + prepared.reads.length + prepared.writes.length;
      require(after <= MAX_KEYS_PER_BATCH, 'TOO_LARGE', { field: 'batch', limit: MAX_KEYS_PER_BATCH });
      keys = after;
      return prepared;
    }),
  );
}

/** Every record that the batch concerns, each once: what to load before judging. */
export function keysOf(candidates: readonly Candidate[]): readonly Key<unknown>[] {
  const keys = new Set<Key<unknown>>();
  for (const candidate of candidates) {
    if (candidate instanceof Refusal) continue;
    for (const key of [candidate.memory, ...candidate.reads, ...candidate.writes]) keys.add(key);
  }
  return [...keys];
}

/** @param loaded a record, or undefined for an absent one, for each of `keysOf(candidates)` */
export function judgeBatch(
  candidates: readonly Candidate[],
  loaded: ReadonlyMap<string, unknown>,
  context: Context,
): BatchResult {
  const state = new BatchState(loaded);
  const ledger = new Map<string, (readonly [string, ...Entry[]])[]>();
  const facts: [string, string | null, string][] = [];
  const outcomes = candidates.map((candidate): Outcome => {
    const outcome = candidate instanceof Refusal ? candidate : refusalOf(() => judge(candidate, state, context));
    if (outcome instanceof Refusal) {
      state.drop();
      return { accepted: false, code: outcome.code, details: outcome.details };
    }
    state.accept();
    if (outcome.replayed || candidate instanceof Refusal) return outcome.answer;
    facts.push([candidate.kind, candidate.event ?? null, candidate.memory]);
    book(ledger, candidate, outcome.entries);
    return outcome.answer;
  });
  const entries = [...ledger].map(([event, lines]): Write => ({
    key: entriesKey(event, context.tx),
    record: lines satisfies EntriesRecord,
  }));
  return { outcomes, writes: [...state.writes(), ...entries], facts };
}

interface Judged {
  readonly answer: Outcome;
  readonly replayed: boolean;
  readonly entries: readonly Entry[];
}

function judge(command: Prepared, state: BatchState, context: Context): Judged {
  const remembered = state.get(command.memory);
  if (remembered) {
    require(remembered.digest === command.digest, 'COMMAND_ID_REUSED', { field: 'jti', tx: remembered.tx });
    const receipt = { tx: remembered.tx, ...remembered.result };
    return { answer: { accepted: true, receipt, replayed: true }, replayed: true, entries: [] };
  }
  const { result, entries = [] } = command.decide(state, context);
  state.put(command.memory, { digest: command.digest, tx: context.tx, ...(result && { result }) });
  return { answer: { accepted: true, receipt: { tx: context.tx, ...result } }, replayed: false, entries };
}

function book(
  ledger: Map<string, (readonly [string, ...Entry[]])[]>,
  { event, memory }: Prepared,
  entries: readonly Entry[],
): void {
  const moved = entries.filter(([, amountMinor]) => amountMinor !== 0);
  if (event === undefined || moved.length === 0) return;
  // Sums on the way may be more than a number holds.
  const balance = entries.reduce((sum, [, amountMinor]) => sum + BigInt(amountMinor), 0n);
  // Double entry is an invariant of the rules, not a matter of input: a sum that is not zero is a defect and fails the transaction.
  if (balance !== 0n) throw new Error(`entries of ${memory} sum to ${balance}`);
  ledger.set(event, [...(ledger.get(event) ?? []), [memory.slice(event.length + '/r/'.length), ...moved]]);
}

/** A refusal as a value; whatever else is thrown is a defect and goes on. */
function refusalOf<T>(judgement: () => T): T | Refusal {
  try {
    return judgement();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
