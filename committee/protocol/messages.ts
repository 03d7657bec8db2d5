/** The messages that a node makes from its seed. Pure: the same state gives the same bytes. */
import { fromBase64url, toBase64url } from '../../chaincode/crypto/bytes.js';
import { encodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { check } from '../../chaincode/crypto/fault.js';
import { shareFor } from '../../chaincode/crypto/generation/complaint.js';
import { dealingDigest } from '../../chaincode/crypto/generation/dealing.js';
import {
  complaintContext,
  generationDigest,
  possessionContext,
  shareBinding,
  type Generation,
  type SharedKey,
} from '../../chaincode/crypto/generation/generation.js';
import type { Complaint, Dealing, MessageOf, SealedShare } from '../../chaincode/crypto/generation/messages.js';
import { decodePublic } from '../../chaincode/crypto/generation/public-point.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { encodePoint, pointBytes } from '../../chaincode/crypto/point.js';
import { encodePossession } from '../../chaincode/crypto/possession.js';
import { decodeSecret, scalarBytes, type Scalar } from '../../chaincode/crypto/scalar.js';
import type { Part } from '../../chaincode/crypto/transcript.js';
import { seal } from '../crypto/hpke-seal.js';
import { commitTo, shareAt, type Polynomial } from '../crypto/polynomial.js';
import { notIdentity, proveDleq, provePossession } from '../crypto/prove.js';
import { deriveScalar } from '../crypto/secrets.js';
import type { DealingSecret } from './state.js';

const derive = (generation: Generation, secret: DealingSecret, purpose: string, ...parts: readonly Part[]): Scalar => {
  const seed = fromBase64url(secret.seed);
  check(seed?.length === 32, 'SCALAR_INVALID', 'seed');
  return deriveScalar(nodeSuite, seed, purpose, generationDigest(generation), ...parts);
};

export const receivingSecret = (generation: Generation, secret: DealingSecret, recipient: number): Scalar =>
  derive(generation, secret, 'receive', recipient);

export function receivingMessage(
  generation: Generation,
  secret: DealingSecret,
  recipient: number,
): MessageOf<'receive'> {
  const key = nodeSuite.multiplyBase(receivingSecret(generation, secret, recipient));
  return { kind: 'receive', recipient, key: encodePoint(notIdentity(key)) };
}

export function commitMessage(generation: Generation, secret: DealingSecret, dealer: number): MessageOf<'commit'> {
  return { kind: 'commit', dealer, digest: dealingDigest(generation, openingOf(generation, secret, dealer)) };
}

/** @param receivingKeys by recipient, as announced */
export function dealMessage(
  generation: Generation,
  secret: DealingSecret,
  dealer: number,
  receivingKeys: Readonly<Record<number, string>>,
): Dealing {
  const polynomial = polynomialOf(generation, secret, dealer);
  const shares = Object.entries(receivingKeys).map(([index, key]): SealedShare => {
    const recipient = Number(index);
    const share = scalarBytes(shareAt(polynomial, recipient));
    // The receiving key is in it: one ephemeral key never serves two.
    const ephemeral = derive(generation, secret, 'ephemeral', dealer, recipient, key);
    const binding = shareBinding(generation, dealer, recipient);
    const { enc, ciphertext } = seal(decodePublic(key, 'key'), share, binding, ephemeral);
    return { recipient, enc: encodePoint(enc), ciphertext: toBase64url(ciphertext) };
  });
  return { kind: 'deal', ...openingOf(generation, secret, dealer), shares };
}

function polynomialOf(generation: Generation, secret: DealingSecret, dealer: number): Polynomial {
  const coefficients = Array.from({ length: generation.threshold }, (_, degree) =>
    derive(generation, secret, 'coefficient', dealer, degree),
  );
  return secret.constant === undefined
    ? coefficients
    : [decodeSecret(secret.constant, 'constant'), ...coefficients.slice(1)];
}

function openingOf(generation: Generation, secret: DealingSecret, dealer: number) {
  const polynomial = polynomialOf(generation, secret, dealer);
  const points = commitTo(nodeSuite, polynomial);
  const [constant = 0n] = polynomial;
  const statement = {
    context: possessionContext(generation, 'possession', dealer),
    key: notIdentity(points[0]),
  };
  const nonce = derive(generation, secret, 'possession', dealer, ...points.map(pointBytes));
  const proof = provePossession(nodeSuite, statement, constant, nonce);
  return { dealer, commitments: points.map(encodePoint), possession: encodePossession(proof) };
}

export function complaintOf(
  generation: Generation,
  secret: DealingSecret,
  recipient: number,
  dealing: Dealing,
): Complaint {
  const { dealer } = dealing;
  const receiving = receivingSecret(generation, secret, recipient);
  const { enc } = shareFor(dealing, recipient);
  const shared = notIdentity(nodeSuite.multiply(receiving, enc));
  const statement = {
    context: complaintContext(generation, dealer, recipient),
    key: notIdentity(nodeSuite.multiplyBase(receiving)),
    pairs: [{ from: enc, to: shared }],
  };
  const nonce = derive(generation, secret, 'complaint', dealer, recipient, pointBytes(enc));
  const proof = proveDleq(nodeSuite, statement, receiving, nonce);
  return { dealer, shared: encodePoint(shared), proof: encodeDleqProof(proof) };
}

/** The nonce comes from the share itself: the seed may be gone by then. */
export function readyMessage(
  generation: Generation,
  outcome: SharedKey,
  recipient: number,
  share: Scalar,
): MessageOf<'ready'> {
  const key = notIdentity(nodeSuite.multiplyBase(share));
  const context = possessionContext(generation, 'ready', recipient);
  const nonce = deriveScalar(nodeSuite, scalarBytes(share), 'ready', context, pointBytes(key));
  const possession = encodePossession(provePossession(nodeSuite, { context, key }, share, nonce));
  return { kind: 'ready', recipient, groupKey: outcome.groupKey, possession };
}
