/** A Merkle tree of RFC 6962 kept as its hashes, 64 bytes for each leaf, whose paths cost no hashing. Of the same leaves `auditPath` says the same. */
import { innerHash, leafHash } from '../../chaincode/crypto/merkle.js';
import type { Suite } from '../../chaincode/crypto/suite.js';

const HASH_BYTES = 32;

export class HashTree {
  /** Leaves' hashes first, each level's one after the other. */
  readonly #levels: readonly Uint8Array[];

  /** @param leaves at least one */
  constructor(suite: Pick<Suite, 'sha256'>, leaves: readonly Uint8Array[]) {
    const levels: Uint8Array[] = [];
    let hashes = leaves.map((leaf) => leafHash(suite, leaf));
    for (;;) {
      levels.push(packed(hashes));
      if (hashes.length <= 1) break;
      // The last one of an odd number has no sibling and is the next level's as it is.
      hashes = pairsOf(hashes).map(([left, right]) => (right ? innerHash(suite, left, right) : left));
    }
    this.#levels = levels;
  }

  /** The siblings from the leaf up. @throws {RangeError} if there is no such leaf */
  pathOf(index: number): readonly Uint8Array[] {
    if (!hashIn(this.#levels[0], index)) throw new RangeError('no such leaf');
    return this.#levels.flatMap((level, height) => hashIn(level, Math.floor(index / 2 ** height) ^ 1) ?? []);
  }
}

const pairsOf = (hashes: readonly Uint8Array[]): readonly (readonly [Uint8Array, Uint8Array | undefined])[] =>
  hashes.flatMap((left, at) => (at % 2 === 0 ? [[left, hashes[at + 1]] as const] : []));

function packed(hashes: readonly Uint8Array[]): Uint8Array {
  const level = new Uint8Array(hashes.length * HASH_BYTES);
  for (const [at, hash] of hashes.entries()) level.set(hash, at * HASH_BYTES);
  return level;
}

const hashIn = (level: Uint8Array | undefined, at: number): Uint8Array | undefined =>
  level && at >= 0 && (at + 1) * HASH_BYTES <= level.length
    ? level.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)
    : undefined;
