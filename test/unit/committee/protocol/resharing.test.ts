import { expect } from 'chai';
import { rulingsOf } from '../../../../chaincode/crypto/generation/board.js';
import type { Generation } from '../../../../chaincode/crypto/generation/generation.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { encodeScalar } from '../../../../chaincode/crypto/scalar.js';
import { elementOf } from '../../../../committee/crypto/hash-to-group.js';
import { blind, combine, evaluate, unblind } from '../../../../committee/crypto/oprf.js';
import { secretNamed } from '../../../support/curve.js';
import { subsetsOf } from '../../../support/subsets.js';
import { aGeneration, Committee, seedOf, silent, successors, type Conduct, type MemberOptions } from './a-committee.js';

const publicKey = (secret: bigint) => encodePoint(nodeSuite.multiplyBase(secret)!);

describe('resharing', () => {
  const old = Committee.of(aGeneration(4, 3)).run();
  const secret = old.secretFrom([1, 2, 3]);
  const next = (nodes: number, threshold: number): Generation =>
    aGeneration(nodes, threshold, { epoch: 2, from: old.key });

  it('keeps the key for a changed set of members, by any t of them', () => {
    const committee = new Committee(next(5, 3), successors(old, 5, { stays: { 1: 2, 3: 1 } })).run();
    expect(committee.board.round).to.equal('usable');
    expect(committee.refused).to.deep.equal([]);
    expect(committee.key.groupKey).to.equal(old.key.groupKey);
    for (const set of subsetsOf([1, 2, 3, 4, 5], 3)) expect(committee.secretFrom(set), set.join()).to.equal(secret);
    for (const set of subsetsOf([1, 2, 3, 4, 5], 2)) expect(committee.secretFrom(set)).not.to.equal(secret);
    for (const [index, share] of Object.entries(committee.key.publicShares))
      expect(publicKey(committee.shareOf(Number(index))!)).to.equal(share);
  });

  it('gives new shares: one of each time does not add up', () => {
    const committee = new Committee(next(4, 3), successors(old, 4, { stays: { 1: 1, 2: 2, 3: 3, 4: 4 } })).run();
    expect(committee.key.groupKey).to.equal(old.key.groupKey);
    for (const index of [1, 2, 3, 4]) expect(committee.shareOf(index)).not.to.equal(old.shareOf(index));
  });

  it('changes the threshold', () => {
    const committee = new Committee(next(6, 4), successors(old, 6)).run();
    expect(committee.secretFrom([1, 3, 4, 6])).to.equal(secret);
    expect(committee.secretFrom([1, 3, 4])).not.to.equal(secret);
  });

  it('goes on without old and new nodes that are silent', () => {
    const members = successors(old, 4, { conducts: { 2: silent } });
    const late = members.map((member) => (member.role.recipient === 4 ? { ...member, conduct: silent } : member));
    const committee = new Committee(next(4, 3), late).run();
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 3, 4]);
    expect(committee.key.groupKey).to.equal(old.key.groupKey);
    expect(committee.secretFrom([1, 2, 3])).to.equal(secret);
  });

  it('fails where fewer than the old t deal', () => {
    const members = successors(old, 4, { conducts: { 2: silent, 3: silent } });
    expect(new Committee(next(4, 2), members).run().board).to.include({ round: 'failed', failure: 'TOO_FEW_DEALERS' });
  });

  it('refuses a dealing of another share than the own', () => {
    const members = successors(old, 4).map((member): MemberOptions =>
      member.role.dealer === 2 ? { ...member, constant: encodeScalar(secretNamed('mine')) } : member,
    );
    const committee = new Committee(next(4, 3), members).run();
    expect(committee.refused.map(({ code }) => code)).to.include('PUBLIC_SHARE_MISMATCH');
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 3, 4]);
    expect(committee.secretFrom([1, 2, 3])).to.equal(secret);
  });

  it('names an old node that cheats a new one', () => {
    const noise: Conduct = (message) =>
      message.kind === 'deal'
        ? { ...message, shares: message.shares.map((share) => ({ ...share, ciphertext: 'A'.repeat(64) })) }
        : message;
    const committee = new Committee(next(4, 3), successors(old, 4, { conducts: { 4: noise } })).run();
    expect(new Set(rulingsOf(committee.board).map(({ guilty, index }) => `${guilty} ${index}`))).to.deep.equal(
      new Set(['dealer 4']),
    );
    expect(committee.key.groupKey).to.equal(old.key.groupKey);
    expect(committee.secretFrom([2, 3, 4])).to.equal(secret);
  });

  it('takes nobody who was no old node', () => {
    const outsider: MemberOptions = { role: { dealer: 9 }, constant: seedOf('x') };
    expect(() => new Committee(next(4, 3), [outsider])).to.throw('NOT_A_DEALER');
  });

  it('gives the same credentials before and after', () => {
    const blinding = secretNamed('blinding');
    const { blinded } = blind(nodeSuite, elementOf('a person'), blinding);
    const committee = new Committee(next(5, 3), successors(old, 5)).run();
    const unblinded = [old, committee].map((each) => {
      const answers = [1, 3, 4].map((index) => {
        const share = each.shareOf(index)!;
        const publicShare = nodeSuite.multiplyBase(share)!;
        return { share: { index, secret: share, publicShare }, publicShare };
      });
      const key = {
        threshold: 3,
        publicShares: new Map(answers.map(({ share, publicShare }) => [share.index, publicShare])),
      };
      const evaluations = answers.map(({ share }) => evaluate(nodeSuite, share, blinded, secretNamed('nonce')));
      return unblind(nodeSuite, combine(nodeSuite, key, blinded, evaluations).combined, blinding);
    });
    expect(unblinded[0]).to.deep.equal(unblinded[1]);
  });
});
