import { expect } from 'chai';
import { generationKey } from '../../../../chaincode/domain/committee-keys.js';
import { aKeyAdvance, aKeyGeneration, aKeyMessage, appointCommittee } from '../../../support/committee.js';
import { KeyGeneration, silent, type Conduct } from '../../../support/key-generation.js';
import { EVENT_POLICY } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectRefusal, onSale } from '../../../support/world.js';

const ended = { now: '2027-05-02T22:00:00Z' };

/** The fourth node was away; `again` deals it to the same four. */
function madeByThree() {
  const { ledger, event } = onSale({ policy: { ...EVENT_POLICY, credentialRequired: true } });
  const committee = appointCommittee(ledger);
  const first = new KeyGeneration(ledger, committee, { event: event.event, conducts: { 4: silent } }).run();
  const again = (conducts: Readonly<Record<number, Conduct>> = {}, generation = 2) =>
    new KeyGeneration(ledger, committee, { event: event.event, generation, from: first, conducts });
  const destroy = (index: number) =>
    aKeyMessage(first.name, { kind: 'destroyed', recipient: index }, first.nodes[index - 1]!.keys.recipient!);
  return { ledger, event: event.event, first, again, destroy };
}

describe('an event’s key of which a node has no share', () => {
  it('is dealt again to its own committee, which is not the newest any more', () => {
    const { ledger, event, first, again } = madeByThree();
    const before = first.key.key!;
    appointCommittee(ledger, 4, 3, 2);
    const course = again();
    expect(course.key).to.deep.include({ state: 'generating', generation: 2, epoch: 1, key: before });
    course.run();
    const after = course.key.key!;
    expect(course.key).to.include({ state: 'usable', generation: 2, epoch: 1 });
    expect(after).to.deep.include({ groupKey: before.groupKey, nodes: before.nodes, generation: 2, epoch: 1 });
    expect(Object.keys(after.publicShares)).to.deep.equal(['1', '2', '3', '4']);
    expectRefusal(ledger.submit(aKeyGeneration(event, 3)), 'KEY_EXISTS', 'generation');
  });

  it('is not dealt twice at once, and the dedup key not at all to the same committee', () => {
    const { ledger, event, again } = madeByThree();
    again();
    expectRefusal(ledger.submit(aKeyGeneration(event, 3)), 'KEY_EXISTS', 'generation');
    const dedup = TestLedger.founded();
    new KeyGeneration(dedup, appointCommittee(dedup), { conducts: { 4: silent } }).run();
    expectRefusal(dedup.submit(aKeyGeneration(undefined, 2)), 'KEY_EXISTS', 'generation');
  });

  it('stays with those who have it unless more take part', () => {
    const { ledger, event, first, again } = madeByThree();
    const { key } = first.key;
    expect(again({ 2: silent }).run().key).to.deep.include({ state: 'failed', failure: 'TOO_FEW_RECIPIENTS', key });
    expect(ledger.read(generationKey(event, 2))!.generation.recipients).to.equal(4);
    expect(again({}, 3).run().key.key).to.include({ generation: 3, groupKey: key!.groupKey });
  });

  it('leaves shares that are of no use once it is usable again, and only then', () => {
    const { ledger, again, destroy } = madeByThree();
    const course = again();
    expectRefusal(ledger.submit(destroy(1)), 'KEY_NEEDED', 'statement.generation');
    course.run();
    ledger.accept(destroy(1));
    ledger.accept(destroy(2));
    expectRefusal(ledger.submit(aKeyAdvance(course.name)), 'NOTHING_DUE', 'generation');
  });

  it('is destroyed with the event, also where it could not be dealt again', () => {
    const { ledger, first, again, destroy } = madeByThree();
    again({ 2: silent }).run();
    ledger.accept(destroy(1), ended);
    ledger.accept(aKeyAdvance(first.name), ended);
    expect(first.key).to.deep.equal({ generation: 1, epoch: 1, threshold: 3, state: 'destroyed' });
  });
});
