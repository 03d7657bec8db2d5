import { expect } from 'chai';
import { dutiesOf, step } from '../../../../committee/protocol/index.js';
import { decodeSecret, ORDER } from '../../../../chaincode/crypto/scalar.js';
import { lagrangeAtZero } from '../../../../chaincode/crypto/sharing.js';
import { closedKey, DEDUP, generationKey, keyNameOf, messageKey } from '../../../../chaincode/domain/committee-keys.js';
import { aKeyAdvance, aKeyMessage, appointCommittee } from '../../../support/committee.js';
import { KeyGeneration, silent, silentFrom, type Conduct, type TestNode } from '../../../support/key-generation.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectRefusal, onSale, RIVALS } from '../../../support/world.js';
import { EVENT_POLICY } from '../../../support/statements.js';

const CREDENTIALS = { policy: { ...EVENT_POLICY, credentialRequired: true } };
const secretOf = (nodes: readonly TestNode[]) => {
  const shares = nodes.map(({ state: { role, share } }) => [role.recipient!, decodeSecret(share!, 'share')] as const);
  const weights = lagrangeAtZero(shares.map(([index]) => index));
  return shares.reduce((sum, [index, share]) => (sum + weights.get(index)! * share) % ORDER, 0n);
};
const recipients = ({ nodes }: KeyGeneration) => nodes.filter(({ state }) => state.role.recipient !== undefined);

/** A dealing in which the share of this recipient is spoilt. */
const cheats =
  (recipient: number): Conduct =>
  (message) =>
    message.kind === 'deal'
      ? {
          ...message,
          shares: message.shares.map((share) =>
            share.recipient === recipient ? { ...share, ciphertext: 'A'.repeat(64) } : share,
          ),
        }
      : message;

describe('key generation on the ledger', () => {
  for (const [nodes, threshold] of [
    [4, 3],
    [7, 5],
  ] as const) {
    it(`makes a key that any ${threshold} of ${nodes} nodes hold`, () => {
      const ledger = TestLedger.founded(RIVALS);
      const course = new KeyGeneration(ledger, appointCommittee(ledger, nodes, threshold)).run();
      expect(course.key).to.include({ generation: 1, epoch: 1, threshold, state: 'usable' });
      expect(Object.keys(course.key.key!.publicShares)).to.have.lengthOf(nodes);
      const { outcome } = ledger.read(generationKey(DEDUP, 1))!;
      expect(outcome).to.deep.include({ groupKey: course.key.key!.groupKey });
      expect(course.outcomes.every(({ outcome: { accepted } }) => accepted)).to.equal(true);
      for (const { state } of course.nodes) expect(state.board).to.deep.equal(course.board);
      const all = recipients(course);
      expect(secretOf(all.slice(0, threshold))).to.equal(secretOf(all.slice(-threshold)));
    });
  }

  it('needs nobody to say that a round is over in which everybody has posted', () => {
    const { ledger, event } = onSale(CREDENTIALS);
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { event: event.event }).run();
    const closed = (['announce', 'deal', 'verdict'] as const).map((round) =>
      ledger.read(closedKey(event.event, 1, round)),
    );
    expect(closed).to.deep.equal([undefined, undefined, undefined]);
    expect(course.key.state).to.equal('usable');
  });

  it('goes on without n - t silent nodes, and says who they were', () => {
    const ledger = TestLedger.founded();
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts: { 2: silent } }).run();
    expect(course.key.state).to.equal('usable');
    expect(ledger.read(closedKey(DEDUP, 1, 'announce'))).to.deep.include({
      awaited: { dealers: [2], recipients: [2] },
    });
    expect(Object.keys(course.key.key!.publicShares)).to.deep.equal(['1', '3', '4']);
  });

  it('goes on without a node that falls silent in any later round', () => {
    for (const kind of ['deal', 'verdict', 'ready'] as const) {
      const ledger = TestLedger.founded();
      const conducts = { 3: silentFrom(kind) };
      const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts }).run();
      expect(course.key.state, kind).to.equal('usable');
    }
  });

  it('fails where more are silent, and is followed by the next', () => {
    const ledger = TestLedger.founded();
    const committee = appointCommittee(ledger);
    const failed = new KeyGeneration(ledger, committee, { conducts: { 1: silent, 2: silent } }).run();
    expect(failed.key).to.deep.equal({
      generation: 1,
      epoch: 1,
      threshold: 3,
      state: 'failed',
      failure: 'TOO_FEW_RECIPIENTS',
    });
    expect(new KeyGeneration(ledger, committee, { generation: 2 }).run().key.state).to.equal('usable');
  });

  it('names a cheating dealer and leaves it out', () => {
    const ledger = TestLedger.founded();
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts: { 1: cheats(3) } }).run();
    expect(course.key.state).to.equal('usable');
    expect(course.board.outcome!.qualified).to.deep.equal([2, 3, 4]);
    const verdict = course.outcomes.find(
      ({ message, outcome }) => message.kind === 'verdict' && message.recipient === 3 && outcome.accepted,
    )!;
    expect(verdict.outcome).to.deep.include({ accepted: true });
    expect(ledger.read(messageKey(DEDUP, 1, { kind: 'verdict', index: 3 }))!.rulings).to.deep.equal([
      { guilty: 'dealer', index: 1, code: 'SHARE_UNREADABLE' },
    ]);
  });

  it('records a failure in which nobody is awaited', () => {
    const ledger = TestLedger.founded();
    const conducts = { 1: cheats(4), 2: cheats(4) };
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { conducts });
    while (course.deliver() > 0);
    for (const recipient of [1, 2])
      expect(course.post(course.nodes[recipient - 1]!, { kind: 'verdict', recipient, complaints: [] })).to.include({
        accepted: true,
      });
    expect(course.board.round).to.equal('failed');
    course.run();
    expect(course.key).to.include({ state: 'failed', failure: 'TOO_FEW_DEALERS' });
    expect(ledger.read(closedKey(DEDUP, 1, 'verdict'))).to.equal(undefined);
  });

  it('keeps of each message what later rounds need, and of ready its statement', () => {
    const ledger = TestLedger.founded();
    const course = new KeyGeneration(ledger, appointCommittee(ledger)).run();
    const ready = ledger.read(messageKey(DEDUP, 1, { kind: 'ready', index: 4 }))!;
    expect(ready.statement!.split('.')).to.have.lengthOf(3);
    expect(ready.message).to.include({ kind: 'ready', recipient: 4, groupKey: course.key.key!.groupKey });
    const deal = ledger.read(messageKey(DEDUP, 1, { kind: 'deal', index: 4 }))!;
    expect(deal).to.have.all.keys('message', 'digest', 'at');
  });
});

describe('moving the dedup key', () => {
  const movedTo = (nodes: number, threshold: number, conducts: Readonly<Record<number, Conduct>> = {}) => {
    const ledger = TestLedger.founded(RIVALS);
    const before = new KeyGeneration(ledger, appointCommittee(ledger)).run();
    const committee = appointCommittee(ledger, nodes, threshold, 2);
    const after = new KeyGeneration(ledger, committee, { generation: 2, from: before, conducts });
    return { ledger, before, committee, after };
  };

  it('leaves the key as it is and gives it to the new nodes', () => {
    const { before, after } = movedTo(5, 3);
    const { groupKey } = before.key.key!;
    after.run();
    expect(after.key).to.include({ generation: 2, epoch: 2, threshold: 3, state: 'usable' });
    expect(after.key.key).to.include({ generation: 2, epoch: 2, threshold: 3, groupKey });
    expect(secretOf(recipients(after).slice(-3))).to.equal(secretOf(before.nodes.slice(0, 3)));
  });

  it('leaves the key with the old nodes until then, and where it fails', () => {
    const { before, after } = movedTo(4, 3, { 1: silent, 2: silent });
    const { key } = before.key;
    expect(after.key).to.deep.include({ state: 'generating', generation: 2, key });
    after.run();
    expect(after.key).to.deep.include({ state: 'failed', generation: 2, key });
  });

  it('lets the old nodes state that their shares are gone, and only then', () => {
    const { ledger, before, after } = movedTo(4, 3);
    const destroyed = before.nodes.map(({ keys }, at) =>
      aKeyMessage(before.name, { kind: 'destroyed', recipient: at + 1 }, keys.recipient!),
    );
    expectRefusal(ledger.submit(destroyed[0]!), 'KEY_NEEDED', 'statement.generation');
    after.run();
    ledger.accept(destroyed);
    const current = aKeyMessage(after.name, { kind: 'destroyed', recipient: 1 }, recipients(after)[0]!.keys.recipient!);
    expectRefusal(ledger.submit(current), 'KEY_NEEDED', 'statement.generation');
    // What is said of old shares changes nothing of the key.
    expectRefusal(ledger.submit(aKeyAdvance(after.name)), 'NOTHING_DUE', 'generation');
    expectRefusal(ledger.submit(aKeyAdvance(before.name)), 'STALE_GENERATION', 'generation');
  });
});

describe('the end of an event’s key', () => {
  const ended = { now: '2027-05-02T22:00:00Z' };
  const usable = () => {
    const { ledger, event } = onSale(CREDENTIALS);
    const course = new KeyGeneration(ledger, appointCommittee(ledger), { event: event.event }).run();
    const destroy = (index: number) =>
      aKeyMessage(course.name, { kind: 'destroyed', recipient: index }, course.nodes[index - 1]!.keys.recipient!);
    return { ledger, course, destroy };
  };

  it('comes a day after the event, when fewer than t shares are left', () => {
    const { ledger, course, destroy } = usable();
    expectRefusal(ledger.submit(destroy(1), { now: '2027-05-02T21:59:59Z' }), 'KEY_NEEDED', 'statement.generation');
    ledger.accept(destroy(1), ended);
    expectRefusal(ledger.submit(destroy(1), ended), 'ALREADY_POSTED', 'statement.message.recipient');
    expectRefusal(ledger.submit(aKeyAdvance(course.name), ended), 'NOTHING_DUE', 'generation');
    ledger.accept(destroy(4), ended);
    ledger.accept(aKeyAdvance(course.name), ended);
    expect(course.key).to.deep.equal({ generation: 1, epoch: 1, threshold: 3, state: 'destroyed' });
    ledger.accept(destroy(2), ended);
    expectRefusal(ledger.submit(aKeyAdvance(course.name), ended), 'NOTHING_DUE', 'generation');
  });

  it('is stated by nodes as they run it', () => {
    const { ledger, course } = usable();
    const [node] = course.nodes as [TestNode];
    node.state = step(node.state, { kind: 'destroy' }).state;
    expect(node.state.share).to.equal(undefined);
    expect(dutiesOf(node.state)).to.deep.equal(['destroyed']);
    course.nowSeconds = Date.parse(ended.now) / 1000;
    expect(course.deliver()).to.equal(1);
    expect(ledger.read(messageKey(keyNameOf(course.name.event), 1, { kind: 'destroyed', index: 1 }))).to.include({
      at: course.nowSeconds,
    });
  });
});
