import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect } from 'chai';
import { newSigner } from '../../../../gateway/fabric/signer.js';

const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/** SEQUENCE { INTEGER r, INTEGER s } of short lengths. */
function integersOf(der: Uint8Array): Buffer[] {
  const bytes = Buffer.from(der);
  expect([bytes[0], bytes[1]]).to.deep.equal([0x30, bytes.length - 2]);
  const r = bytes.subarray(4, 4 + bytes[3]!);
  const rest = bytes.subarray(4 + bytes[3]!);
  expect([bytes[2], rest[0], rest[1]]).to.deep.equal([0x02, 0x02, rest.length - 2]);
  return [r, rest.subarray(2)];
}

describe('signer', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const message = Buffer.from('what a peer will verify');

  it('makes signatures that verify, in DER, with the lower s, every time', async () => {
    const sign = newSigner(pem);
    for (let count = 0; count < 200; count++) {
      const signature = await sign(message);
      expect(verify('sha256', message, createPublicKey(pem), signature)).to.equal(true);
      for (const integer of integersOf(signature)) {
        expect(integer[0]! < 0x80, 'negative').to.equal(true);
        expect(integer[0] !== 0 || integer[1]! >= 0x80, 'longer than it must be').to.equal(true);
      }
      expect(BigInt(`0x${integersOf(signature)[1]!.toString('hex')}`) <= HALF_ORDER).to.equal(true);
    }
  });

  it('refuses a key of another curve', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
    expect(() => newSigner(other.export({ type: 'pkcs8', format: 'pem' }) as string)).to.throw('P-256');
  });
});
