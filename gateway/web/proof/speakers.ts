/** Whose key speaks for a holder: the holder is the key itself, or a person's pseudonym with the keys that the committee's nodes have stated. */
import { StepFailed, type Findings } from './findings.js';
import { keyIn, thumbprintOf, type Statement } from './jws.js';

/** A key of a pseudonym's, and the block from which on it spoke for it. */
export interface Speaker {
  readonly key: string;
  readonly sequence: number;
  readonly block: number;
}

/** By pseudonym, the first key first; undefined where holders are keys. */
export type Speakers = ReadonlyMap<string, readonly Speaker[]> | undefined;

/**
 * Who signed a holder's statement: it carries its key.
 * @param block in which it counted @returns the holder @throws {StepFailed} if it carries no key
 */
export async function holderOf(
  statement: Statement,
  block: number,
  speakers: Speakers,
  findings: Findings,
): Promise<string> {
  const key = await signerOf(statement, findings);
  const { credential } = statement.payload;
  if (!speakers) {
    findings.that('it speaks for the key in it, and for no pseudonym', credential === undefined);
    return key;
  }
  const keys = typeof credential === 'string' ? speakers.get(credential) : undefined;
  findings.that('it names a pseudonym whose keys are known', keys !== undefined);
  if (!keys || typeof credential !== 'string') throw new StepFailed('credential');
  // Positions don't tell the order of transactions within a block.
  const spoke = keys.some((each, index) => {
    const until = keys[index + 1]?.block ?? block;
    return each.key === key && each.block <= block && block <= until;
  });
  findings.that(`the key in it spoke for that pseudonym in block ${block}`, spoke);
  return credential;
}

/** @returns the key's thumbprint @throws {StepFailed} */
export async function signerOf(statement: Statement, findings: Findings): Promise<string> {
  const jwk = keyIn(statement);
  if (!jwk) {
    findings.that('it carries its holder’s key', false);
    throw new StepFailed('jwk');
  }
  await findings.signedBy(statement, jwk, 'the key in it');
  return thumbprintOf(jwk);
}
