/** Signed statements of holders, as chaincode/README.md has them: what each says, and the digest by which others name it. */
import type { Payload, StatementName } from '../../chaincode/domain/statements.js';
import { sha256, signCompact, type HolderKey } from './holder-key.js';

/** The statements that a holder signs. */
export type HolderStatement = Extract<
  StatementName,
  | 'purchase'
  | 'transfer'
  | 'transfer-acceptance'
  | 'return'
  | 'presentation'
  | 'deposit'
  | 'deposit-withdrawal'
  | 'order'
  | 'guest'
>;

export interface SignedStatement {
  readonly jws: string;
  /** base64url(SHA-256(typ "." payload segment)): the signature, which is randomised, is not in it. */
  readonly digest: string;
}

export async function signStatement<N extends HolderStatement>(
  key: HolderKey,
  name: N,
  payload: Payload<N>,
): Promise<SignedStatement> {
  const typ = `guichet-${name}+jwt`;
  const jws = await signCompact(key, { alg: 'ES256', typ, jwk: key.jwk }, payload);
  return { jws, digest: await digestOf(name, jws) };
}

/** The digest of a statement that somebody else sent: to be named in an acceptance. */
export function digestOf(name: HolderStatement, jws: string): Promise<string> {
  return sha256(`guichet-${name}+jwt.${jws.split('.')[1] ?? ''}`);
}
