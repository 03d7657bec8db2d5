import { expect } from 'chai';
import { p256 } from '@noble/curves/nist.js';
import { generateKeyPairSync } from 'node:crypto';
import {
  importKey,
  isCanonicalBase64url,
  jwkSchema,
  thumbprintOf,
  type PublicJwk,
} from '../../../../chaincode/crypto/jwk.js';
import { withLetter } from '../../../support/curve.js';
import { newKey } from '../../../support/statements.js';
import { vectors } from '../../../support/vectors.js';

const accepts = (jwk: unknown) => jwkSchema.safeParse(jwk).success;
const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toString('base64url');
const { p, b } = p256.Point.CURVE();

/** A point whose x is so small that x + p still fits into 32 bytes. */
function smallPoint(): PublicJwk & { readonly beyond: PublicJwk } {
  for (let x = 1n; ; x += 1n) {
    const y = squareRoot(x ** 3n - 3n * x + b);
    if (y !== undefined) return { ...ec(x, y), beyond: ec(x + p, y) };
  }
}
const ec = (x: bigint, y: bigint): PublicJwk => ({ kty: 'EC', crv: 'P-256', x: bytes(x), y: bytes(y) });

const integerIn = (text: string) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);

function squareRoot(value: bigint): bigint | undefined {
  const { Fp } = p256.Point;
  const square = Fp.create(value);
  try {
    return Fp.sqrt(square);
  } catch {
    return undefined;
  }
}

describe('P-256 public key', () => {
  for (const { source, jwk, thumbprint } of vectors('jwk-thumbprints')) {
    it(`has the thumbprint of ${source}`, () => {
      expect(accepts(jwk)).to.equal(true);
      expect(thumbprintOf(jwk)).to.equal(thumbprint);
    });
  }

  it('rejects the point at infinity and points off the curve', () => {
    const { jwk } = newKey('on the curve');
    expect(accepts(ec(0n, 0n))).to.equal(false);
    expect(accepts({ ...jwk, y: jwk.x })).to.equal(false);
    expect(accepts({ ...jwk, x: bytes(0n) })).to.equal(false);
    expect(importKey(ec(0n, 1n))).to.equal(undefined);
  });

  it('rejects a coordinate that is not reduced, or one key would have two thumbprints', () => {
    const { beyond, ...point } = smallPoint();
    expect(accepts(point)).to.equal(true);
    expect(accepts(beyond)).to.equal(false);
  });

  it('is refused where it could not be imported, and nowhere else', () => {
    const { beyond, ...point } = smallPoint();
    const { jwk } = newKey('imported');
    const swapped = { ...jwk, x: jwk.y, y: jwk.x };
    const negated = ec(integerIn(jwk.x), p - integerIn(jwk.y));
    const unreduced = { ...point, y: bytes(integerIn(point.y) + p > 2n ** 256n - 1n ? p : integerIn(point.y) + p) };
    const flipped = [0, 21, 42].map((at) => ({ ...jwk, y: withLetter(jwk.y, at) }));
    const others = [ec(0n, 0n), ec(p, 0n), ec(0n, p), ec(p - 1n, p - 1n), ec(2n ** 256n - 1n, 1n)];
    const texts = ['', 'é'.repeat(43), '\0'.repeat(43), '='.repeat(43)].map((x) => ({ ...jwk, x }));
    const keys: PublicJwk[] = [jwk, point, negated, beyond, unreduced, swapped, ...flipped, ...others, ...texts];
    for (const key of keys) expect(accepts(key), JSON.stringify(key)).to.equal(importKey(key) !== undefined);
    expect([jwk, point, negated].map(accepts)).to.deep.equal([true, true, true]);
  });

  it('rejects coordinates of another length or another encoding', () => {
    const { jwk } = newKey('encoded');
    const hex = Buffer.from(jwk.x, 'base64url').toString('hex');
    for (const x of [jwk.x.slice(1), `A${jwk.x}`, `${jwk.x}=`, hex, '', jwk.x.replace(/.$/, '+')]) {
      expect(accepts({ ...jwk, x }), x).to.equal(false);
    }
  });

  it('rejects unused bits that are not zero', () => {
    const { jwk } = newKey('unused bits');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const x = jwk.x.slice(0, -1) + alphabet[alphabet.indexOf(jwk.x.at(-1)!) + 1]!;
    expect(Buffer.from(x, 'base64url')).to.deep.equal(Buffer.from(jwk.x, 'base64url'));
    expect(accepts({ ...jwk, x })).to.equal(false);
  });

  it('rejects keys of other curves and kinds', () => {
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      generateKeyPairSync('ec', { namedCurve: 'P-521' }),
      generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ].map(({ publicKey }) => publicKey.export({ format: 'jwk' }));
    for (const jwk of others) expect(accepts(jwk), JSON.stringify(jwk)).to.equal(false);
  });

  it('is not a secp256k1 key that was refused under its own name first', () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' });
    expect(accepts(jwk)).to.equal(false);
    expect(accepts({ ...jwk, crv: 'P-256' })).to.equal(false);
    expect(accepts({ ...jwk, crv: 'P-256' })).to.equal(false);
  });

  it('rejects private and further members', () => {
    const { jwk } = newKey('further members');
    for (const member of ['d', 'use', 'key_ops', 'alg', 'kid', 'ext']) {
      expect(accepts({ ...jwk, [member]: jwk.x }), member).to.equal(false);
    }
  });

  it('rejects what is no object', () => {
    for (const value of [null, undefined, 'EC', 1, []]) expect(accepts(value)).to.equal(false);
  });
});

describe('base64url', () => {
  it('has one text for each sequence of bytes', () => {
    for (const text of ['', 'AA', 'AAA', 'AAAA', '-_-_']) expect(isCanonicalBase64url(text), text).to.equal(true);
    for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', 'AA\n', '+/+/', 'AAAé']) {
      expect(isCanonicalBase64url(text), text).to.equal(false);
    }
  });
});
