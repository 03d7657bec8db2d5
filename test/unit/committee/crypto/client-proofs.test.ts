import { expect } from 'chai';
import { encodeDleqProof } from '../../../../chaincode/crypto/dleq.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { add, GENERATOR, negate } from '../../../../chaincode/crypto/point.js';
import { toScalar } from '../../../../chaincode/crypto/scalar.js';
import {
  proveBlinding,
  proveUnblinding,
  verifyEnrolment,
  verifyHandle,
  type Enrolment,
  type Handle,
  type Scope,
} from '../../../../committee/crypto/client-proofs.js';
import { commitmentTo, credentialIdOf, personIdOf } from '../../../../committee/crypto/credential.js';
import { elementOf } from '../../../../committee/crypto/hash-to-group.js';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import { blind, combine, evaluate, unblind, type Evaluation } from '../../../../committee/crypto/oprf.js';
import { shareAt } from '../../../../committee/crypto/polynomial.js';
import { faultOf, pointNamed, secretNamed } from '../../../support/curve.js';

const IDENTITY = 'UTO|TD3|L898902C3';
const salt = new Uint8Array(32).fill(7);
const element = elementOf(IDENTITY);

/** Handle number j of a person. */
function aHandle(number: number, identity = IDENTITY): { handle: Handle; blinding: bigint } {
  const blinding = secretNamed(`blinding ${number}`);
  const commitment = commitmentTo(nobleSuite, salt, identity);
  return { handle: { ...blind(nobleSuite, elementOf(identity), blinding), commitment }, blinding };
}

describe('handle', () => {
  const { handle, blinding } = aHandle(1);
  const proof = proveBlinding(nobleSuite, handle, { element, blinding }, secretNamed('nonce'));
  const code = (changed: Partial<Handle>, opening: Partial<{ salt: Uint8Array; proof: typeof proof }> = {}) =>
    faultOf(() =>
      verifyHandle(nodeSuite, { identity: IDENTITY, element }, { ...handle, ...changed }, { salt, proof, ...opening }),
    );

  it('is accepted from a wallet on noble by an attestor on node:crypto', () => {
    expect(code({})).to.equal('accepted');
  });

  it('is refused for another identity than the document has', () => {
    const other = 'UTO|TD3|L898902C4';
    const attested = { identity: other, element: elementOf(other) };
    const refused = (changed: Partial<Handle>) =>
      faultOf(() => verifyHandle(nodeSuite, attested, { ...handle, ...changed }, { salt, proof }));
    expect(refused({})).to.equal('COMMITMENT_MISMATCH commitment');
    // Even where the wallet commits to what the attestor sees, the blinded element is another's.
    expect(refused({ commitment: commitmentTo(nodeSuite, salt, other) })).to.equal('BLINDING_PROOF_INVALID proof');
  });

  it('is refused with anything changed', () => {
    const commitment = commitmentTo(nodeSuite, salt.with(0, 8), IDENTITY);
    expect(code({ commitment })).to.equal('COMMITMENT_MISMATCH commitment');
    expect(code({}, { salt: salt.with(0, 8) })).to.equal('COMMITMENT_MISMATCH commitment');
    // Committed anew, the proof is of the commitment before.
    expect(code({ commitment }, { salt: salt.with(0, 8) })).to.equal('BLINDING_PROOF_INVALID proof');
    const other = aHandle(2).handle;
    expect(code({ blinded: other.blinded })).to.equal('BLINDING_PROOF_INVALID proof');
    expect(code({ blindingKey: other.blindingKey })).to.equal('BLINDING_PROOF_INVALID proof');
    expect(code(other)).to.equal('BLINDING_PROOF_INVALID proof');
    expect(code({}, { proof: { ...proof, response: toScalar(proof.response + 1n) } })).to.equal(
      'BLINDING_PROOF_INVALID proof',
    );
  });
});

describe('enrolment', () => {
  const polynomial = [secretNamed('k'), secretNamed('a1'), secretNamed('a2')];
  const shares = [1, 2, 3, 4].map((index) => {
    const secret = shareAt(polynomial, index);
    return { index, secret, publicShare: nodeSuite.multiplyBase(secret)! };
  });
  const key = { threshold: 3, publicShares: new Map(shares.map(({ index, publicShare }) => [index, publicShare])) };
  const scope: Scope = {
    channel: 'guichet',
    keyId: 'event-key',
    epoch: 1,
    event: 'OrganizerMSP:opening-night',
    holder: 'thumbprint',
    commitment: commitmentTo(nodeSuite, salt, IDENTITY),
    sequence: 1,
  };

  /** What an honest wallet makes of one handle. */
  function anEnrolment(number: number, identity = IDENTITY): Enrolment {
    const { handle, blinding } = aHandle(number, identity);
    const answers = shares.map((share) => evaluate(nodeSuite, share, handle.blinded, secretNamed(`n${share.index}`)));
    const { combined, used } = combine(nodeSuite, key, handle.blinded, answers);
    const unblinding = { ...handle, combined, unblinded: unblind(nodeSuite, combined, blinding) };
    const proof = proveUnblinding(nodeSuite, unblinding, scope, { blinding, nonce: secretNamed('nonce') });
    return { ...unblinding, used, proof };
  }
  const enrolment = anEnrolment(1);
  const code = (changed: Partial<Enrolment>, scoped: Partial<Scope> = {}) =>
    faultOf(() => verifyEnrolment(nodeSuite, key, { ...enrolment, ...changed }, { ...scope, ...scoped }));

  it('is accepted, and is the same person by every handle', () => {
    const again = anEnrolment(2);
    expect(code({})).to.equal('accepted');
    expect(code(again)).to.equal('accepted');
    expect(again.blinded).not.to.deep.equal(enrolment.blinded);
    expect(personIdOf(nodeSuite, again.unblinded)).to.equal(personIdOf(nobleSuite, enrolment.unblinded));
    expect(enrolment.unblinded).to.deep.equal(nodeSuite.multiply(polynomial[0]!, element));
  });

  it('is another person for another identity, and another credential for another event', () => {
    const other = anEnrolment(3, 'UTO|TD3|L898902C4');
    expect(personIdOf(nodeSuite, other.unblinded)).not.to.equal(personIdOf(nodeSuite, enrolment.unblinded));
    const ids = ['a', 'b'].map((event) => credentialIdOf(nodeSuite, event, enrolment.unblinded));
    expect(new Set([...ids, personIdOf(nodeSuite, enrolment.unblinded)]).size).to.equal(3);
  });

  it('is refused with another N', () => {
    for (const unblinded of [pointNamed('other'), negate(enrolment.unblinded), element])
      expect(code({ unblinded })).to.equal('UNBLINDING_PROOF_INVALID proof');
    // A wallet that knows the discrete logarithm of its N still does not know r for both.
    expect(code({ unblinded: GENERATOR })).to.equal('UNBLINDING_PROOF_INVALID proof');
  });

  it('is refused with another W', () => {
    for (const combined of [pointNamed('other'), add(enrolment.combined, GENERATOR)!])
      expect(code({ combined })).to.equal('COMBINATION_MISMATCH combined');
  });

  it('is refused with another blinding key or blinded element than the handle has', () => {
    const other = aHandle(2).handle;
    expect(code({ blindingKey: other.blindingKey })).to.equal('UNBLINDING_PROOF_INVALID proof');
    expect(code({ blinded: other.blinded })).to.equal('EVALUATION_INVALID evaluations[0]');
  });

  it('is refused with another answer', () => {
    const [one, two, three] = enrolment.used as [Evaluation, Evaluation, Evaluation];
    const lie = { ...three, element: add(three.element, GENERATOR)! };
    expect(code({ used: [one, two, lie] })).to.equal('EVALUATION_INVALID evaluations[2]');
    expect(code({ used: [one, two] })).to.equal('EVALUATIONS_TOO_FEW evaluations');
    expect(code({ used: [one, two, two] })).to.equal('INDEX_INVALID evaluations');
  });

  it('is refused in any other scope', () => {
    const scopes: Partial<Scope>[] = [
      { channel: 'other' },
      { keyId: 'other' },
      { epoch: 2 },
      { event: '' },
      { event: 'OrganizerMSP:closing-night' },
      { holder: 'other' },
      { commitment: 'other' },
      { sequence: 2 },
      // Cut elsewhere, the same letters.
      { keyId: 'event-keyOrganizer', event: 'MSP:opening-night' },
    ];
    for (const scoped of scopes)
      expect(code({}, scoped), JSON.stringify(scoped)).to.equal('UNBLINDING_PROOF_INVALID proof');
  });

  it('is refused with another proof', () => {
    const { proof } = enrolment;
    for (const changed of [
      { ...proof, challenge: toScalar(proof.challenge + 1n) },
      { ...proof, response: toScalar(proof.response + 1n) },
      anEnrolment(2).proof,
    ])
      expect(code({ proof: changed }), encodeDleqProof(changed)).to.equal('UNBLINDING_PROOF_INVALID proof');
  });
});
