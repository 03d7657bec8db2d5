/**
 * Signing a statement: compact JWS (RFC 7515 section 7.1), ES256 (RFC 7518 section 3.4), P-256. Verification is the chaincode's (`crypto/jws.ts`). Besides
 * the ledger's statements there are an attestor's handles, which only wallets and the committee's nodes ever see.
 */
import { createECDH, createPrivateKey, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { digestOf } from '../../chaincode/crypto/jws.js';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import {
  isSignedByHolder,
  payloadSchemas,
  type Payload,
  type StatementName,
} from '../../chaincode/domain/statements.js';
import { messageSchemas, type MessagePayload } from '../../committee/messages/statements.js';

export const signableSchemas = { ...payloadSchemas, handle: messageSchemas.handle } as const;
export type SignableName = StatementName | 'handle';
export type SignablePayload = Payload<StatementName> | MessagePayload<'handle'>;

/** A P-256 key that can sign. Only the signer's process, the tour and tests ever have one in memory. */
export interface SigningKey {
  /** RFC 7638 thumbprint of the public half. */
  readonly kid: string;
  readonly jwk: PublicJwk;
  readonly privateKey: KeyObject;
}

/**
 * Generated as a pair for key agreement, which is the same kind, and imported: that is a fifth of the time that Node's own generation and an import take, and
 * in Node 20 the JWK export of a freshly generated pair can deadlock with the garbage collector, once in some ten thousand keys.
 */
export function generateSigningKey(): SigningKey {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  const [point, scalar] = [pair.getPublicKey(), pair.getPrivateKey()];
  const text = (bytes: Buffer) => Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]).toString('base64url');
  // SEC 1 section 2.3.3: 4, x, y.
  const [x, y] = [text(point.subarray(1, 33)), text(point.subarray(33))];
  return importSigningKey({ kty: 'EC', crv: 'P-256', x, y, d: text(scalar) });
}

/** @param jwk a private JWK (RFC 7517) on P-256 */
export function importSigningKey(jwk: JsonWebKey): SigningKey {
  return signingKeyOf(createPrivateKey({ key: jwk, format: 'jwk' }));
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const { x = '', y = '' } = privateKey.export({ format: 'jwk' });
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  return { kid: thumbprintOf(jwk), jwk, privateKey };
}

/** A signed statement and the digest by which the ledger remembers it. */
export interface SignedStatement {
  readonly jws: string;
  readonly digest: string;
}

/** Builds header and payload and signs them. The payload is signed as given: whoever calls has validated it. */
export function signStatement<N extends StatementName>(key: SigningKey, name: N, payload: Payload<N>): SignedStatement {
  return signPayload(key, name, payload);
}

/** The same for whatever is signed here. */
export function signPayload(key: SigningKey, name: SignableName | 'gate-check', payload: object): SignedStatement {
  const typ = `guichet-${name}+jwt`;
  const identity = isStatement(name) && isSignedByHolder(name) ? { jwk: key.jwk } : { kid: key.kid };
  const jws = signCompact(key.privateKey, { alg: 'ES256', typ, ...identity }, payload);
  return { jws, digest: digestOf(typ, encodeSegment(payload)) };
}

/** A compact JWS of whatever kind, by ES256. */
export function signCompact(key: KeyObject, header: object, payload: object): string {
  const signingInput = `${encodeSegment(header)}.${encodeSegment(payload)}`;
  const signature = sign('sha256', Buffer.from(signingInput), { key, dsaEncoding: 'ieee-p1363' });
  return `${signingInput}.${signature.toString('base64url')}`;
}

const isStatement = (name: string): name is StatementName => Object.hasOwn(payloadSchemas, name);

const encodeSegment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
