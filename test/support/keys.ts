/** Keys for tests: P-256, derived from a name, so that a test's ids and digests are the same in every run; and statements signed with them. */
import { createECDH, createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import {
  isSignedByHolder,
  payloadSchemas,
  typOf,
  type Payload,
  type StatementName,
} from '../../chaincode/domain/statements.js';

export interface TestKey {
  readonly privateKey: KeyObject;
  readonly jwk: PublicJwk;
  /** The RFC 7638 thumbprint: key id of an organization's key, holder id of a holder's. */
  readonly kid: string;
  /** The holder that it speaks for, at an event that asks for credentials. */
  readonly credential?: string;
}

/** The key without the credential that it speaks for. */
export const keyOnly = ({ privateKey, jwk, kid }: TestKey): TestKey => ({ privateKey, jwk, kid });

/** The holder id of a key. */
export const holderIdOf = ({ credential, kid }: TestKey): string => credential ?? kid;

/** By name: each scene has the same organizations again. */
const named = new Map<string, TestKey>();

/** @param name the same name gives the same key; without one the key is a new one */
export function newKey(name?: string): TestKey {
  if (name === undefined) return keyFrom(`unnamed ${++unnamed}`);
  const key = named.get(name) ?? keyFrom(name);
  named.set(name, key);
  return key;
}

let unnamed = 0;

function keyFrom(name: string): TestKey {
  const ecdh = createECDH('prime256v1');
  // A SHA-256 value is below the curve's order but for one in 2^32: OpenSSL would throw.
  const secret = createHash('sha256').update(`guichet test key ${name}`).digest();
  ecdh.setPrivateKey(secret);
  const point = ecdh.getPublicKey();
  const jwk: PublicJwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const d = secret.toString('base64url');
  return { privateKey: createPrivateKey({ key: { ...jwk, d }, format: 'jwk' }), jwk, kid: thumbprintOf(jwk) };
}

/** A compact JWS of any header and payload: for statements that are wrong on purpose. */
export function signJws(header: unknown, payload: unknown, key: TestKey): string {
  const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${segment(header)}.${segment(payload)}`;
  const signature = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** A statement with the header that its kind asks for, and the credential that its key speaks for. */
export function signStatement<N extends StatementName>(name: N, payload: Payload<N>, key: TestKey): string {
  const who = isSignedByHolder(name) ? { jwk: key.jwk } : { kid: key.kid };
  const speaksFor = isSignedByHolder(name) && 'credential' in payloadSchemas[name].shape && key.credential;
  const said = speaksFor ? { credential: key.credential, ...payload } : payload;
  return signJws({ alg: 'ES256', typ: typOf(name), ...who }, said, key);
}
