import { expect } from 'chai';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8, wordOf } from '../../../../chaincode/crypto/bytes.js';
import { priorityOf, seedOf } from '../../../../chaincode/domain/market/priority.js';
import { totalAt } from '../../../../chaincode/domain/market/price.js';
import { inheritPolicy } from '../../../../chaincode/domain/policy/policy.js';
import { secretNamed, toHex } from '../../../support/curve.js';

const root = sha256(utf8('root'));

describe('draw', () => {
  it('is HMAC-SHA256 of the secret under the root, then of the person under that', () => {
    const secret = secretNamed('market');
    const seed = hmac(sha256, root, wordOf(secret));
    expect(toHex(seedOf(root, secret))).to.equal(toHex(seed));
    expect(priorityOf(seed, 'Ann')).to.equal(toHex(hmac(sha256, seed, utf8('Ann'))));
  });

  it('takes the secret as 32 bytes, however small it is', () => {
    expect(toHex(seedOf(root, 1n))).to.equal(toHex(hmac(sha256, root, wordOf(1n))));
    expect(toHex(seedOf(root, 1n))).not.to.equal(toHex(hmac(sha256, root, Uint8Array.of(1))));
  });

  it('is another with another root, secret or person', () => {
    const seeds = [seedOf(root, 1n), seedOf(root, 2n), seedOf(sha256(root), 1n)];
    expect(new Set(seeds.flatMap((seed) => ['Ann', 'Ben'].map((of) => priorityOf(seed, of)))).size).to.equal(6);
  });
});

describe('price of a sealed resale', () => {
  const rules = (part: object) => inheritPolicy([{ organizerRoyaltyBps: 500, venueBps: 250, ...part }], {}).policy;
  const fees = { sellerFeeBps: 300, buyerFeeBps: 333 };

  it('is what the buyer pays in all: the price, his fee and, where he bears them, the shares', () => {
    expect(totalAt(rules({ feePayer: 'seller' }), fees, 2_001)).to.equal(2_001 + 66);
    expect(totalAt(rules({ feePayer: 'buyer' }), fees, 2_001)).to.equal(2_001 + 66 + 100 + 50);
    expect(totalAt(rules({}), fees, 0)).to.equal(0);
  });

  it('never falls while the price rises', () => {
    const totals = Array.from({ length: 2_000 }, (_, price) => totalAt(rules({ feePayer: 'buyer' }), fees, price));
    expect(totals).to.deep.equal(totals.toSorted((a, b) => a - b));
  });
});
