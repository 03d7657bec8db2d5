import { expect } from 'chai';
import fc from 'fast-check';
import { integerOf } from '../../../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { add, equalPoints, GENERATOR, negate, pointFrom } from '../../../../chaincode/crypto/point.js';
import { invertScalar, ORDER, toScalar } from '../../../../chaincode/crypto/scalar.js';
import { sumOfProducts } from '../../../../chaincode/crypto/suite.js';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import { fromHex, pointNamed, scalarOfHex } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

const scalar = fc.bigInt({ min: 1n, max: ORDER - 1n });
const EDGES = [1n, 2n, 3n, (ORDER - 1n) / 2n, (ORDER + 1n) / 2n, ORDER - 2n, ORDER - 1n, 1n << 128n, (1n << 255n) - 1n];
/** x = 5 has a point; x = 0 has one too, where formulas that divide by x would fail. */
const EDGE_POINTS = [
  GENERATOR,
  negate(GENERATOR),
  add(GENERATOR, GENERATOR)!,
  ...['02', '03'].flatMap((sign) =>
    [0, 5].map((x) => pointFrom(fromHex(sign + x.toString(16).padStart(64, '0')), 'point')),
  ),
];

describe('P-256 on node:crypto', () => {
  it('multiplies as noble does', () => {
    fc.assert(
      fc.property(scalar, scalar, (k, m) => {
        const point = nodeSuite.multiplyBase(m)!;
        expect(nodeSuite.multiply(k, point)).to.deep.equal(nobleSuite.multiply(k, point));
      }),
      { numRuns: 25 },
    );
  });

  it('multiplies the generator as noble does', () => {
    fc.assert(
      fc.property(scalar, (k) => {
        expect(nodeSuite.multiplyBase(k)).to.deep.equal(nobleSuite.multiplyBase(k));
      }),
      { numRuns: 25 },
    );
  });

  it('multiplies as noble does at every edge', () => {
    for (const k of EDGES) {
      expect(nodeSuite.multiplyBase(k), `${k}·G`).to.deep.equal(nobleSuite.multiplyBase(k));
      for (const point of EDGE_POINTS) {
        const expected = nobleSuite.multiply(k, point);
        expect(nodeSuite.multiply(k, point), `${k}·(${point.x}, ${point.y})`).to.deep.equal(expected);
      }
    }
  });

  it('has the identity for zero, as noble', () => {
    for (const suite of [nodeSuite, nobleSuite]) {
      expect(suite.multiply(0n, GENERATOR)).to.equal(undefined);
      expect(suite.multiplyBase(0n)).to.equal(undefined);
    }
  });

  it('gives P for 1 and -P for -1, which have the x of P', () => {
    const point = pointNamed('any');
    expect(nodeSuite.multiply(1n, point)).to.deep.equal(point);
    expect(nodeSuite.multiply(ORDER - 1n, point)).to.deep.equal(negate(point));
  });

  it('refuses a point that is not on the curve', () => {
    expect(() => nodeSuite.multiply(5n, { x: GENERATOR.x, y: GENERATOR.y + 1n })).to.throw();
  });

  it('undoes a multiplication by the inverse', () => {
    const k = 123456789n;
    const point = pointNamed('undone');
    expect(nodeSuite.multiply(invertScalar(k), nodeSuite.multiply(k, point)!)).to.deep.equal(point);
  });

  it('sums products as noble does, also to the identity', () => {
    const [left, right] = [pointNamed('left'), pointNamed('right')];
    const terms = [
      [5n, GENERATOR],
      [ORDER - 7n, left],
      [0n, right],
      [9n, right],
    ] as const;
    expect(sumOfProducts(nodeSuite, terms)).to.deep.equal(sumOfProducts(nobleSuite, terms));
    expect(
      sumOfProducts(nodeSuite, [
        [3n, left],
        [toScalar(-3n), left],
      ]),
    ).to.equal(undefined);
  });

  it('sums the same where it adds instead of multiplying: for factors close to zero', () => {
    const [left, right] = [pointNamed('left'), pointNamed('right')];
    for (let factor = -12n; factor <= 12n; factor++) {
      const expected = add(nobleSuite.multiply(toScalar(factor), left), right);
      for (const suite of [nodeSuite, nobleSuite]) {
        const sum = sumOfProducts(suite, [
          [toScalar(factor), left],
          [1n, right],
        ]);
        expect(sum, `${factor}`).to.deep.equal(expected);
      }
    }
  });

  it('has the x of every key agreement of Wycheproof', () => {
    let count = 0;
    for (const { publicKey, secretKey, sharedX, result, comment } of vectors('ecdh-p256').tests) {
      if (result !== 'valid') continue;
      const bytes = fromHex(publicKey);
      const point = { x: integerOf(bytes.subarray(1, 33)), y: integerOf(bytes.subarray(33)) };
      const product = nodeSuite.multiply(scalarOfHex(secretKey), point);
      expect(product?.x, comment).to.equal(scalarOfHex(sharedX));
      count++;
    }
    expect(count).to.be.above(150);
  });

  it('hashes as noble does', () => {
    const bytes = new TextEncoder().encode('abc');
    expect([...nodeSuite.sha256(bytes)]).to.deep.equal([...nobleSuite.sha256(bytes)]);
  });

  it('compares sums by value', () => {
    expect(equalPoints({ ...GENERATOR }, GENERATOR)).to.equal(true);
    expect(equalPoints(negate(GENERATOR), GENERATOR)).to.equal(false);
  });
});
