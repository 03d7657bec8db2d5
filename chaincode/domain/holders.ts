/**
 * Holders at events that ask for credentials: there a holder is a person's pseudonym, and the ledger says whose key speaks for it. Tickets, counts and
 * balances are the pseudonym's, so another key moves nothing.
 */
import { requireHolderSignature } from './authority.js';
import { enrolmentKey } from './committee-keys.js';
import type { EnrolmentRecord } from './committee-records.js';
import type { Key } from './keys.js';
import { requirePolicy } from './policy/enforce.js';
import type { EventRecord } from './records.js';
import { refuse, require } from './refusal.js';
import type { State } from './state.js';
import type { HolderStatementName, Statement } from './statements.js';

type HolderStatement = Statement<HolderStatementName>;

/** The enrolments that these statements rely on: to be loaded. */
export function enrolmentKeysOf(
  event: string,
  ...statements: readonly HolderStatement[]
): readonly Key<EnrolmentRecord>[] {
  return statements.flatMap(({ payload: { credential } }) =>
    credential === undefined ? [] : [enrolmentKey(event, credential)],
  );
}

/**
 * The key that the statement carries must be its credential's, where the event asks for one. Its signature is another matter.
 * @throws {Refusal} CREDENTIAL_REQUIRED, UNKNOWN_CREDENTIAL, KEY_NOT_VALID
 */
export function requireEnrolment(state: State, event: EventRecord, { payload, field, signer }: HolderStatement): void {
  const { credential } = payload;
  const at = `${field}.credential`;
  if (!event.policy.credentialRequired) {
    require(credential === undefined, 'UNKNOWN_CREDENTIAL', { field: at, reason: 'is not asked for here' });
    return;
  }
  requirePolicy(event, 'credentialRequired', credential !== undefined, 'CREDENTIAL_REQUIRED', { statement: field });
  const enrolment = state.get(enrolmentKey(event.event, credential));
  if (!enrolment) return refuse('UNKNOWN_CREDENTIAL', { field: at, credential });
  require(enrolment.key === signer, 'KEY_NOT_VALID', { field: `${field}.header.jwk`, expected: enrolment.key });
}

/** The statement must be its holder's: signed by the key that it carries, which is the holder's now. @returns the holder */
export function requireHolderKey(state: State, event: EventRecord, statement: HolderStatement): string {
  requireEnrolment(state, event, statement);
  return requireHolderSignature(statement);
}

/**
 * What moves a ticket or money waits while somebody else claims to be the holder. The door does not: who stands there is looked at.
 * @param field what named the holder
 */
export function requireNoReplacement(state: State, event: EventRecord, holder: string, field: string): void {
  if (!event.policy.credentialRequired) return;
  const pending = state.get(enrolmentKey(event.event, holder))?.pending;
  require(pending === undefined, 'KEY_REPLACEMENT_PENDING', { field, activatesAt: pending?.activatesAt ?? '' });
}

/** The same of a holder who gives something away. @returns the holder */
export function requireGivingHolder(state: State, event: EventRecord, statement: HolderStatement): string {
  const holder = requireHolderKey(state, event, statement);
  requireNoReplacement(state, event, holder, statement.field);
  return holder;
}
