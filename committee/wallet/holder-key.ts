/**
 * A holder's key: P-256 through WebCrypto, which browsers and Node have alike. Make it extractable for as long as its backup is written, then
 * import it again so that the page itself can't read it.
 */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import { encodeBase64url, encodeText } from './base64url.js';

/** WebCrypto's key, named without the type library of either browsers or Node. */
type PrivateKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A private key as JWK (RFC 7518 section 6.2.2). Encrypt it before it is stored. */
export type PrivateJwk = PublicJwk & { readonly d: string };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;

export interface HolderKey {
  /** RFC 7638 thumbprint: how the ledger knows the holder. */
  readonly holder: string;
  readonly jwk: PublicJwk;
  readonly privateKey: PrivateKey;
}

export interface CreateOptions {
  /** Whether `exportHolderKey` can read it. */
  readonly extractable?: boolean;
}

export async function createHolderKey({ extractable = false }: CreateOptions = {}): Promise<HolderKey> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(ALGORITHM, extractable, ['sign']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  return holderKeyOf({ x, y }, privateKey);
}

/** The private key for a backup. @throws if the key is not extractable */
export async function exportHolderKey({ jwk, privateKey }: HolderKey): Promise<PrivateJwk> {
  const { d = '' } = await crypto.subtle.exportKey('jwk', privateKey);
  return { ...jwk, d };
}

/** Takes a key back from its backup; it is not extractable then, unless asked for. */
export async function importHolderKey(
  { x, y, d }: PrivateJwk,
  { extractable = false }: CreateOptions = {},
): Promise<HolderKey> {
  const jwk = { kty: 'EC', crv: 'P-256', x, y, d };
  return holderKeyOf({ x, y }, await crypto.subtle.importKey('jwk', jwk, ALGORITHM, extractable, ['sign']));
}

/** RFC 7638 section 3: the members in lexical order, no white space. */
export async function thumbprintOf({ x, y }: Pick<PublicJwk, 'x' | 'y'>): Promise<string> {
  return sha256(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);
}

/** SHA-256 in base64url. */
export async function sha256(text: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

/** ES256 (RFC 7518 section 3.4) as compact JWS (RFC 7515 section 7.1). WebCrypto signs as r and s, 32 bytes each, which is what the format asks for. */
export async function signCompact({ privateKey }: HolderKey, header: object, payload: object): Promise<string> {
  const input = `${encodeText(JSON.stringify(header))}.${encodeText(JSON.stringify(payload))}`;
  const signature = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    privateKey,
    new TextEncoder().encode(input),
  );
  return `${input}.${encodeBase64url(new Uint8Array(signature))}`;
}

async function holderKeyOf({ x, y }: Pick<PublicJwk, 'x' | 'y'>, privateKey: PrivateKey): Promise<HolderKey> {
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  return { holder: await thumbprintOf(jwk), jwk, privateKey };
}
