/** What wallets and gate devices send to a node. Whatever is not told otherwise is right. */
import { encodeDleqProof } from '../../../../chaincode/crypto/dleq.js';
import { digestOf } from '../../../../chaincode/crypto/jws.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import type { Scalar } from '../../../../chaincode/crypto/scalar.js';
import { DEDUP } from '../../../../chaincode/domain/committee-keys.js';
import { proveAsking, type Asking as AskedOf } from '../../../../committee/crypto/asking.js';
import { proveUnblinding, type Scope } from '../../../../committee/crypto/client-proofs.js';
import { commitmentTo } from '../../../../committee/crypto/credential.js';
import { encodeEvaluation, evaluate, type EvaluationJson } from '../../../../committee/crypto/oprf.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import {
  EXPIRY_STEP_S,
  messageTypOf,
  type MessageName,
  type MessagePayload,
} from '../../../../committee/messages/index.js';
import { CHANNEL, newId, newKey, signJws, type TestKey } from '../../../support/statements.js';
import { elementOf, type SharedKey } from './a-shared-key.js';

export const ATTESTOR = 'ResellerMSP';
/** Of the node under test. */
export const OWN = { mspId: 'VenueMSP', node: 'committee0' } as const;
const HANDLES_END = Date.parse('2028-01-01T00:00:00Z') / 1000;

export interface Asking {
  /** None for the person's own. */
  readonly event?: string;
  readonly person?: string;
  readonly blinding?: Scalar;
  readonly holder?: TestKey;
  readonly sequence?: number;
  readonly attestor?: string;
  /** Who signs the handle: the attestor's registered key unless given. */
  readonly by?: TestKey;
  readonly handle?: Partial<MessagePayload<'handle'>>;
  readonly possession?: Partial<MessagePayload<'possession'>>;
  /** What the proof of the question is about. */
  readonly asked?: Partial<AskedOf>;
  /** What the wallet's proof is about. */
  readonly scope?: Partial<Scope>;
  /** Whose evaluations it shows, and under which key. */
  readonly indexes?: readonly number[];
  readonly owner?: string;
}

/** Who there is to ask with. */
export interface Cast {
  readonly attestors: ReadonlyMap<string, TestKey>;
  readonly keys: ReadonlyMap<string, SharedKey>;
  /** Seconds since 1970. */
  readonly now: number;
}

export interface EvaluationRequest {
  readonly event: string;
  readonly handle: string;
  readonly proof: string;
}

export interface SignatureRequest {
  readonly event?: string;
  readonly handle: string;
  readonly evaluations: EvaluationJson[];
  readonly combined: string;
  readonly unblinded: string;
  readonly proof: string;
  readonly possession: string;
}

const forEvent = (event: string | undefined) => (event === undefined ? {} : { event });

export function aHandle(asking: Asking, { attestors }: Pick<Cast, 'attestors'>): string {
  const { event, person = 'alice', blinding = randomScalar(), attestor = ATTESTOR } = asking;
  const payload: MessagePayload<'handle'> = {
    channel: CHANNEL,
    jti: newId(),
    exp: HANDLES_END,
    attestor,
    kind: event === undefined ? 'master' : 'event',
    blinded: encodePoint(nodeSuite.multiply(blinding, elementOf(person))!),
    blindingKey: encodePoint(nodeSuite.multiplyBase(blinding)!),
    commitment: commitmentTo(nodeSuite, new Uint8Array(32), person),
    ...asking.handle,
  };
  return signAs('handle', payload, asking.by ?? attestors.get(attestor) ?? newKey());
}

export function anEvaluationRequest(asking: Asking, cast: Pick<Cast, 'attestors'>): EvaluationRequest {
  const { event, blinding = randomScalar() } = asking;
  const handle = aHandle({ ...asking, blinding }, cast);
  return { event: event ?? '', handle, proof: proofOfAsking(handle, { ...asking, blinding }) };
}

/** That who asks knows the handle's blinding. */
export function proofOfAsking(handle: string, { event, blinding = randomScalar(), asked }: Asking): string {
  const about = { channel: CHANNEL, event, handle: digestOfHandle(handle), ...OWN, ...asked };
  const blindingKey = nodeSuite.multiplyBase(blinding)!;
  return proveAsking(nodeSuite, about, blindingKey, { blinding, nonce: randomScalar() });
}

export function aSignatureRequest(asking: Asking, cast: Cast): SignatureRequest {
  const { event, person = 'alice', blinding = randomScalar(), owner = event ?? DEDUP } = asking;
  const { holder = newKey(), sequence = 0, indexes = [1, 2, 3] } = asking;
  const handle = aHandle({ ...asking, blinding }, cast);
  const { keyId, secret, shares } = cast.keys.get(owner)!;
  const blinded = nodeSuite.multiply(blinding, elementOf(person))!;
  const combined = nodeSuite.multiply(secret, blinded)!;
  const unblinded = nodeSuite.multiply(secret, elementOf(person))!;
  const { commitment } = payloadOf<'handle'>(handle);
  const about = { channel: CHANNEL, keyId, epoch: 1, event: event ?? '', holder: holder.kid, commitment, sequence };
  const unblinding = { blindingKey: nodeSuite.multiplyBase(blinding)!, combined, unblinded };
  const secrets = { blinding, nonce: randomScalar() };
  const proof = proveUnblinding(nodeSuite, unblinding, { ...about, ...asking.scope }, secrets);
  const evaluations = indexes.map((index) => evaluate(nodeSuite, shares[index - 1]!, blinded, randomScalar()));
  const claims = { channel: CHANNEL, jti: newId(), exp: soon(cast.now), handle: digestOfHandle(handle), sequence };
  return {
    ...forEvent(event),
    handle,
    evaluations: evaluations.map(encodeEvaluation),
    combined: encodePoint(combined),
    unblinded: encodePoint(unblinded),
    proof: encodeDleqProof(proof),
    possession: aPossession(holder, { ...claims, ...forEvent(event), ...asking.possession }),
  };
}

/** Ten minutes, and then on to a whole ten. */
const soon = (now: number): number => Math.ceil((now + 600) / EXPIRY_STEP_S) * EXPIRY_STEP_S;

export const aPossession = (holder: TestKey, payload: MessagePayload<'possession'>, by = holder): string =>
  signJws({ alg: 'ES256', typ: messageTypOf('possession'), jwk: holder.jwk }, payload, by);

export const signAs = <N extends MessageName>(name: N, payload: MessagePayload<N>, key: TestKey): string =>
  signJws({ alg: 'ES256', typ: messageTypOf(name), kid: key.kid }, payload, key);

/** Of a statement whose name the caller knows. */
export const payloadOf = <N extends MessageName>(compact: string): MessagePayload<N> =>
  JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()) as MessagePayload<N>;

export const digestOfHandle = (compact: string): string =>
  digestOf(messageTypOf('handle'), compact.split('.')[1] ?? '');
