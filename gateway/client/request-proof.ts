/** Signing a request to a gateway, for holders and gate devices in Node: see `auth/request-proof.ts`. */
import { randomBytes } from 'node:crypto';
import { sha256, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { Proof } from '../auth/request-proof.js';
import { signCompact, type SigningKey } from '../signer/sign-statement.js';

export interface SignedRequestOptions extends Pick<Proof, 'aud' | 'device'> {
  readonly key: Pick<SigningKey, 'jwk' | 'privateKey'>;
  /** Milliseconds since 1970. */
  readonly nowMs?: () => number;
}

export interface AskedRequest extends Pick<Proof, 'method' | 'target'> {
  /** As it is sent. */
  readonly body?: string | undefined;
}

/** @returns the value of `Guichet-Proof`, for one request */
export function proveRequest(options: SignedRequestOptions, { method, target, body }: AskedRequest): string {
  const { key, aud, device, nowMs = Date.now } = options;
  return signCompact(key.privateKey, headerOf('guichet-request+jwt', key.jwk), {
    ...{ aud, method, target, iat: Math.floor(nowMs() / 1000), jti: randomBytes(16).toString('base64url') },
    ...(body !== undefined && body !== '' && { digest: sha256(body) }),
    ...(device && { device }),
  } satisfies Proof);
}

/** That a gate device has the key with which it answers a handshake. */
export function provePossession(key: SignedRequestOptions['key'], of: { channel: string; handshake: string }): string {
  return signCompact(key.privateKey, headerOf('guichet-device-handshake+jwt', key.jwk), of);
}

const headerOf = (typ: string, jwk: PublicJwk) => ({ alg: 'ES256', typ, jwk });
