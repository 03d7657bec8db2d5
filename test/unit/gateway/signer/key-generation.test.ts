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
});
