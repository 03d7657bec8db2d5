import { p256_FROST } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { negate, pointBytes } from '../../../../chaincode/crypto/point.js';
import { ORDER, scalarBytes, toScalar } from '../../../../chaincode/crypto/scalar.js';
import { evaluateCommitments, interpolate, lagrangeAtZero } from '../../../../chaincode/crypto/sharing.js';
import { commitTo, shareAt } from '../../../../committee/crypto/polynomial.js';
import { faultOf, pointOfHex, scalarOfHex, secretNamed, toHex } from '../../../support/curve.js';
import { subsetsOf } from '../../../support/subsets.js';
import { vectors } from '../../../support/vectors.js';

const polynomialOf = (degree: number) =>
  Array.from({ length: degree + 1 }, (_, at) => secretNamed(`coefficient ${at}`));

describe('sharing', () => {
  const { coefficients, groupPublicKey, shares } = vectors('frost-p256');
  const polynomial = coefficients.map(scalarOfHex);

  it('has the shares of RFC 9591', () => {
    for (const [at, share] of shares.entries()) expect(toHex(scalarBytes(shareAt(polynomial, at + 1)))).to.equal(share);
  });

  it('has the group key of RFC 9591, from any two public shares', () => {
    const commitments = commitTo(nodeSuite, polynomial);
    expect(toHex(pointBytes(commitments[0]!))).to.equal(groupPublicKey);
    for (const pair of subsetsOf([1, 2, 3], 2)) {
      const points = new Map(pair.map((index) => [index, evaluateCommitments(commitments, index)!]));
      expect(toHex(pointBytes(interpolate(nodeSuite, points)!))).to.equal(groupPublicKey);
    }
  });

  it('has public shares that are those of the shares', () => {
    const commitments = commitTo(nodeSuite, polynomialOf(4));
    for (const index of [1, 2, 7, 255])
      expect(evaluateCommitments(commitments, index)).to.deep.equal(
        nodeSuite.multiplyBase(shareAt(polynomialOf(4), index)),
      );
  });

  it('combines as noble does', () => {
    const shared = [2, 5, 7].map((index) => [index, shareAt(polynomialOf(2), index)] as const);
    const weights = lagrangeAtZero([2, 5, 7]);
    const sum = toScalar(shared.reduce((total, [index, share]) => total + weights.get(index)! * share, 0n));
    const theirs = p256_FROST.combineSecret(
      shared.map(([index, share]) => ({
        identifier: p256_FROST.Identifier.fromNumber(index),
        signingShare: scalarBytes(share),
      })),
      { min: 3, max: 7 },
    );
    expect(toHex(scalarBytes(sum))).to.equal(toHex(theirs));
  });

  it('gives the secret from every set of t shares, and from none of t - 1', () => {
    for (const [nodes, threshold] of [
      [2, 2],
      [4, 3],
      [5, 3],
      [7, 4],
      [7, 5],
    ] as const) {
      const hidden = polynomialOf(threshold - 1);
      const indexes = Array.from({ length: nodes }, (_, at) => at + 1);
      const from = (set: readonly number[]) => {
        const weights = lagrangeAtZero(set);
        return toScalar(set.reduce((sum, index) => sum + weights.get(index)! * shareAt(hidden, index), 0n));
      };
      for (const set of subsetsOf(indexes, threshold)) expect(from(set), set.join()).to.equal(hidden[0]);
      for (const set of subsetsOf(indexes, threshold - 1)) expect(from(set), set.join()).not.to.equal(hidden[0]);
    }
  });

  it('refuses an index twice, zero, or one that is no index', () => {
    for (const indexes of [
      [1, 1],
      [0, 1],
      [1, -1],
      [1, 256],
      [1, 1.5],
    ])
      expect(
        faultOf(() => lagrangeAtZero(indexes)),
        indexes.join(),
      ).to.equal('INDEX_INVALID indexes');
    expect([...lagrangeAtZero([3]).values()]).to.deep.equal([1n]);
  });

  it('evaluates commitments whose sum is the identity', () => {
    const point = pointOfHex(groupPublicKey);
    expect(evaluateCommitments([negate(point), point], 1)).to.equal(undefined);
    expect(evaluateCommitments([undefined, point], 1)).to.deep.equal(point);
    expect(evaluateCommitments([], 1)).to.equal(undefined);
    expect(shareAt([ORDER - 2n, 1n], 2)).to.equal(0n);
  });
});
