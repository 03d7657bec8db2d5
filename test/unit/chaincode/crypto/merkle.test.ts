import { expect } from 'chai';
import fc from 'fast-check';
import { auditPath, rootOfPath, treeHash, verifyPath } from '../../../../chaincode/crypto/merkle.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { concat } from '../../../../chaincode/crypto/bytes.js';
import { fromHex, toHex } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

const { leaves: hex, roots, paths } = vectors('merkle-rfc6962');
const leaves = hex.map(fromHex);
const root = (of: readonly Uint8Array[]) => treeHash(nodeSuite, of);
const path = (of: readonly Uint8Array[], index: number) => auditPath(nodeSuite, of, index);

describe('Merkle tree of RFC 6962', () => {
  for (const [size, expected] of roots.entries()) {
    it(`of ${size} leaves has the root of Certificate Transparency’s tests`, () => {
      expect(toHex(root(leaves.slice(0, size)))).to.equal(expected);
    });
  }

  for (const { index, size, path: expected } of paths) {
    it(`has their audit path of leaf ${index} among ${size}`, () => {
      expect(path(leaves.slice(0, size), index).map(toHex)).to.deep.equal(expected);
    });
  }

  it('shows every leaf of any tree, there and nowhere else', () => {
    const trees = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (tree, a, b) => {
        const [index, other] = [a % tree.length, b % tree.length];
        const shown = { leaf: tree[index]!, size: tree.length, path: path(tree, index), root: root(tree) };
        expect(verifyPath(nodeSuite, { ...shown, index })).to.equal(true);
        const same = toHex(tree[other]!) === toHex(tree[index]!);
        if (other !== index && !same)
          expect(verifyPath(nodeSuite, { ...shown, leaf: tree[other]!, index })).to.equal(false);
        const mirrored = toHex(concat(...path(tree, other))) === toHex(concat(...shown.path));
        if (other !== index && !mirrored) expect(verifyPath(nodeSuite, { ...shown, index: other })).to.equal(false);
      }),
    );
  });

  const shown = { leaf: leaves[5]!, index: 5, size: 8, path: path(leaves, 5), root: root(leaves) };
  const other = new Uint8Array(32);
  const wrong: Readonly<Record<string, Partial<typeof shown>>> = {
    'another leaf': { leaf: leaves[4]! },
    'another place': { index: 4 },
    'another root': { root: other },
    'no path': { path: [] },
    'a path cut short': { path: shown.path.slice(0, -1) },
    'a longer path': { path: [...shown.path, other] },
    'a changed step': { path: shown.path.map((step, at) => (at === 1 ? other : step)) },
    'a smaller tree': { size: 5 },
    'a larger tree': { size: 9 },
    'a place before the first': { index: -1 },
    'a place that is no integer': { index: 5.5 },
    'a tree without end': { size: Infinity },
  };
  for (const [what, change] of Object.entries(wrong)) {
    it(`rejects ${what}`, () => {
      expect(verifyPath(nodeSuite, shown)).to.equal(true);
      expect(verifyPath(nodeSuite, { ...shown, ...change })).to.equal(false);
    });
  }

  it('does not take an inner node for a leaf', () => {
    const inner = (index: number) => root(leaves.slice(index, index + 2));
    const leaf = concat(inner(0), inner(2));
    const upper = { leaf, index: 0, size: 2, path: [root(leaves.slice(4))] };
    expect(rootOfPath(nodeSuite, upper)).not.to.deep.equal(root(leaves));
  });

  it('has no path for a leaf that it does not have', () => {
    for (const index of [-1, 8, 0.5, NaN]) expect(() => path(leaves, index), String(index)).to.throw(RangeError);
    expect(() => path([], 0)).to.throw(RangeError);
  });
});
