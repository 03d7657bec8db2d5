import { expect } from 'chai';
import { awaitedBy } from '../../../../chaincode/crypto/generation/rounds.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { subsetsOf } from '../../../support/subsets.js';
import { aGeneration, Committee, silent, silentFrom } from './a-committee.js';

const publicKey = (secret: bigint) => encodePoint(nodeSuite.multiplyBase(secret)!);
const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('key generation', () => {
  for (const [nodes, threshold] of [
    [2, 2],
    [4, 3],
    [7, 5],
  ] as const) {
    it(`gives ${nodes} nodes a key that any ${threshold} have and no ${threshold - 1}`, () => {
      const committee = Committee.of(aGeneration(nodes, threshold)).run();
      const { groupKey, publicShares, qualified } = committee.board.outcome!;
      expect(committee.board.round).to.equal('usable');
      expect(committee.refused).to.deep.equal([]);
      expect(qualified).to.deep.equal(upTo(nodes));
      for (const index of upTo(nodes)) expect(publicKey(committee.shareOf(index)!)).to.equal(publicShares[index]);
      const secrets = subsetsOf(upTo(nodes), threshold).map((set) => committee.secretFrom(set));
      expect(new Set(secrets).size).to.equal(1);
      expect(publicKey(secrets[0]!)).to.equal(groupKey);
      for (const set of subsetsOf(upTo(nodes), threshold - 1))
        expect(committee.secretFrom(set), set.join()).not.to.equal(secrets[0]);
    });
  }

  it('is another key for another seed, and another for another key id', () => {
    const keys = [
      Committee.of(aGeneration(3, 2)),
      Committee.of(aGeneration(3, 2), {}, { seed: 'other' }),
      Committee.of(aGeneration(3, 2, { keyId: 'key-2' })),
    ].map((committee) => committee.run().key.groupKey);
    expect(new Set(keys).size).to.equal(3);
  });

  it('takes four messages of every node, and t to be ready', () => {
    const kinds = Committee.of(aGeneration(4, 3))
      .run()
      .taken.map(({ kind }) => kind);
    const count = (wanted: string) => kinds.filter((kind) => kind === wanted).length;
    expect(['receive', 'commit', 'deal', 'verdict'].map(count)).to.deep.equal([4, 4, 4, 4]);
    expect(count('ready')).to.be.within(3, 4);
  });

  it('forgets the seed when the key is usable, and the share when it is destroyed', () => {
    const committee = Committee.of(aGeneration(4, 3)).run();
    for (const member of committee.members) {
      const stored = JSON.stringify(member.state);
      expect(stored).not.to.include('seed');
      expect(stored).to.include(member.state.share!);
      const { share } = member.state;
      committee.tell(member, { kind: 'destroy' });
      expect(JSON.stringify(member.state)).not.to.include(share!);
    }
    while (committee.deliverOne());
    expect(committee.board.destroyed).to.have.members([1, 2, 3, 4]);
  });

  it('keeps the seed until then', () => {
    const committee = Committee.of(aGeneration(4, 3)).run(({ round }) => round === 'ready');
    expect(JSON.stringify(committee.members[0]!.state)).to.include('seed');
  });

  it('goes on without n - t silent nodes, and says who they are', () => {
    const committee = Committee.of(aGeneration(7, 5), { 2: silent, 6: silent }).run();
    expect(committee.board.round).to.equal('usable');
    expect(committee.board.outcome!.qualified).to.deep.equal([1, 3, 4, 5, 7]);
    expect(Object.keys(committee.key.publicShares)).to.deep.equal(['1', '3', '4', '5', '7']);
    expect(publicKey(committee.secretFrom([1, 3, 4, 5, 7]))).to.equal(committee.key.groupKey);
  });

  it('names the silent while it waits', () => {
    const committee = Committee.of(aGeneration(4, 3), { 2: silent });
    while (committee.deliverOne());
    expect(committee.board.round).to.equal('announce');
    expect(awaitedBy(committee.board)).to.deep.equal({ dealers: [2], recipients: [2] });
  });

  it('goes on without nodes that fall silent in any round', () => {
    for (const kinds of [['commit', 'deal'], ['deal'], ['verdict'], ['ready']] as const) {
      const committee = Committee.of(aGeneration(4, 3), { 3: silentFrom(...kinds) }).run();
      expect(committee.board.round, kinds[0]).to.equal('usable');
      const deals = kinds[0] === 'verdict' || kinds[0] === 'ready';
      expect(committee.board.outcome!.qualified.includes(3), kinds[0]).to.equal(deals);
      // It has a share all the same: others dealt to it.
      expect(publicKey(committee.shareOf(3)!)).to.equal(committee.key.publicShares[3]);
      expect(publicKey(committee.secretFrom([2, 3, 4]))).to.equal(committee.key.groupKey);
    }
  });

  it('fails with fewer than t in any round', () => {
    for (const [kinds, failure] of [
      [['receive'], 'TOO_FEW_RECIPIENTS'],
      [['commit'], 'TOO_FEW_DEALERS'],
      [['deal'], 'TOO_FEW_DEALERS'],
      [['ready'], 'TOO_FEW_READY'],
    ] as const) {
      const quiet = silentFrom(...kinds);
      const committee = Committee.of(aGeneration(4, 3), { 1: quiet, 4: quiet }).run();
      expect(committee.board, kinds[0]).to.include({ round: 'failed', failure });
      for (const { state } of committee.members) {
        expect(state.dealing).to.equal(undefined);
        expect(state.share).to.equal(undefined);
      }
    }
  });

  it('refuses what comes late', () => {
    const committee = Committee.of(aGeneration(4, 3), { 2: silentFrom('deal') }).run(
      ({ round }) => round === 'verdict',
    );
    const other = Committee.of(aGeneration(4, 3)).run();
    const late = other.taken.find((message) => message.kind === 'deal' && message.dealer === 2)!;
    committee.submit(late);
    expect(committee.refused).to.deep.include({ message: late, code: 'WRONG_ROUND' });
    expect(committee.run().board.outcome!.qualified).to.deep.equal([1, 3, 4]);
  });

  it('takes a late ready: the node has its share', () => {
    const held: string[] = [];
    const committee = Committee.of(aGeneration(4, 3), {
      4: (message) => (message.kind === 'ready' ? void held.push(JSON.stringify(message)) : message),
    }).run();
    expect(committee.board.ready).to.have.members([1, 2, 3]);
    committee.submit(JSON.parse(held[0]!) as never);
    expect(committee.board.ready).to.include(4);
  });

  it('sends after a restart what the ledger has not taken, and the same bytes', () => {
    const committee = Committee.of(aGeneration(4, 3));
    const sent = new Map<string, Set<string>>();
    while (committee.board.round !== 'usable') {
      for (const member of committee.members) {
        const record = member.conduct;
        committee.restart({
          ...member,
          conduct: (message, state) => {
            const key = `${message.kind} ${'dealer' in message ? message.dealer : message.recipient}`;
            sent.set(key, (sent.get(key) ?? new Set()).add(JSON.stringify(message)));
            return record(message, state);
          },
        });
      }
      if (!committee.deliverOne()) committee.passDeadline();
      for (let count = 0; count < 12; count++) committee.deliverOne();
    }
    expect(new Set(committee.refused.map(({ code }) => code))).to.satisfy((codes: Set<string>) =>
      [...codes].every((code) => ['ALREADY_POSTED', 'WRONG_ROUND'].includes(code)),
    );
    for (const [key, texts] of sent) expect(texts.size, key).to.equal(1);
    expect(publicKey(committee.secretFrom([1, 2, 3]))).to.equal(committee.key.groupKey);
  });
});
