/** The node's own signing key: made on its first start, registered by the committee's appointment, sealed at rest. */
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { writeDurably } from './durable-file.js';
import { openSecret, sealedSchema, sealSecret } from './sealed.js';

const PURPOSE = ['signing-key'];
const privateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});

export class SigningKey {
  readonly jwk: PublicJwk;
  readonly kid: string;
  readonly #key: KeyObject;

  constructor(secret: z.infer<typeof privateJwk>) {
    const { kty, crv, x, y } = secret;
    this.jwk = { kty, crv, x, y };
    this.kid = thumbprintOf(this.jwk);
    this.#key = createPrivateKey({ key: secret, format: 'jwk' });
  }

  /** A compact JWS (RFC 7515 section 3.1). @param name the statement's, as in `guichet-<name>+jwt` */
  sign(name: string, payload: object): string {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const input = `${encode({ alg: 'ES256', typ: `guichet-${name}+jwt`, kid: this.kid })}.${encode(payload)}`;
    const signature = sign('sha256', Buffer.from(input), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }
}

/** Opens the key, or makes it where there is none. @throws {SealBroken} */
export async function loadSigningKey(file: string, nodeKey: Buffer): Promise<SigningKey> {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const sealed = sealSecret(privateKey.export({ format: 'jwk' }), PURPOSE, nodeKey);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(file, `${JSON.stringify(sealed)}\n`);
  }
  const sealed = sealedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return new SigningKey(privateJwk.parse(openSecret(sealed, PURPOSE, nodeKey)));
}
