import { p256_oprf } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { utf8 } from '../../../../chaincode/crypto/bytes.js';
import {
  decodeDleqProof,
  encodeDleqProof,
  EVALUATION_CONTEXT,
  verifyDleq,
  type DleqProof,
} from '../../../../chaincode/crypto/dleq.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { add, encodePoint, GENERATOR, negate, pointBytes, type Point } from '../../../../chaincode/crypto/point.js';
import { ORDER, scalarBytes, toScalar } from '../../../../chaincode/crypto/scalar.js';
import { interpolate } from '../../../../chaincode/crypto/sharing.js';
import type { Suite } from '../../../../chaincode/crypto/suite.js';
import { elementOf, hashToGroup } from '../../../../committee/crypto/hash-to-group.js';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import {
  blind,
  combine,
  decodeEvaluation,
  encodeEvaluation,
  evaluate,
  unblind,
  verifyCombination,
  verifyEvaluation,
  type Evaluation,
} from '../../../../committee/crypto/oprf.js';
import { shareAt } from '../../../../committee/crypto/polynomial.js';
import { proveDleq } from '../../../../committee/crypto/prove.js';
import { faultOf, fromHex, pointNamed, pointOfHex, scalarOfHex, secretNamed, toHex } from '../../../support/curve.js';
import { subsetsOf } from '../../../support/subsets.js';
import { vectors } from '../../../support/vectors.js';

const suites: readonly (readonly [string, Suite])[] = [
  ['node:crypto', nodeSuite],
  ['noble', nobleSuite],
];
const OPRF_DST = 'HashToGroup-OPRFV1-\0-P256-SHA256';

/** RFC 9497 section 3.3.1, Finalize, which the protocol has its own hashes for. */
const finalized = (input: string, unblinded: Point) => {
  const sized = (bytes: Uint8Array) => [Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes];
  const parts = [...sized(fromHex(input)), ...sized(pointBytes(unblinded)), utf8('Finalize')];
  return toHex(nodeSuite.sha256(Buffer.concat(parts)));
};

describe('hash to group', () => {
  it('is that of RFC 9380', () => {
    const { dst, vectors: all } = vectors('hash-to-curve-p256');
    for (const { message, x, y } of all)
      expect(hashToGroup(utf8(message), utf8(dst))).to.deep.equal({ x: scalarOfHex(x), y: scalarOfHex(y) });
  });
});

for (const [name, suite] of suites) {
  describe(`RFC 9497 on ${name}`, () => {
    for (const mode of ['oprf', 'voprf'] as const) {
      it(`has the vectors of mode ${mode.toUpperCase()}`, () => {
        const { secretKey, vectors: all } = vectors('oprf-p256')[mode];
        for (const { inputs, blinds, blindedElements, evaluationElements, outputs } of all) {
          for (const [at, input] of inputs.entries()) {
            const blinding = scalarOfHex(blinds[at]!);
            const element =
              mode === 'voprf' ? hashToGroup(fromHex(input)) : hashToGroup(fromHex(input), utf8(OPRF_DST));
            const { blinded } = blind(suite, element, blinding);
            expect(toHex(pointBytes(blinded))).to.equal(blindedElements[at]);
            const evaluated = suite.multiply(scalarOfHex(secretKey), blinded)!;
            expect(toHex(pointBytes(evaluated))).to.equal(evaluationElements[at]);
            expect(finalized(input, unblind(suite, evaluated, blinding))).to.equal(outputs[at]);
          }
        }
      });
    }

    it('has the proofs, of one and of a batch', () => {
      const { publicKey, secretKey, vectors: all } = vectors('oprf-p256').voprf;
      for (const { blindedElements, evaluationElements, proof, proofRandomScalar } of all) {
        const pairs = blindedElements.map((from, at) => ({
          from: pointOfHex(from),
          to: pointOfHex(evaluationElements[at]!),
        }));
        const statement = { context: EVALUATION_CONTEXT, key: pointOfHex(publicKey!), pairs };
        const made = proveDleq(suite, statement, scalarOfHex(secretKey), scalarOfHex(proofRandomScalar!));
        expect(toHex(scalarBytes(made.challenge)) + toHex(scalarBytes(made.response))).to.equal(proof);
        expect(verifyDleq(suite, statement, made)).to.equal(true);
        expect(verifyDleq(suite, { ...statement, pairs: [...pairs].reverse() }, made)).to.equal(pairs.length === 1);
      }
    });
  });
}

describe('DLEQ', () => {
  const secret = secretNamed('secret');
  const from = pointNamed('from');
  const statement = {
    context: utf8('context'),
    key: nodeSuite.multiplyBase(secret)!,
    pairs: [{ from, to: nodeSuite.multiply(secret, from)! }],
  };
  const proof = proveDleq(nodeSuite, statement, secret, secretNamed('nonce'));
  const verifies = (change: Partial<typeof statement>, changed: Partial<DleqProof> = {}) =>
    verifyDleq(nodeSuite, { ...statement, ...change }, { ...proof, ...changed });

  it('is the same on node:crypto and noble', () => {
    expect(proveDleq(nobleSuite, statement, secret, secretNamed('nonce'))).to.deep.equal(proof);
    expect(verifyDleq(nobleSuite, statement, proof)).to.equal(true);
  });

  it('does not verify with anything changed', () => {
    const { to } = statement.pairs[0]!;
    const other = pointNamed('other');
    expect(verifies({})).to.equal(true);
    expect(verifies({ context: utf8('other') })).to.equal(false);
    expect(verifies({ key: other })).to.equal(false);
    expect(verifies({ pairs: [{ from: other, to }] })).to.equal(false);
    expect(verifies({ pairs: [{ from, to: other }] })).to.equal(false);
    expect(verifies({ pairs: [{ from, to: negate(to) }] })).to.equal(false);
    expect(verifies({ pairs: [{ from: negate(from), to }] })).to.equal(false);
    expect(verifies({ pairs: [{ from, to: add(to, GENERATOR)! }] })).to.equal(false);
    expect(verifies({ pairs: [...statement.pairs, ...statement.pairs] })).to.equal(false);
    expect(verifies({}, { challenge: toScalar(proof.challenge + 1n) })).to.equal(false);
    expect(verifies({}, { response: toScalar(-proof.response) })).to.equal(false);
  });

  it('does not verify with zeros, or nothing to prove', () => {
    expect(verifies({}, { challenge: 0n, response: 0n })).to.equal(false);
    expect(verifies({}, { challenge: 0n })).to.equal(false);
    expect(verifies({}, { response: 0n })).to.equal(false);
    expect(verifies({ pairs: [] })).to.equal(false);
  });

  it('does not verify for a batch in which one is wrong', () => {
    const second = { from: pointNamed('second'), to: nodeSuite.multiply(secret, pointNamed('second'))! };
    const both = { ...statement, pairs: [...statement.pairs, second] };
    const batch = proveDleq(nodeSuite, both, secret, secretNamed('nonce'));
    expect(verifyDleq(nodeSuite, both, batch)).to.equal(true);
    // Each off by the same amount, in opposite directions: a sum without weights would not see it.
    const [one, two] = both.pairs;
    const pairs = [
      { ...one!, to: add(one!.to, GENERATOR)! },
      { ...two!, to: add(two!.to, negate(GENERATOR))! },
    ];
    expect(verifyDleq(nodeSuite, { ...both, pairs }, batch)).to.equal(false);
  });

  it('has one encoding', () => {
    const text = encodeDleqProof(proof);
    const code = (changed: string) => faultOf(() => decodeDleqProof(changed, 'proof'));
    expect(text).to.have.length(86);
    expect(decodeDleqProof(text, 'proof')).to.deep.equal(proof);
    expect(code(text.slice(4))).to.equal('PROOF_INVALID proof');
    expect(code(`${text}==`)).to.equal('PROOF_INVALID proof');
    const tooLarge = Buffer.concat([scalarBytes(proof.challenge), Buffer.from(ORDER.toString(16), 'hex')]);
    expect(code(tooLarge.toString('base64url'))).to.equal('SCALAR_INVALID proof');
  });
});

describe('threshold evaluation', () => {
  const element = elementOf('issuer|scheme|number');
  const blinding = secretNamed('blinding');
  const { blinded } = blind(nodeSuite, element, blinding);

  const committee = (nodes: number, threshold: number) => {
    const polynomial = Array.from({ length: threshold }, (_, at) => secretNamed(`${nodes} ${threshold} ${at}`));
    const shares = Array.from({ length: nodes }, (_, at) => {
      const secret = shareAt(polynomial, at + 1);
      return { index: at + 1, secret, publicShare: nodeSuite.multiplyBase(secret)! };
    });
    const key = { threshold, publicShares: new Map(shares.map(({ index, publicShare }) => [index, publicShare])) };
    const answers = shares.map((share) => evaluate(nodeSuite, share, blinded, secretNamed(`nonce ${share.index}`)));
    return { key, answers, expected: nodeSuite.multiply(polynomial[0]!, element)! };
  };
  const { key, answers, expected } = committee(4, 3);
  const lie = (answer: Evaluation): Evaluation => ({ ...answer, element: add(answer.element, GENERATOR)! });

  it('is the same for every set of t nodes, and for none of t - 1', () => {
    for (const [nodes, threshold] of [
      [4, 3],
      [5, 3],
      [7, 5],
    ] as const) {
      const all = committee(nodes, threshold);
      for (const answer of all.answers)
        expect(verifyEvaluation(nodeSuite, all.key, blinded, answer), String(answer.index)).to.equal(true);
      for (const size of [threshold, threshold - 1]) {
        for (const set of subsetsOf(all.answers, size)) {
          const points = new Map(set.map(({ index, element: answered }) => [index, answered]));
          const combined = interpolate(nodeSuite, points)!;
          const same = encodePoint(unblind(nodeSuite, combined, blinding)) === encodePoint(all.expected);
          expect(same, set.map(({ index }) => index).join()).to.equal(size === threshold);
        }
      }
    }
  });

  it("is verified by noble, as every RFC 9497 client's answer", () => {
    const [answer] = answers;
    const publicShare = key.publicShares.get(1)!;
    const proof = Buffer.concat([scalarBytes(answer!.proof.challenge), scalarBytes(answer!.proof.response)]);
    const bytes = [answer!.element, blinded, publicShare].map(pointBytes);
    const input = utf8('issuer|scheme|number');
    const output = p256_oprf.voprf.finalize(input, scalarBytes(blinding), bytes[0]!, bytes[1]!, bytes[2]!, proof);
    const alone = unblind(nodeSuite, answer!.element, blinding);
    expect(toHex(output)).to.equal(finalized(toHex(input), alone));
  });

  it('combines the first t right answers and names the nodes that lie', () => {
    const [one, two, three, four] = answers as [Evaluation, Evaluation, Evaluation, Evaluation];
    for (const suite of [nodeSuite, nobleSuite]) {
      const { combined, used, lying } = combine(suite, key, blinded, [lie(two), one, one, three, four]);
      expect(unblind(suite, combined, blinding)).to.deep.equal(expected);
      expect(used.map(({ index }) => index)).to.deep.equal([1, 3, 4]);
      expect(lying).to.deep.equal([2]);
    }
  });

  it('has too few answers with t - 1, one twice, a liar or a stranger', () => {
    const [one, two, three] = answers as [Evaluation, Evaluation, Evaluation];
    for (const set of [
      [one, two],
      [one, two, two],
      [one, two, lie(three)],
      [one, two, { ...three, index: 9 }],
    ])
      expect(faultOf(() => combine(nodeSuite, key, blinded, set))).to.equal('EVALUATIONS_TOO_FEW evaluations');
  });

  it("is not another node's answer, or an answer to another question", () => {
    const [one] = answers as [Evaluation];
    const verifies = (answer: Evaluation, question = blinded) => verifyEvaluation(nodeSuite, key, question, answer);
    expect(verifies(one)).to.equal(true);
    expect(verifies({ ...one, index: 2 })).to.equal(false);
    expect(verifies({ ...one, index: 0 })).to.equal(false);
    expect(verifies({ ...one, proof: answers[1]!.proof })).to.equal(false);
    expect(verifies(one, pointNamed('other'))).to.equal(false);
  });

  it('is checked again by a node, with the code of what is wrong', () => {
    const used = answers.slice(0, 3);
    const { combined } = combine(nodeSuite, key, blinded, used);
    const code = (set: readonly Evaluation[], sum = combined) =>
      faultOf(() => verifyCombination(nodeSuite, key, blinded, { used: set, combined: sum }));
    expect(code(used)).to.equal('accepted');
    expect(code(answers.slice(1))).to.equal('accepted');
    expect(code(answers)).to.equal('EVALUATIONS_TOO_FEW evaluations');
    expect(code(used.slice(1))).to.equal('EVALUATIONS_TOO_FEW evaluations');
    expect(code([used[0]!, used[1]!, used[1]!])).to.equal('INDEX_INVALID evaluations');
    expect(code([used[0]!, lie(used[1]!), used[2]!])).to.equal('EVALUATION_INVALID evaluations[1]');
    expect(code(used, negate(combined))).to.equal('COMBINATION_MISMATCH combined');
  });

  it('travels as JSON', () => {
    const json = encodeEvaluation(answers[0]!);
    expect(decodeEvaluation(JSON.parse(JSON.stringify(json)) as typeof json)).to.deep.equal(answers[0]);
    expect(faultOf(() => decodeEvaluation({ ...json, element: 'A' }))).to.equal('POINT_INVALID element');
    expect(faultOf(() => decodeEvaluation({ ...json, proof: 'AAAA' }))).to.equal('PROOF_INVALID proof');
  });
});
