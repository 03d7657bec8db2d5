/** What a wallet takes from here. Nothing that it reaches imports a `node:` module; a test follows every import. */
export { fromBase64url, toBase64url } from '../../chaincode/crypto/bytes.js';
export { decodeDleqProof, encodeDleqProof, type DleqProof } from '../../chaincode/crypto/dleq.js';
export { Fault, type FaultCode } from '../../chaincode/crypto/fault.js';
export { decodePoint, encodePoint, type Point } from '../../chaincode/crypto/point.js';
export { decodeSecret, encodeScalar, type Scalar } from '../../chaincode/crypto/scalar.js';
export { proveAsking, type Asking } from './asking.js';
export {
  proveBlinding,
  proveUnblinding,
  type Enrolment,
  type Handle,
  type Scope,
  type Unblinding,
} from './client-proofs.js';
export { commitmentTo, credentialIdOf, personIdOf, type Salt } from './credential.js';
export { elementOf } from './hash-to-group.js';
export { nobleSuite } from './noble-suite.js';
export {
  blind,
  combine,
  decodeEvaluation,
  encodeEvaluation,
  unblind,
  verifyEvaluation,
  type Blinded,
  type Combination,
  type Evaluation,
  type EvaluationJson,
  type EvaluationKey,
} from './oprf.js';
export { randomScalar, type RandomScalar } from './secrets.js';
