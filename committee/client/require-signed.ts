/** What nodes sign for whoever asked, taken only if it says exactly what it should and the node's pinned key has signed it. */
import { Lie } from './ask-nodes.js';
import type { CommitteeMember } from './pinned.js';
import { hasSigned } from './verify-message.js';
import { decodeMessage, thumbprintOfKey, type MessageName } from '../messages/index.js';

export interface Expected {
  readonly name: MessageName;
  readonly by: CommitteeMember;
  readonly members: Readonly<Record<string, string | number>>;
  readonly nowMs: number;
}

/** @throws {Lie | Refusal} for anything else */
export async function requireSigned(compact: string, expected: Expected): Promise<void> {
  const { name, by, members, nowMs } = expected;
  const message = decodeMessage(name, compact, name);
  const said: Readonly<Record<string, unknown>> = message.payload;
  const differs = Object.entries(members).some(([member, value]) => said[member] !== value);
  if (differs || message.payload.exp * 1000 <= nowMs) throw new Lie('STATEMENT_DIFFERS');
  const genuine = message.signer === thumbprintOfKey(by.jwk) && (await hasSigned(by.jwk, message));
  if (!genuine) throw new Lie('SIGNATURE_INVALID');
}
