/**
 * Refusals of a whole transaction, as error texts tell them. Nobody has signed such a text: it is one organization's word, and an organization may do
 * no more to others than not to answer. Two that say the same are as many as endorse.
 */
import type { Refusal } from '../../chaincode/domain/refusal.js';

export interface Claim {
  /** The organization whose word it is. */
  readonly by: string;
  readonly refusal: Refusal;
}

export class Claims {
  readonly #by = new Map<string, Set<string>>();

  /** @returns the refusal that two organizations have claimed by now, if there is one */
  add(claims: readonly Claim[]): Refusal | undefined {
    for (const { by, refusal } of claims) {
      this.#by.set(refusal.message, (this.#by.get(refusal.message) ?? new Set()).add(by));
    }
    return claims.find(({ refusal }) => (this.#by.get(refusal.message)?.size ?? 0) > 1)?.refusal;
  }
}

/**
 * A transaction that every organization must endorse: each may say no to it by itself. That it is done already is no no, and takes two to say.
 * @param asked how many were asked
 */
export function refusalOfAny(claims: readonly Claim[], asked: number): Refusal | undefined {
  const no = ({ refusal }: Claim) => asked === 1 || refusal.code !== 'ALREADY_FOUNDED';
  return new Claims().add(claims) ?? claims.find(no)?.refusal;
}
