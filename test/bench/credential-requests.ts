/**
 * What wallets, attestors and gates ask nodes, made before the clock starts: handles signed by an attestor, and of the nodes' own answers the combination,
 * the proof of the unblinding and the holder's signature.
 */
import { randomBytes, randomUUID, sign } from 'node:crypto';
import { digestOf } from '../../chaincode/crypto/jws.js';
import { encodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../chaincode/crypto/point.js';
import { interpolate } from '../../chaincode/crypto/sharing.js';
import { proveAsking } from '../../committee/crypto/asking.js';
import { proveUnblinding } from '../../committee/crypto/client-proofs.js';
import { elementOf } from '../../committee/crypto/hash-to-group.js';
import { blind, decodeEvaluation, unblind, type Blinded } from '../../committee/crypto/oprf.js';
import { notIdentity } from '../../committee/crypto/prove.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import {
  carriesKey,
  messageTypOf,
  paths,
  type Evaluated,
  type MessageName,
  type MessagePayload,
} from '../../committee/messages/index.js';
import { expiryAfter } from '../../committee/wallet/expiry.js';
import { generateSigningKey, type SigningKey } from '../../gateway/signer/sign-statement.js';
import type { NodeRequest, RunningNode } from './node-load.js';

export interface Where {
  readonly channel: string;
  readonly event: string;
}

export interface Attestor {
  readonly mspId: string;
  readonly key: SigningKey;
}

type Kind = MessagePayload<'handle'>['kind'];

/** Somebody with one signed handle. */
export interface Bearer {
  readonly kind: Kind;
  readonly blinding: bigint;
  readonly handle: string;
  readonly handleDigest: string;
  readonly blinded: Blinded;
  readonly commitment: string;
}

const POSSESSION_VALID_S = 30 * 60;
const GATE_CHECK_VALID_S = 4 * 60;

/** Handles end with a month. */
function expiry(): number {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 6) / 1000;
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

function signMessage<N extends MessageName>(name: N, payload: MessagePayload<N>, { jwk, kid, privateKey }: SigningKey) {
  const typ = messageTypOf(name);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const segment = encode(payload);
  const input = `${encode({ alg: 'ES256', typ, ...(carriesKey(name) ? { jwk } : { kid }) })}.${segment}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return { jws: `${input}.${signature.toString('base64url')}`, digest: digestOf(typ, segment) };
}

/** A new person each. */
export function bearersOf(
  count: number,
  kind: Kind,
  { channel }: Pick<Where, 'channel'>,
  by: Attestor,
): readonly Bearer[] {
  const exp = expiry();
  return Array.from({ length: count }, () => {
    const blinding = randomScalar();
    const blinded = blind(nodeSuite, elementOf(`bench ${randomUUID()}`), blinding);
    const commitment = randomBytes(32).toString('base64url');
    const { jws: handle, digest: handleDigest } = signMessage(
      'handle',
      {
        ...{ channel, jti: randomUUID(), exp, attestor: by.mspId, kind, commitment },
        blinded: encodePoint(blinded.blinded),
        blindingKey: encodePoint(blinded.blindingKey),
      },
      by.key,
    );
    return { kind, blinding, handle, handleDigest, blinded, commitment };
  });
}

/** @param of the node that is asked: the proof is for it alone */
export function evaluationOf(
  { kind, blinding, handle, handleDigest, blinded }: Bearer,
  { mspId, node }: Pick<RunningNode, 'mspId' | 'node'>,
  { channel, event }: Where,
): NodeRequest {
  const ofEvent = kind === 'event' ? { event } : {};
  const asking = { channel, event: ofEvent.event, handle: handleDigest, mspId, node };
  const proof = proveAsking(nodeSuite, asking, blinded.blindingKey, { blinding, nonce: randomScalar() });
  const path = kind === 'master' ? paths.evaluatePerson : paths.evaluateCredential;
  return { path, body: JSON.stringify({ ...ofEvent, handle, proof }) };
}

/** @param answers of t nodes for this bearer */
export function signatureOf(bearer: Bearer, answers: readonly Evaluated[], { channel, event }: Where): NodeRequest {
  const { kind, blinding, handle, handleDigest, blinded, commitment } = bearer;
  const [{ keyId, epoch }] = answers as [Evaluated];
  const used = answers.map((answer) => decodeEvaluation(answer));
  const points = new Map(used.map(({ index, element }) => [index, element]));
  const combined = notIdentity(interpolate(nodeSuite, points));
  const unblinded = unblind(nodeSuite, combined, blinding);
  const holder = generateSigningKey();
  const ofEvent = kind === 'event' ? { event } : {};
  const scope = { channel, keyId, epoch, event: ofEvent.event ?? '', holder: holder.kid, commitment, sequence: 0 };
  const { blindingKey } = blinded;
  const secrets = { blinding, nonce: randomScalar() };
  const proof = proveUnblinding(nodeSuite, { blindingKey, combined, unblinded }, scope, secrets);
  const { jws: possession } = signMessage(
    'possession',
    {
      channel,
      jti: randomUUID(),
      exp: expiryAfter(POSSESSION_VALID_S, Date.now()),
      ...ofEvent,
      handle: handleDigest,
      sequence: 0,
    },
    holder,
  );
  const shown = {
    evaluations: answers.map(({ index, element, proof: ofAnswer }) => ({ index, element, proof: ofAnswer })),
    combined: encodePoint(combined),
    unblinded: encodePoint(unblinded),
    proof: encodeDleqProof(proof),
  };
  const path = kind === 'master' ? paths.signPerson : paths.signCredential;
  return { path, body: JSON.stringify({ ...ofEvent, handle, ...shown, possession }) };
}

/** @param key of the device, as registered */
export function gateChecks(
  count: number,
  { channel, event }: Where,
  device: { readonly name: string; readonly key: SigningKey },
): readonly NodeRequest[] {
  const exp = inSeconds(GATE_CHECK_VALID_S);
  return Array.from({ length: count }, () => {
    const { blinded } = blind(nodeSuite, elementOf(`bench ${randomUUID()}`), randomScalar());
    const question = { channel, jti: randomUUID(), exp, event, device: device.name, blinded: encodePoint(blinded) };
    const { jws: statement } = signMessage('gate-check', question, device.key);
    return { path: paths.evaluateAtGate, body: JSON.stringify({ event, statement }) };
  });
}
