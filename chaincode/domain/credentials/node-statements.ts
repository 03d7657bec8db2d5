/** What t nodes of the committee state of a person or a credential: all the same, each with its own key. Fewer than t can't say anything. */
import { thumbprintOf, type PublicJwk } from '../../crypto/jwk.js';
import { sharedKeyKey } from '../committee-keys.js';
import type { UsableKey } from '../committee-records.js';
import { refuse, require } from '../refusal.js';
import type { State } from '../state.js';
import { requireSignature, type Statement } from '../statements.js';

export type NodeStatement = Statement<'person'> | Statement<'enrolment'> | Statement<'market-close'>;

/** @param name `dedup`, an event's id or a market's @throws {Refusal} KEY_NOT_USABLE before it is generated and after it is destroyed */
export function requireUsableKey(state: State, name: string, field: string): UsableKey {
  const record = state.get(sharedKeyKey(name));
  return record?.key ?? refuse('KEY_NOT_USABLE', { field, state: record?.state ?? 'none' });
}

/**
 * Which nodes join in, and until when a statement counts, is each node's own; what it states is not.
 * @throws {Refusal} STATEMENTS_DIFFER naming the member
 */
export function requireAgreement<S extends NodeStatement>(
  statements: readonly S[],
  members: readonly (keyof S['payload'] & string)[],
): void {
  const said = ({ payload }: S, member: keyof S['payload']): unknown => (payload as S['payload'])[member];
  for (const statement of statements)
    for (const member of members) {
      const same = said(statement, member) === (statements[0] && said(statements[0], member));
      require(same, 'STATEMENTS_DIFFER', { field: `${statement.field}.${member}` });
    }
}

/**
 * Signed by as many nodes of the committee that holds the key as could make it up.
 * @throws {Refusal} UNKNOWN_KEY, SIGNER_REPEATED, STATEMENTS_TOO_FEW, SIGNATURE_INVALID
 */
export function requireNodes(key: Pick<UsableKey, 'nodes' | 'threshold'>, statements: readonly NodeStatement[]): void {
  const signers = signersOf(key, statements);
  require(signers.size >= key.threshold, 'STATEMENTS_TOO_FEW', { field: 'statements', needed: key.threshold });
}

/** @returns the thumbprints of the nodes that signed. @throws {Refusal} UNKNOWN_KEY, SIGNER_REPEATED, SIGNATURE_INVALID */
export function signersOf(
  { nodes }: Pick<UsableKey, 'nodes'>,
  statements: readonly NodeStatement[],
): ReadonlySet<string> {
  const known = new Map(nodes.map((jwk) => [thumbprintOf(jwk), jwk] as const));
  const signers = new Map<string, PublicJwk>();
  for (const { signer, field } of statements) {
    const jwk = known.get(signer);
    if (!jwk) return refuse('UNKNOWN_KEY', { field: `${field}.header.kid`, kid: signer });
    require(!signers.has(signer), 'SIGNER_REPEATED', { field: `${field}.header.kid`, kid: signer });
    signers.set(signer, jwk);
  }
  for (const statement of statements) {
    const jwk = signers.get(statement.signer);
    if (jwk) requireSignature(statement, jwk);
  }
  return new Set(signers.keys());
}
