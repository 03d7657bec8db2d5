/** A registration's first half: t nodes evaluate the handle's blinded element, and the wallet takes its blinding off. */
import { decodePoint, type Point } from '../../chaincode/crypto/point.js';
import { decodeSecret } from '../../chaincode/crypto/scalar.js';
import { evaluateBlinded } from '../client/evaluate-blinded.js';
import type { NodeClient } from '../client/node-client.js';
import type { NodeFailure } from '../client/node-failure.js';
import { seatedAt, type SeatedNode } from '../client/seated-node.js';
import type { TrustedKey } from '../client/trusted-key.js';
import { proveAsking } from '../crypto/asking.js';
import { unblind, type Evaluation } from '../crypto/oprf.js';
import { decodeMessage, type NodeRequest } from '../messages/index.js';
import type { SignedBlinded } from './handles.js';
import { trustedKey, type WalletServices } from './services.js';
import type { Subject } from './subject.js';

/** One registration under way. */
export interface Attempt {
  readonly subject: Subject;
  readonly blinded: SignedBlinded;
  readonly services: WalletServices;
  readonly key: TrustedKey;
  readonly seats: readonly SeatedNode[];
}

/** Never a node of the organization whose desk has seen the document: it alone could link the two (COMMITTEE protocol, A 8). */
export async function begin(subject: Subject, blinded: SignedBlinded, services: WalletServices): Promise<Attempt> {
  const key = await trustedKey(subject.owner, services);
  const seats = seatedAt(key.committee, services.nodes, blinded.desk);
  return { subject, blinded, services, key, seats };
}

export interface Unblinded {
  readonly combined: Point;
  readonly unblinded: Point;
  readonly used: readonly Evaluation[];
  readonly failures: readonly NodeFailure[];
}

export async function evaluate(attempt: Attempt): Promise<Unblinded> {
  const { subject, blinded, services, key, seats } = attempt;
  const { suite, timeoutMs } = services;
  const { combined, used, failures } = await evaluateBlinded({
    suite,
    key,
    seats,
    timeoutMs,
    blinded: decodePoint(blinded.blinded, 'blinded'),
    ask: (node, signal) => subject.evaluate(node, askingOf(attempt, node), signal),
  });
  const unblinded = unblind(suite, combined, decodeSecret(blinded.blinding, 'blinding'));
  return { combined, unblinded, used, failures };
}

/** With a proof for this node alone: no node can use it to ask another. */
function askingOf(
  { subject: { event }, blinded, services }: Attempt,
  { mspId, node }: NodeClient,
): NodeRequest<'evaluatePerson'> {
  const { channel, suite, random } = services;
  const { handle } = blinded.signed;
  const asking = { channel, event, handle: decodeMessage('handle', handle, 'handle').digest, mspId, node };
  const secrets = { blinding: decodeSecret(blinded.blinding, 'blinding'), nonce: random() };
  return { handle, proof: proveAsking(suite, asking, decodePoint(blinded.blindingKey, 'blindingKey'), secrets) };
}
