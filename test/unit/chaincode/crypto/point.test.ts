import { p256 } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { integerOf, wordOf } from '../../../../chaincode/crypto/bytes.js';
import {
  add,
  decodePoint,
  encodePoint,
  equalPoints,
  FIELD,
  GENERATOR,
  isOnCurve,
  multiplySmall,
  negate,
  pointBytes,
  pointFrom,
  uncompressedBytes,
} from '../../../../chaincode/crypto/point.js';
import { decodeScalar, decodeSecret, encodeScalar, ORDER } from '../../../../chaincode/crypto/scalar.js';
import { faultOf, fromHex, pointNamed, toHex, withLetter } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
const codeFor = (hex: string) => faultOf(() => pointFrom(fromHex(hex), 'point'));

describe('point encoding', () => {
  it('is that of noble', () => {
    for (const name of ['one', 'two', 'three', 'four', 'five']) {
      const point = pointNamed(name);
      expect(toHex(pointBytes(point))).to.equal(p256.Point.fromAffine(point).toHex(true));
      expect(toHex(uncompressedBytes(point))).to.equal(p256.Point.fromAffine(point).toHex(false));
      expect(decodePoint(encodePoint(point), 'point')).to.deep.equal(point);
    }
  });

  it('takes both points of an x by their sign', () => {
    expect(decodePoint(encodePoint(negate(GENERATOR)), 'point')).to.deep.equal(negate(GENERATOR));
  });

  it('rejects the identity, whatever its form', () => {
    for (const hex of ['00', '00'.repeat(33), '00'.repeat(65), ''])
      expect(codeFor(hex)).to.equal('POINT_INVALID point');
  });

  it('rejects uncompressed and hybrid forms: one text for each point', () => {
    const hex = toHex(uncompressedBytes(GENERATOR));
    for (const sign of ['04', '06', '07']) expect(codeFor(sign + hex.slice(2))).to.equal('POINT_INVALID point');
  });

  it('rejects an x that has no y, or is not below the prime', () => {
    // x = 5 is on the curve, so x + p would be its second text.
    expect(codeFor(`02${toHex(wordOf(5n))}`)).to.equal('accepted');
    expect(codeFor(`02${toHex(wordOf(FIELD + 5n))}`)).to.equal('POINT_INVALID point');
    expect(codeFor(`02${toHex(wordOf(FIELD))}`)).to.equal('POINT_INVALID point');
    expect(codeFor(`02${'ff'.repeat(32)}`)).to.equal('POINT_INVALID point');
    expect(codeFor(`02${toHex(wordOf(1n))}`)).to.equal('POINT_INVALID point');
  });

  it('rejects base64url that is not canonical', () => {
    const text = encodePoint(GENERATOR);
    expect(text).to.have.length(44);
    for (const other of [`${text}=`, `${text}A`, text.slice(1), ` ${text}`, text.replace(/^A/, '+'), `${text}\n`])
      expect(
        faultOf(() => decodePoint(other, 'point')),
        other,
      ).to.equal('POINT_INVALID point');
  });

  it('decides every public key of Wycheproof as its vectors say', () => {
    for (const { publicKey, result, comment } of vectors('ecdh-p256').tests) {
      const bytes = fromHex(publicKey);
      if (bytes.length !== 65) continue;
      const point = { x: integerOf(bytes.subarray(1, 33)), y: integerOf(bytes.subarray(33)) };
      expect(isOnCurve(point), comment).to.equal(result === 'valid');
      if (result === 'valid') expect(decodePoint(encodePoint(point), 'point'), comment).to.deep.equal(point);
    }
  });

  it('decides every compressed key of Wycheproof as noble does', () => {
    const compressed = vectors('ecdh-p256').tests.filter(({ publicKey }) => !publicKey.startsWith('04'));
    expect(compressed).to.have.length.above(5);
    for (const { publicKey, comment } of compressed) {
      let accepted = publicKey.length === 66;
      try {
        p256.Point.fromHex(publicKey);
      } catch {
        accepted = false;
      }
      expect(codeFor(publicKey), comment).to.equal(accepted ? 'accepted' : 'POINT_INVALID point');
    }
  });
});

describe('point addition', () => {
  const [left, right] = [pointNamed('left'), pointNamed('right')];
  const noble = (point = GENERATOR) => p256.Point.fromAffine(point);

  it('is that of noble', () => {
    expect(add(left, right)).to.deep.equal(noble(left).add(noble(right)).toAffine());
    expect(add(left, left)).to.deep.equal(noble(left).double().toAffine());
  });

  it('has the identity', () => {
    expect(add(left, undefined)).to.equal(left);
    expect(add(undefined, left)).to.equal(left);
    expect(add(left, negate(left))).to.equal(undefined);
    expect(add(undefined, undefined)).to.equal(undefined);
    expect(equalPoints(undefined, left)).to.equal(false);
    expect(equalPoints(undefined, undefined)).to.equal(true);
  });

  it('multiplies by every index', () => {
    expect(multiplySmall(0, left)).to.equal(undefined);
    for (const factor of [1, 2, 3, 4, 5, 6, 7, 8, 127, 128, 255])
      expect(multiplySmall(factor, left), String(factor)).to.deep.equal(
        noble(left).multiply(BigInt(factor)).toAffine(),
      );
    expect(multiplySmall(7, undefined)).to.equal(undefined);
  });
});

describe('scalar encoding', () => {
  it('is 32 bytes, big-endian', () => {
    expect(encodeScalar(1n)).to.equal(base64url('00'.repeat(31) + '01'));
    expect(decodeScalar(encodeScalar(ORDER - 1n), 'scalar')).to.equal(ORDER - 1n);
  });

  it('rejects what is not below the order, and other lengths', () => {
    const hexes = [toHex(wordOf(ORDER)), 'ff'.repeat(32), '00'.repeat(31), '00'.repeat(33), ''];
    for (const hex of hexes)
      expect(
        faultOf(() => decodeScalar(base64url(hex), 'scalar')),
        hex,
      ).to.equal('SCALAR_INVALID scalar');
    expect(faultOf(() => decodeScalar(`${encodeScalar(1n)}=`, 'scalar'))).to.equal('SCALAR_INVALID scalar');
  });

  it('rejects zero as a secret', () => {
    expect(decodeScalar(encodeScalar(0n), 'scalar')).to.equal(0n);
    expect(faultOf(() => decodeSecret(encodeScalar(0n), 'share'))).to.equal('SCALAR_INVALID share');
  });

  it('has one text for each scalar', () => {
    const text = encodeScalar(4n);
    // The last letter has two unused bits.
    expect(faultOf(() => decodeScalar(text.slice(0, -1) + 'B', 'scalar'))).to.equal('SCALAR_INVALID scalar');
    expect(decodeScalar(withLetter(text, 3), 'scalar')).not.to.equal(4n);
  });
});
