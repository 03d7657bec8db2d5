/**
 * Whose key it is: once somebody is registered, another key comes only by the old key's word, or after a wait in which the old key can object. A lost
 * phone can't sign a release; a thief of documents, or t nodes that collude, must wait where the owner sees it.
 */
import type { BoundKey, PendingKey } from '../committee-records.js';
import { refuse, require, type RefusalCode } from '../refusal.js';
import { addSeconds } from '../time.js';

/** Long enough to be noticed by somebody who looks every other day. */
export const WAIT_SECONDS = 72 * 3600;
/** Where attestors of two organizations have looked at the document. */
export const APPROVED_WAIT_SECONDS = 3600;

/** What t nodes state: that the key is this subject's. */
export interface Claim {
  /** A person or a credential. */
  readonly subject: string;
  readonly key: string;
  readonly sequence: number;
}

/** What speaks for a replacement besides the nodes, verified. */
export interface Support {
  readonly released: boolean;
  readonly approved: boolean;
}

/** What a subject is called in refusals. */
export interface SubjectWords {
  readonly member: 'person' | 'credential';
  readonly exists: Extract<RefusalCode, 'PERSON_EXISTS' | 'CREDENTIAL_EXISTS'>;
  readonly unknown: Extract<RefusalCode, 'UNKNOWN_PERSON' | 'UNKNOWN_CREDENTIAL'>;
}
export const PERSON: SubjectWords = { member: 'person', exists: 'PERSON_EXISTS', unknown: 'UNKNOWN_PERSON' };
export const CREDENTIAL: SubjectWords = {
  member: 'credential',
  exists: 'CREDENTIAL_EXISTS',
  unknown: 'UNKNOWN_CREDENTIAL',
};

const FIELD = 'statements[0]';

/** A subject that is on the ledger. */
export function requireBound<R extends BoundKey>(
  before: R | undefined,
  { member, unknown }: SubjectWords,
  subject: string,
  field = `${FIELD}.${member}`,
): R {
  return before ?? refuse(unknown, { field, [member]: subject });
}

/** The first key of a subject. @throws {Refusal} PERSON_EXISTS, CREDENTIAL_EXISTS */
export function bindFirst(before: BoundKey | undefined, { subject, key }: Claim, words: SubjectWords): BoundKey {
  require(before === undefined, words.exists, { field: `${FIELD}.${words.member}`, [words.member]: subject });
  return { key, sequence: 0 };
}

/** Another key. @throws {Refusal} STALE_SEQUENCE, REPLACEMENT_MISMATCH, KEY_REPLACEMENT_PENDING */
export function replace(
  before: BoundKey,
  { key, sequence }: Claim,
  { released, approved }: Support,
  now: string,
): BoundKey {
  const expected = before.sequence + 1;
  require(sequence === expected, 'STALE_SEQUENCE', { field: `${FIELD}.sequence`, expected });
  require(key !== before.key, 'REPLACEMENT_MISMATCH', { field: `${FIELD}.key`, reason: 'is the key already' });
  if (released) return { key, sequence };
  const { pending } = before;
  require(givesWay(pending, { key, approved }), 'KEY_REPLACEMENT_PENDING', {
    field: `${FIELD}.key`,
    activatesAt: pending?.activatesAt ?? '',
  });
  const due = addSeconds(now, approved ? APPROVED_WAIT_SECONDS : WAIT_SECONDS);
  const activatesAt = pending?.key === key && pending.activatesAt < due ? pending.activatesAt : due;
  const waits: PendingKey = { key, sequence, activatesAt, ...(approved && { approved: true }) };
  return { key: before.key, sequence: before.sequence, pending: waits };
}

/**
 * Two organizations shorten the wait of what is under way, and put their own in place of what none has approved: or a single attestor who comes first would
 * have the better of them. What others have approved they can't exchange.
 */
function givesWay(pending: PendingKey | undefined, { key, approved }: { key: string; approved: boolean }): boolean {
  return pending === undefined || (approved && (pending.key === key || !pending.approved));
}

/** The old key objects: it stays, and what was stated for this sequence is worth nothing any more. */
export function veto({ pending, ...before }: BoundKey): BoundKey {
  return { ...before, sequence: pending?.sequence ?? before.sequence };
}

/** @returns undefined before its time */
export function activate({ pending, ...before }: BoundKey, now: string): BoundKey | undefined {
  if (pending === undefined || now < pending.activatesAt) return undefined;
  return { ...before, key: pending.key, sequence: pending.sequence };
}
