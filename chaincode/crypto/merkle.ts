/**
 * Merkle trees of RFC 6962 section 2.1 (unchanged in RFC 9162 section 2.1): the tree hash, the audit path of a leaf and its verification. A leaf's hash and
 * an inner one begin with different bytes, so that none can be taken for the other.
 */
import { concat, equalBytes } from './bytes.js';
import type { Suite } from './suite.js';

type Hasher = Pick<Suite, 'sha256'>;

const LEAF = Uint8Array.of(0);
const INNER = Uint8Array.of(1);

export const leafHash = (suite: Hasher, leaf: Uint8Array): Uint8Array => suite.sha256(concat(LEAF, leaf));

export const innerHash = (suite: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array =>
  suite.sha256(concat(INNER, left, right));

/** The largest power of two below `size`, which is 2 or more. */
function splitOf(size: number): number {
  let split = 1;
  while (2 * split < size) split *= 2;
  return split;
}

/** MTH: of no leaves the hash of nothing. */
export function treeHash(suite: Hasher, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return suite.sha256(new Uint8Array(0));
  if (leaves.length === 1) return leafHash(suite, only);
  const split = splitOf(leaves.length);
  return innerHash(suite, treeHash(suite, leaves.slice(0, split)), treeHash(suite, leaves.slice(split)));
}

/** PATH: the siblings from the leaf up. @throws RangeError if there is no such leaf */
export function auditPath(suite: Hasher, leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('no such leaf');
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...auditPath(suite, left, index), treeHash(suite, right)]
    : [...auditPath(suite, right, index - split), treeHash(suite, left)];
}

/** What is said of a leaf: where it stands in a tree of how many, and the path that shows it. */
export interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

/** RFC 9162 section 2.1.3.2. @returns the root that the path leads to, undefined where it can't be one of such a leaf in such a tree */
export function rootOfPath(suite: Hasher, { leaf, index, size, path }: Inclusion): Uint8Array | undefined {
  const sound = Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size;
  if (!sound) return undefined;
  // f and s of the RFC. Never shifted as 32-bit integers: a tree may be larger.
  let [at, last] = [index, size - 1];
  let root = leafHash(suite, leaf);
  const half = (value: number) => Math.floor(value / 2);
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = innerHash(suite, sibling, root);
      for (; at % 2 === 0 && at !== 0; last = half(last)) at = half(at);
    } else root = innerHash(suite, root, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? root : undefined;
}

export function verifyPath(suite: Hasher, { root, ...inclusion }: Inclusion & { readonly root: Uint8Array }): boolean {
  const computed = rootOfPath(suite, inclusion);
  return computed !== undefined && equalBytes(computed, root);
}
