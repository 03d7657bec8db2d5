import { expect } from 'chai';
import { generateSigningKey } from '../../../../gateway/signer/sign-statement.js';

describe('key generation', () => {
  it('gives keys that differ, each with its thumbprint', () => {
    const [one, other] = [generateSigningKey(), generateSigningKey()];
    expect(one.kid)
      .to.match(/^[A-Za-z0-9_-]{43}$/)
      .and.not.to.equal(other.kid);
    expect(one.privateKey.export({ format: 'jwk' })).to.include({ x: one.jwk.x, y: one.jwk.y });
  });

  it('keeps the leading zeros of coordinates and of the private scalar, which one key in a hundred has', () => {
    const zeros = { x: 0, y: 0, d: 0 };
    for (let number = 0; number < 3_000; number += 1) {
      const { privateKey, jwk } = generateSigningKey();
      const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
      expect({ x, y }).to.deep.equal({ x: jwk.x, y: jwk.y });
      for (const [name, text] of Object.entries({ x, y, d }) as ['x' | 'y' | 'd', string][]) {
        const bytes = Buffer.from(text, 'base64url');
        expect(bytes).to.have.length(32);
        if (bytes[0] === 0) zeros[name] += 1;
      }
    }
    expect(Math.min(...Object.values(zeros))).to.be.greaterThan(0);
  });
});
