/** What registering a person and enrolling a credential have in common: t nodes state whose key it is, and the ledger takes it once. */
import { requireCurrent } from '../authority.js';
import { keyNameOf } from '../committee-keys.js';
import type { BoundKey } from '../committee-records.js';
import { sha256 } from '../../crypto/jwk.js';
import { require } from '../refusal.js';
import type { Context } from '../rule.js';
import type { State } from '../state.js';
import { bindFirst, replace, requireBound, type Claim, type SubjectWords } from './binding.js';
import { requireNodes, requireUsableKey, type NodeStatement } from './node-statements.js';
import { requireSupport, type Replacement } from './support.js';

export interface Registration {
  /** undefined for a person */
  readonly event: string | undefined;
  readonly claim: Claim;
  readonly words: SubjectWords;
  /** They agree. */
  readonly statements: readonly NodeStatement[];
  readonly replacement: Replacement;
}

/** The same content again is the same command, whichever nodes have signed it. */
export function digestOfRegistration({ claim, replacement }: Registration): string {
  const { release, approvals } = replacement;
  const { subject, key, sequence } = claim;
  return sha256(
    JSON.stringify([subject, key, sequence, release?.digest ?? null, approvals.map(({ digest }) => digest)]),
  );
}

/** @returns the subject's record after it */
export function register(
  state: State,
  before: BoundKey | undefined,
  registration: Registration,
  context: Context,
): BoundKey {
  const { event, claim, words, statements, replacement } = registration;
  for (const statement of statements) requireCurrent(statement, event, context);
  requireNodes(requireUsableKey(state, keyNameOf(event), event === undefined ? 'person' : 'event'), statements);
  if (claim.sequence === 0) {
    const given = replacement.release ?? replacement.approvals[0];
    require(!given, 'REPLACEMENT_MISMATCH', { field: given?.field ?? '', reason: 'goes with a replacement' });
    return bindFirst(before, claim, words);
  }
  const bound = requireBound(before, words, claim.subject);
  const support = requireSupport(state, replacement, { event, claim, before: bound }, context);
  return replace(bound, claim, support, context.now);
}

/** For the receipt. */
export function resultOf({ claim, words }: Registration, { pending }: BoundKey) {
  const { subject, sequence } = claim;
  const waits = pending?.sequence === sequence ? { activatesAt: pending.activatesAt } : {};
  return { [words.member]: subject, sequence, state: 'activatesAt' in waits ? 'pending' : 'active', ...waits };
}
