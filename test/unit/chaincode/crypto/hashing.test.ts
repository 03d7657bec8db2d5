import { p256_hasher } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  fromBase64url,
  integerBytes,
  integerOf,
  toBase64url,
  utf8,
  wordOf,
} from '../../../../chaincode/crypto/bytes.js';
import { expandMessageXmd, hashToScalar } from '../../../../chaincode/crypto/hash-to-scalar.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { hash, transcript } from '../../../../chaincode/crypto/transcript.js';
import { toHex } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

describe('expand_message_xmd', () => {
  for (const { source, dst, vectors: all } of vectors('expand-message-xmd-sha256')) {
    it(`is that of ${source}`, () => {
      for (const { message, lengthBytes, uniformBytes } of all)
        expect(toHex(expandMessageXmd(nodeSuite, utf8(message), utf8(dst), lengthBytes))).to.equal(uniformBytes);
    });
  }
});

describe('hash to scalar', () => {
  it('is that of noble', () => {
    for (const message of ['', 'abc', 'a longer message, longer than one block of SHA-256 which is sixty-four bytes']) {
      const expected = p256_hasher.hashToScalar(utf8(message), { DST: utf8('tag') });
      expect(hashToScalar(nodeSuite, utf8(message), utf8('tag'))).to.equal(expected);
    }
  });
});

describe('transcript', () => {
  it('has the bytes that the README says', () => {
    const expected = Buffer.concat([
      Buffer.from([0, 0, 0, 14]),
      Buffer.from('guichet/v1/com'),
      Buffer.from([0, 0, 0, 2, 7, 8]),
      Buffer.from([0, 0, 0, 3]),
      Buffer.from('é!'),
      Buffer.from([0, 0, 0, 4, 0, 0, 1, 0]),
    ]);
    const parts = [Uint8Array.of(7, 8), 'é!', 256] as const;
    expect(toHex(transcript('com', ...parts))).to.equal(expected.toString('hex'));
    expect(toHex(hash(nodeSuite, 'com', ...parts))).to.equal(createHash('sha256').update(expected).digest('hex'));
  });

  it('has other bytes for other parts, however they are cut', () => {
    const seen = [
      transcript('com'),
      transcript('person'),
      transcript('com', ''),
      transcript('com', '', ''),
      transcript('com', 'ab', 'c'),
      transcript('com', 'a', 'bc'),
      transcript('com', 'abc'),
    ].map(toHex);
    expect(new Set(seen).size).to.equal(seen.length);
  });
});

describe('bytes', () => {
  it('go through base64url', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).to.equal(Buffer.from(bytes).toString('base64url'));
        expect(toHex(fromBase64url(text)!)).to.equal(toHex(bytes));
      }),
    );
  });

  it('have one text', () => {
    for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', 'AA\n', '+/+/', 'AAAé', '-_-_A'])
      expect(fromBase64url(text), text).to.equal(undefined);
  });

  it('are integers, big-endian', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (value) => {
        expect(toHex(wordOf(value))).to.equal(value.toString(16).padStart(64, '0'));
        expect(integerOf(wordOf(value))).to.equal(value);
      }),
    );
    expect(toHex(integerBytes(258, 2))).to.equal('0102');
    expect(toHex(integerBytes(0xfffffffe, 4))).to.equal('fffffffe');
    for (const value of [-1, 1.5, 2 ** 32, NaN])
      expect(() => integerBytes(value, 4), String(value)).to.throw(RangeError);
    expect(() => integerBytes(65_536, 2)).to.throw(RangeError);
  });
});
