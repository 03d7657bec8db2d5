import { expect } from 'chai';
import { generateKeyPairSync, sign } from 'node:crypto';
import { decodeJws, digestOf, verifyJws } from '../../../../chaincode/crypto/jws.js';
import type { PublicJwk } from '../../../../chaincode/crypto/jwk.js';
import { newKey, signJws } from '../../../support/statements.js';
import { vectors } from '../../../support/vectors.js';
import { withOtherS } from '../../../support/world.js';

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const verifies = (compact: string, jwk: PublicJwk) => {
  const jws = decodeJws(compact);
  return jws !== undefined && verifyJws(jws, jwk);
};

describe('JWS with ES256', () => {
  for (const { source, jwk, compact, header, payload } of vectors('jws-es256')) {
    it(`verifies ${source}`, () => {
      expect(decodeJws(compact)).to.deep.include({ header, payload });
      expect(verifies(compact, jwk)).to.equal(true);
    });

    it(`rejects ${source} with one letter of any segment changed`, () => {
      for (const [index, part] of compact.split('.').entries()) {
        const changed = part.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
        const parts = compact.split('.');
        parts[index] = changed;
        expect(verifies(parts.join('.'), jwk)).to.equal(false);
      }
    });
  }

  it('rejects another key', () => {
    expect(verifies(signJws({}, {}, newKey('one')), newKey('one').jwk)).to.equal(true);
    expect(verifies(signJws({}, {}, newKey('one')), newKey('two').jwk)).to.equal(false);
  });

  it('rejects a signature over the payload alone', () => {
    const key = newKey('payload alone');
    const signature = sign('sha256', Buffer.from(segment({})), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
    expect(verifies(`${segment({})}.${segment({})}.${signature.toString('base64url')}`, key.jwk)).to.equal(false);
  });

  it('accepts both forms of s, and both have one digest', () => {
    const key = newKey('either s');
    const compact = signJws({ alg: 'ES256' }, { either: true }, key);
    const other = withOtherS(compact);
    expect(other).not.to.equal(compact);
    for (const form of [compact, other]) expect(verifies(form, key.jwk)).to.equal(true);
    const digests = [compact, other].map((form) => digestOf('typ', decodeJws(form)!.payloadSegment));
    expect(digests[0]).to.equal(digests[1]);
  });

  it('has a digest of type and payload', () => {
    expect(digestOf('a', 'b')).not.to.equal(digestOf('b', 'a'));
    // SHA-256 of "typ.cGF5bG9hZA", computed with another program.
    expect(digestOf('typ', 'cGF5bG9hZA')).to.equal('9KWd6c_USBCL-VeqZGEhGNDV0vSqgJzyU8G4pGe0wsc');
  });

  for (const namedCurve of ['secp256k1', 'P-384']) {
    it(`rejects a signature of ${namedCurve}`, () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve });
      const input = `${segment({ alg: 'ES256' })}.${segment({})}`;
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const compact = `${input}.${signature.subarray(0, 64).toString('base64url')}`;
      expect(verifies(compact, newKey('other curve').jwk)).to.equal(false);
    });
  }

  it('rejects a signature of Ed25519', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const input = `${segment({ alg: 'EdDSA' })}.${segment({})}`;
    const compact = `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
    expect(verifies(compact, newKey('other curve').jwk)).to.equal(false);
  });
});

describe('ECDSA on P-256', () => {
  for (const { jwk, message, tests } of vectors('ecdsa-p256').groups) {
    for (const { comment, signature, valid } of tests) {
      it(`${valid ? 'accepts' : 'rejects'} "${message}": ${comment}`, () => {
        const bytes = Buffer.from(signature, 'hex');
        const jws = { header: {}, payload: {}, payloadSegment: '', signingInput: message, signature: bytes };
        expect(verifyJws(jws, jwk)).to.equal(valid);
      });
    }
  }
});
