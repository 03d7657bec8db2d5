/** What every rule is: from one untrusted command to the records it concerns and, once they are loaded, the decision. */
import { z } from 'zod';
import { sha256 } from '../crypto/jwk.js';
import { commandId } from './ids.js';
import { commandKey, type Key } from './keys.js';
import type { Entry } from './money.js';
import { parseWith } from './parse.js';
import type { CommandRecord, CommandResult } from './records.js';
import type { State } from './state.js';

/** Who submitted the transaction: the organization's member and the attributes in its certificate. */
export interface Caller {
  readonly mspId: string;
  readonly attributes: ReadonlySet<string>;
}

/** The circumstances of a transaction, the same for every endorser. */
export interface Context {
  readonly channel: string;
  readonly tx: string;
  /** The transaction's timestamp: RFC 3339 UTC to the second, and as seconds since 1970. */
  readonly now: string;
  readonly nowSeconds: number;
  readonly caller: Caller;
}

export interface Judgement {
  /** What the receipt says beyond the transaction. */
  readonly result?: CommandResult;
  /** Money that moves; sums to zero. */
  readonly entries?: readonly Entry[];
}

/** A command whose form is right, not judged yet. */
export interface Prepared {
  readonly kind: string;
  /** undefined for commands that concern the consortium */
  readonly event: string | undefined;
  /** Where the command is remembered, and by which content. */
  readonly memory: Key<CommandRecord>;
  readonly digest: string;
  /** Records that are only read, and records that may be written (these are read too). */
  readonly reads: readonly Key<unknown>[];
  readonly writes: readonly Key<unknown>[];
  /** Writes through `state` and returns, or throws a Refusal; what it wrote is then dropped. */
  decide(state: State, context: Context): Judgement;
}

/** Reads a raw command. @param callerMsp the organization that submits it */
export type Prepare = (raw: unknown, callerMsp: string) => Prepared;

/** A compact JWS; the real limit depends on its type. */
export const compactJws = z.string().max(128 * 1024);

/**
 * A command that an organization gives without a signed statement: remembered by the organization and the id it chose.
 * @param rest may give a digest of its own, where not all of the command is what it says
 */
export function prepareUnsigned<T extends { kind: string; id: string; event?: string | undefined }>(
  schema: z.ZodType<T>,
  raw: unknown,
  callerMsp: string,
  rest: (command: T) => Pick<Prepared, 'reads' | 'writes' | 'decide'> & Partial<Pick<Prepared, 'digest'>>,
): Prepared {
  const command = parseWith(schema, raw, '');
  return {
    kind: command.kind,
    event: command.event,
    memory: commandKey(command.event, callerMsp, command.id),
    digest: sha256(JSON.stringify(command)),
    ...rest(command),
  };
}

export const id = commandId;
