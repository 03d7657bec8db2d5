/** A key of four nodes, any three of whom can use it, as it stands after its generation. */
import { openBoard } from '../../../../chaincode/crypto/generation/board.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint, type Point } from '../../../../chaincode/crypto/point.js';
import { encodeScalar, type Scalar } from '../../../../chaincode/crypto/scalar.js';
import type { KeyRecord } from '../../../../chaincode/domain/committee-records.js';
import type { KeyShare } from '../../../../committee/crypto/oprf.js';
import { shareAt } from '../../../../committee/crypto/polynomial.js';
import type { NodeState } from '../../../../committee/protocol/index.js';
import { secretNamed } from '../../../support/curve.js';
import { CHANNEL, newKey } from '../../../support/statements.js';

/** Of the node under test. */
const INDEX = 1;
export const UNDER_TEST = 'node under test';
const NODES = 4;
export const THRESHOLD = 3;

export interface SharedKey {
  readonly keyId: string;
  readonly secret: Scalar;
  /** The first has the index 1. */
  readonly shares: readonly KeyShare[];
  /** What the node under test keeps of it. */
  readonly state: NodeState;
  readonly record: KeyRecord;
}

export function aSharedKey(owner: string): SharedKey {
  const polynomial = Array.from({ length: THRESHOLD }, (_, at) => secretNamed(`${owner} of the scene ${at}`));
  const shares = Array.from({ length: NODES }, (_, at): KeyShare => {
    const secret = shareAt(polynomial, at + 1);
    return { index: at + 1, secret, publicShare: nodeSuite.multiplyBase(secret)! };
  });
  const keyId = `${owner}/1`;
  const generation = { channel: CHANNEL, keyId, epoch: 1, threshold: THRESHOLD, nodes: NODES };
  const published = {
    threshold: THRESHOLD,
    groupKey: encodePoint(nodeSuite.multiplyBase(polynomial[0]!)!),
    publicShares: Object.fromEntries(shares.map(({ index, publicShare }) => [index, encodePoint(publicShare)])),
  };
  const outcome = { ...published, qualified: shares.map(({ index }) => index) };
  const board = { ...openBoard(generation), round: 'usable' as const, outcome };
  const state = { board, role: { recipient: INDEX }, share: encodeScalar(shares[INDEX - 1]!.secret) };
  const nodes = shares.map(({ index }) => newKey(index === INDEX ? UNDER_TEST : `node ${index} of the scene`).jwk);
  const key = { ...published, generation: 1, epoch: 1, nodes };
  const record: KeyRecord = { generation: 1, epoch: 1, threshold: THRESHOLD, state: 'usable', key };
  return { keyId, secret: polynomial[0]!, shares, state, record };
}

/** M of a person: any point, for only the attestor sees what it is made of. */
export const elementOf = (person: string): Point => nodeSuite.multiplyBase(secretNamed(person))!;
