import { p256_FROST } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { toBase64url, utf8 } from '../../../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint, pointBytes } from '../../../../chaincode/crypto/point.js';
import {
  decodePossession,
  encodePossession,
  verifyPossession,
  type PossessionProof,
} from '../../../../chaincode/crypto/possession.js';
import { ORDER, scalarBytes, toScalar } from '../../../../chaincode/crypto/scalar.js';
import { evaluateCommitments } from '../../../../chaincode/crypto/sharing.js';
import { sumOfProducts } from '../../../../chaincode/crypto/suite.js';
import { shareAt } from '../../../../committee/crypto/polynomial.js';
import { provePossession } from '../../../../committee/crypto/prove.js';
import { faultOf, fromHex, pointNamed, pointOfHex, scalarOfHex, secretNamed, toHex } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

const FROST_DST = utf8('FROST-P256-SHA256-v1dkg');
const decodedHex = (hex: string) => decodePossession(toBase64url(fromHex(hex)), 'possession');

describe('proof of possession', () => {
  const statement = { context: utf8('dealer 1'), key: pointNamed('key') };
  const proof = provePossession(nodeSuite, statement, secretNamed('key'), secretNamed('nonce'));

  it("verifies FROST's proofs of the key generation", () => {
    for (const [at, { commitments, proofOfKnowledge }] of vectors('frost-p256-dkg').dealers.entries()) {
      const key = pointOfHex(commitments[0]!);
      const verifies = (dealer: number) =>
        verifyPossession(
          nodeSuite,
          { context: scalarBytes(BigInt(dealer)), key, dst: FROST_DST },
          decodedHex(proofOfKnowledge),
        );
      expect(verifies(at + 1)).to.equal(true);
      expect(verifies(at + 2)).to.equal(false);
    }
  });

  it("has the keys of FROST's key generation", () => {
    const { dealers, groupPublicKey } = vectors('frost-p256-dkg');
    for (const [at, { coefficients, commitments, sharesFrom, publicShare, keyShare }] of dealers.entries()) {
      const points = coefficients.map((coefficient) => nodeSuite.multiplyBase(scalarOfHex(coefficient))!);
      expect(points.map((point) => toHex(pointBytes(point)))).to.deep.equal(commitments);
      for (const [from, share] of Object.entries(sharesFrom)) {
        const dealer = dealers[Number(from) - 1]!;
        expect(toHex(scalarBytes(shareAt(dealer.coefficients.map(scalarOfHex), at + 1)))).to.equal(share);
        const expected = evaluateCommitments(dealer.commitments.map(pointOfHex), at + 1);
        expect(nodeSuite.multiplyBase(scalarOfHex(share))).to.deep.equal(expected);
      }
      const mine = dealers.map((dealer) => shareAt(dealer.coefficients.map(scalarOfHex), at + 1));
      const sum = toScalar(mine.reduce((total, share) => total + share));
      expect(toHex(scalarBytes(sum))).to.equal(keyShare);
      expect(toHex(pointBytes(nodeSuite.multiplyBase(sum)!))).to.equal(publicShare);
    }
    const group = sumOfProducts(
      nodeSuite,
      dealers.map(({ commitments }) => [1n, pointOfHex(commitments[0]!)]),
    );
    expect(toHex(pointBytes(group!))).to.equal(groupPublicKey);
  });

  it("verifies noble's proof", () => {
    const id = p256_FROST.Identifier.fromNumber(3);
    const { commitment, proofOfKnowledge } = p256_FROST.DKG.round1(id, { min: 2, max: 3 }).public;
    const key = pointOfHex(toHex(commitment[0]!));
    const theirs = decodedHex(toHex(proofOfKnowledge));
    const verifies = (context: Uint8Array) => verifyPossession(nodeSuite, { context, key, dst: FROST_DST }, theirs);
    expect(verifies(fromHex(id))).to.equal(true);
    expect(verifies(scalarBytes(4n))).to.equal(false);
  });

  it('verifies', () => {
    expect(verifyPossession(nodeSuite, statement, proof)).to.equal(true);
    expect(encodePossession(proof)).to.have.length(87);
    expect(decodePossession(encodePossession(proof), 'possession')).to.deep.equal(proof);
  });

  it('does not verify with anything changed', () => {
    const verifies = (change: Partial<typeof statement>, changed: Partial<PossessionProof> = {}) =>
      verifyPossession(nodeSuite, { ...statement, ...change }, { ...proof, ...changed });
    expect(verifies({ context: utf8('dealer 2') })).to.equal(false);
    expect(verifies({ key: pointNamed('other') })).to.equal(false);
    expect(verifies({}, { commitment: pointNamed('other') })).to.equal(false);
    expect(verifies({}, { response: toScalar(proof.response + 1n) })).to.equal(false);
    expect(verifies({}, { response: 0n })).to.equal(false);
  });

  it('has one encoding', () => {
    const tooLarge = Buffer.concat([pointBytes(proof.commitment), Buffer.from(ORDER.toString(16), 'hex')]);
    const code = (text: string) => faultOf(() => decodePossession(text, 'possession'));
    expect(code(toBase64url(tooLarge))).to.equal('SCALAR_INVALID possession');
    expect(code(`B${encodePossession(proof).slice(1)}`)).to.equal('POINT_INVALID possession');
    expect(code(encodePoint(proof.commitment))).to.equal('PROOF_INVALID possession');
    expect(code(`${encodePossession(proof)}=`)).to.equal('PROOF_INVALID possession');
  });
});
