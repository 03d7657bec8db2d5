/**
 * A market's orders decrypted in two ways, in CPU milliseconds of this process: by one secret that comes out for all, and by the committee for each order.
 * Both with the nodes' own code on node:crypto, on the same orders, and every order must open.
 * Generating the market's key is in neither: a committee that decrypts every order could keep one key for all markets, so it would be the market's alone.
 */
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { openWithShared, sealedOpener } from '../../chaincode/crypto/hpke.js';
import { equalPoints, type Point } from '../../chaincode/crypto/point.js';
import { lagrangeAtZero } from '../../chaincode/crypto/sharing.js';
import { encodeScalar, toScalar } from '../../chaincode/crypto/scalar.js';
import type { Binding, Sealed } from '../../chaincode/crypto/sealed.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import { marketRoot, pageRoot, SLOTS_PER_PAGE, slotLeaf } from '../../chaincode/domain/market/pages.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import { generateSigningKey, signStatement } from '../../gateway/signer/sign-statement.js';
import { answerFor, combineAnswers, type SharedKey } from './per-order-decryption.js';

export const NODES = 4;
export const THRESHOLD = 3;
const EVENT = 'OrganizerMSP:work';
const MARKET = `${EVENT}:m1`;
const MSP = 'ResellerMSP';

export interface Order {
  readonly id: string;
  readonly sealed: Sealed;
  readonly text: string;
  readonly binding: Binding;
}

/** CPU milliseconds. */
export interface Work {
  /** Of each node. */
  readonly nodeMs: number;
  /** Of whoever puts the nodes' answers together: of each endorser, where that is the ledger. */
  readonly combinerMs: number;
  /** Of whoever then opens the orders. */
  readonly openerMs: number;
}

export function makeOrders(count: number, { groupKey }: SharedKey): readonly Order[] {
  const signer = generateSigningKey();
  const claims = { channel: 'guichet', event: EVENT, market: 1, jti: 'work-work-work', exp: 2 ** 40 };
  const ask = { ticket: `${EVENT}:s1:r1:1`, issue: 1, askMinor: 3_000, reseller: MSP };
  const order = { ...claims, credential: signer.kid, marketKey: signer.kid, sequence: 1, ask };
  const plaintext = composeOrder(signStatement(signer, 'order', order).jws, [], 'resale');
  return Array.from({ length: count }, (_, at) => {
    const id = `order-${at}`.padEnd(36, 'x');
    const binding = orderBinding(MARKET, groupKey, MSP, id);
    const sealed = seal(groupKey, plaintext, binding, randomScalar());
    return { id, sealed, text: encodeSealed(sealed), binding };
  });
}

function cpuMs<R>(work: () => R): readonly [R, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

/** @param perProof how many orders a node proves at once */
export function decryptEach(orders: readonly Order[], key: SharedKey, perProof: number): Work {
  const pages = pagesOf(orders, perProof).map((page) => page.map(({ sealed: { enc } }) => enc));
  const [answers, nodesMs] = cpuMs(() =>
    key.shares.slice(0, THRESHOLD).map((share) => pages.map((encs) => answerFor(encs, share))),
  );
  const [points, combinerMs] = cpuMs(() =>
    pages.flatMap((encs, page) =>
      combineAnswers(
        encs,
        answers.flatMap((ofNode) => ofNode.slice(page, page + 1)),
        key,
      ),
    ),
  );
  const [, openerMs] = cpuMs(() =>
    orders.forEach(({ sealed, binding }, at) => {
      const point = points[at];
      requireOpened(point && openWithShared(point, key.groupKey, sealed, binding));
    }),
  );
  return { nodeMs: nodesMs / THRESHOLD, combinerMs, openerMs };
}

/**
 * A node says that the time has come, computes the root over all orders, and posts its share; the ledger compares t shares with their public ones, combines
 * them and compares the key. @param slots of the market, where there are more than orders to measure: the root is computed of all
 */
export function decryptOnce(orders: readonly Order[], key: SharedKey, slots = orders.length): Work {
  const all = Array.from({ length: Math.ceil(slots / orders.length) }, () => orders)
    .flat()
    .slice(0, slots);
  const signer = generateSigningKey();
  const claims = { channel: 'guichet', event: EVENT, market: 1, jti: 'work-work-work', exp: 2 ** 40 };
  const [, nodeMs] = cpuMs(() => {
    signStatement(signer, 'market-close', claims);
    const root = toBase64url(rootOf(all));
    const [{ index, secret }] = key.shares as [SharedKey['shares'][number]];
    signStatement(signer, 'market-share', { ...claims, index, share: encodeScalar(secret), root });
  });
  const [secret, combinerMs] = cpuMs(() => combineShares(key));
  const open = sealedOpener(secret, key.groupKey);
  const [, openerMs] = cpuMs(() => orders.forEach(({ sealed, binding }) => requireOpened(open(sealed, binding))));
  return { nodeMs, combinerMs, openerMs: (openerMs * slots) / orders.length };
}

function rootOf(orders: readonly Order[]): Uint8Array {
  const leaves = orders.map(({ id, text }, slot) =>
    slotLeaf({ market: MARKET, mspId: MSP, slot }, { id, sealed: text }),
  );
  return marketRoot(
    nodeSuite,
    pagesOf(leaves, SLOTS_PER_PAGE).map((page) => pageRoot(nodeSuite, page)),
  );
}

function combineShares({ shares, publicShares, groupKey }: SharedKey): bigint {
  const some = shares.slice(0, THRESHOLD);
  for (const { index, secret } of some)
    requireSame(nodeSuite.multiplyBase(secret), publicShares.get(index), `the share of node ${index}`);
  const coefficients = lagrangeAtZero(some.map(({ index }) => index));
  const sum = some.reduce((total, { index, secret }) => total + secret * (coefficients.get(index) ?? 0n), 0n);
  const secret = toScalar(sum);
  requireSame(nodeSuite.multiplyBase(secret), groupKey, "the market's key");
  return secret;
}

/** Fast and wrong would not count. */
function requireSame(left: Point | undefined, right: Point | undefined, what: string): void {
  if (!equalPoints(left, right)) throw new Error(`${what} is another`);
}

function requireOpened(plaintext: Uint8Array | undefined): void {
  if (!plaintext) throw new Error('an order did not open');
}

function pagesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, page) => all.slice(page * size, (page + 1) * size));
}
