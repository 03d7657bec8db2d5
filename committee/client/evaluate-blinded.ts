/** W = k·B from the first t right answers: each has to be its own node's, under this key, with its proof. */
import type { Point } from '../../chaincode/crypto/point.js';
import { interpolate } from '../../chaincode/crypto/sharing.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { decodeEvaluation, verifyEvaluation, type Combination } from '../crypto/oprf.js';
import { notIdentity } from '../crypto/prove.js';
import type { Evaluated } from '../messages/index.js';
import { askNodes, Lie } from './ask-nodes.js';
import type { NodeClient } from './node-client.js';
import type { NodeFailure } from './node-failure.js';
import type { SeatedNode } from './seated-node.js';
import type { TrustedKey } from './trusted-key.js';

export interface Evaluating {
  readonly suite: Suite;
  readonly key: TrustedKey;
  readonly seats: readonly SeatedNode[];
  readonly blinded: Point;
  readonly timeoutMs?: number | undefined;
  readonly ask: (node: NodeClient, signal: AbortSignal) => Promise<Evaluated>;
}

/** @throws {ClientError} NODES_TOO_FEW */
export async function evaluateBlinded({
  suite,
  key,
  seats,
  blinded,
  timeoutMs,
  ask,
}: Evaluating): Promise<Omit<Combination, 'lying'> & { readonly failures: readonly NodeFailure[] }> {
  const indexes = new Map(seats.map(({ client, index }) => [client, index]));
  const { answers: used, failures } = await askNodes({
    nodes: seats.map(({ client }) => client),
    needed: key.threshold,
    timeoutMs,
    async ask(node, signal) {
      const answered = await ask(node, signal);
      const ofThisKey = answered.keyId === key.keyId && answered.epoch === key.committee.epoch;
      if (!ofThisKey || answered.index !== indexes.get(node)) throw new Lie('KEY_MISMATCH');
      const evaluation = decodeEvaluation(answered);
      if (!verifyEvaluation(suite, key, blinded, evaluation)) throw new Lie('EVALUATION_INVALID');
      return evaluation;
    },
  });
  const points = new Map(used.map(({ index, element }) => [index, element]));
  return { combined: notIdentity(interpolate(suite, points)), used, failures };
}
