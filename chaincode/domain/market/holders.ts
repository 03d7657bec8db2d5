/** Which nodes count in a market: those that the key's generation has given a share. A node of the committee that was away then has no part in it. */
import { thumbprintOf } from '../../crypto/jwk.js';
import type { UsableKey } from '../committee-records.js';
import { signersOf } from '../credentials/node-statements.js';
import type { Statement } from '../statements.js';

type Held = Pick<UsableKey, 'nodes' | 'publicShares'>;

/** By index, ascending. */
export const holdersOf = ({ publicShares }: Pick<UsableKey, 'publicShares'>): readonly number[] =>
  Object.keys(publicShares).map(Number);

/** @returns those of them that have signed. @throws {Refusal} UNKNOWN_KEY, SIGNER_REPEATED, SIGNATURE_INVALID */
export function heardFrom(key: Held, closings: readonly Statement<'market-close'>[]): ReadonlySet<number> {
  const signers = signersOf(key, closings);
  const isHeard = (index: number): boolean => {
    const jwk = key.nodes[index - 1];
    return jwk !== undefined && signers.has(thumbprintOf(jwk));
  };
  return new Set(holdersOf(key).filter(isHeard));
}
