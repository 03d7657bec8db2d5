/** A change of an event's rules: signed by the event key, for the version that follows, and in the buyers' favour once sales have opened. */
import { expect } from 'chai';
import { eventKey, policyKey } from '../../../../chaincode/domain/keys.js';
import { hashOfPolicy, inheritPolicy, type PolicyPart } from '../../../../chaincode/domain/policy/policy.js';
import { BY_RESELLER, onMarket } from '../../../support/market.js';
import { aPolicyChange } from '../../../support/settlements.js';
import {
  anAdvance,
  anEventChange,
  aReturn,
  aSale,
  EVENT_POLICY,
  newId,
  newKey,
  SCHEDULE,
} from '../../../support/statements.js';
import { expectAccepted, expectRefusal, forged, gateOf, onSale } from '../../../support/world.js';

const NOT_YET = { ...SCHEDULE, salesOpenAt: '2027-03-02T00:00:00Z' };
const UNFAVOURABLE = ['POLICY_CHANGE_UNFAVOURABLE', 'policy.capBps'] as const;

describe('change of policy', () => {
  it('writes the rules, their version and hash, and keeps those before', () => {
    const { ledger, event } = onSale();
    const before = ledger.read(policyKey(event.event, 1));
    const rules = inheritPolicy([EVENT_POLICY, { sellerFeeBps: 500 }], { gold: { sellerFeeBps: 0 } });
    const command = aPolicyChange(event, { sellerFeeBps: 500 }, { classes: { gold: { sellerFeeBps: 0 } } });
    const policyHash = hashOfPolicy(rules);
    expect(expectAccepted(ledger.submit(command))).to.include({ policy: 2, policyHash });
    expect(ledger.read(eventKey(event.event))).to.deep.include({ ...rules, policyVersion: 2, policyHash });
    expect(ledger.read(policyKey(event.event, 2))).to.deep.equal(rules);
    expect(ledger.read(policyKey(event.event, 1))).to.deep.equal(before);
  });

  it('is endorsed by the organizer and one other, as the event is', () => {
    const { ledger, event } = onSale();
    ledger.accept(aPolicyChange(event, {}));
    expect(ledger.policyOf(policyKey(event.event, 2))).to.deep.equal(ledger.policyOf(eventKey(event.event)));
  });

  it('is signed by the event key', () => {
    const { ledger, event } = onSale();
    const other = aPolicyChange(event, {}, {}, newKey());
    expectRefusal(ledger.submit(other), 'UNKNOWN_KEY', 'statement.header.kid');
    const command = aPolicyChange(event, {});
    const broken = { ...command, statement: forged(String(command.statement)) };
    expectRefusal(ledger.submit(broken), 'SIGNATURE_INVALID', 'statement');
  });

  it('is for the version that follows', () => {
    const { ledger, event } = onSale();
    const early = ledger.submit(aPolicyChange(event, {}, { version: 3 }));
    expect(expectRefusal(early, 'STALE_POLICY', 'statement.version')).to.include({ expected: 2 });
    ledger.accept(aPolicyChange(event, {}));
    const late = ledger.submit(aPolicyChange(event, {}));
    expect(expectRefusal(late, 'STALE_POLICY', 'statement.version')).to.include({ expected: 3 });
  });

  it('is the rules that its signer pinned, if he did', () => {
    const { ledger, event } = onSale();
    const expected = hashOfPolicy(inheritPolicy([EVENT_POLICY, { buyerFeeBps: 0 }], {}));
    const other = aPolicyChange(event, { buyerFeeBps: 0 }, { policyHash: 'A'.repeat(43) });
    const details = expectRefusal(ledger.submit(other), 'POLICY_MISMATCH', 'statement.policyHash');
    expect(details).to.include({ expected });
    expectAccepted(ledger.submit(aPolicyChange(event, { buyerFeeBps: 0 }, { policyHash: expected })));
  });

  it('keeps to the law and makes sense', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    const belgian = aPolicyChange(event, { jurisdiction: 'BE', capBps: 11_000 });
    const details = expectRefusal(ledger.submit(belgian), 'POLICY_BREAKS_PROFILE', 'policy.capBps');
    expect(details).to.include({ rule: 'BE.price-cap' });
    const absurd = aPolicyChange(event, { mustAllowTransfer: true, transfer: 'forbidden' });
    expectRefusal(ledger.submit(absurd), 'POLICY_INCONSISTENT', 'policy.transfer');
  });

  it('rejects a cancelled event', () => {
    const { ledger, event } = onSale();
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(aPolicyChange(event, {})), 'EVENT_CANCELLED', 'event');
  });

  it('moves the gates that it governs', () => {
    const { ledger, event } = onMarket({ policy: { resaleOpensAfter: 'salesClose' } });
    expect(gateOf(ledger, event, 'resale')).to.equal('pending');
    ledger.accept(aPolicyChange(event, { resaleOpensAfter: 'salesOpen' }));
    expect(gateOf(ledger, event, 'resale')).to.equal('open');
  });
});

describe('gates after a change of policy', () => {
  // Regression: every change took recorded deadlines back if it was dated before them, and sales dated so went on.
  it('stay where they are if it does not concern them, however it is dated', () => {
    const { ledger, event, floor } = onSale();
    ledger.accept(anAdvance(event), { now: SCHEDULE.salesCloseAt });
    const backdated = { now: '2027-05-01T16:59:59Z' };
    ledger.accept(aPolicyChange(event, { sellerFeeBps: 0 }), backdated);
    expect(gateOf(ledger, event, 'sales')).to.equal('closed');
    expectRefusal(ledger.submit(aSale(floor).command, backdated), 'SALES_NOT_OPEN');
  });

  it('open again where it makes their window longer', () => {
    const { ledger, event, floor, ticket } = onMarket();
    const now = '2027-05-01T18:00:00Z';
    ledger.accept(anAdvance(event), { now });
    expect(gateOf(ledger, event, 'returns')).to.equal('closed');
    ledger.accept(aPolicyChange(event, { returnDeadlineSeconds: 0 }), { now });
    expectAccepted(ledger.submit(aReturn(ticket, floor), { ...BY_RESELLER, now }));
  });
});

describe('change of policy after sales have opened', () => {
  const dearer = { capBps: 11_000 };

  it('may favour the buyers only, in each class too', () => {
    const { ledger, event } = onSale();
    const details = expectRefusal(ledger.submit(aPolicyChange(event, dearer)), ...UNFAVOURABLE);
    expect(details).to.include({ favours: 'down' });
    const gold = aPolicyChange(event, {}, { classes: { gold: dearer } });
    expectRefusal(ledger.submit(gold), 'POLICY_CHANGE_UNFAVOURABLE', 'classes.gold.capBps');
    const fewer = aPolicyChange(event, { perPersonLimit: { primary: 99, resale: 101 } });
    expectRefusal(ledger.submit(fewer), 'POLICY_CHANGE_UNFAVOURABLE', 'policy.perPersonLimit');
    const never = aPolicyChange(event, { clearing: 'uniform-price' });
    expectRefusal(ledger.submit(never), 'POLICY_CHANGE_UNFAVOURABLE', 'policy.clearing');
    expectAccepted(ledger.submit(aPolicyChange(event, { sellerFeeBps: 0, maxHops: null })));
  });

  it('is free before', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    expectAccepted(ledger.submit(aPolicyChange(event, dearer)));
  });

  it('is judged by the time, recorded or not', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    expect(gateOf(ledger, event, 'sales')).to.equal('pending');
    expectRefusal(ledger.submit(aPolicyChange(event, dearer), { now: NOT_YET.salesOpenAt }), ...UNFAVOURABLE);
  });

  it('stays bound when a postponement closes sales again, and a second one', () => {
    const salesWindow = { opensBeforeStartSeconds: 62 * 86_400, closesBeforeStartSeconds: 0 };
    const { ledger, event } = onMarket({ policy: { salesWindow } });
    const [startsAt, endsAt] = ['2027-06-01T19:00:00Z', '2027-06-01T22:00:00Z'];
    for (const change of [0, 1]) {
      const schedule = { ...SCHEDULE, startsAt, endsAt };
      ledger.accept(anEventChange(event, { action: 'postpone', schedule, change }));
      expect(gateOf(ledger, event, 'sales')).to.equal('pending');
      expectRefusal(ledger.submit(aPolicyChange(event, dearer)), ...UNFAVOURABLE);
    }
  });

  // Regression: sales that were closed before they ever opened counted as opened.
  it('is free while the organizer keeps sales closed that never opened', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    ledger.accept({ kind: 'sales.close', id: newId(), event: event.event });
    expectAccepted(ledger.submit(aPolicyChange(event, dearer)));
    const open = { now: NOT_YET.salesOpenAt };
    expectAccepted(ledger.submit(aPolicyChange(event, { capBps: 12_000 }, { version: 3 }), open));
    ledger.accept({ kind: 'sales.reopen', id: newId(), event: event.event }, open);
    ledger.accept({ kind: 'sales.close', id: newId(), event: event.event }, open);
    const late = aPolicyChange(event, { capBps: 13_000 }, { version: 4 });
    expectRefusal(ledger.submit(late, open), ...UNFAVOURABLE);
  });

  it('stays free when the event is postponed before', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    const schedule = { ...NOT_YET, salesOpenAt: '2027-03-03T00:00:00Z' };
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }));
    expectAccepted(ledger.submit(aPolicyChange(event, dearer)));
  });

  it('sees through a class that keeps its own value', () => {
    const policy: PolicyPart = { ...EVENT_POLICY, capBps: 12_000 };
    const { ledger, event } = onSale({ policy, classes: { gold: { capBps: 11_000 } } });
    expectAccepted(ledger.submit(aPolicyChange(event, { capBps: 10_000 })));
    const gold = aPolicyChange(event, {}, { version: 3, classes: { gold: { capBps: 11_001 } } });
    expectRefusal(ledger.submit(gold), 'POLICY_CHANGE_UNFAVOURABLE', 'classes.gold.capBps');
  });

  // Regression: each statement was bounded, what they came to was not, and every sale reads it.
  it('never comes to more than 32 classes', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    const classes = (from: number) =>
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`class-${from + index}`, { capBps: 10_000 }]));
    expectAccepted(ledger.submit(aPolicyChange(event, {}, { classes: classes(0) })));
    const more = aPolicyChange(event, {}, { version: 3, classes: classes(20) });
    expectRefusal(ledger.submit(more), 'TOO_LARGE', 'classes');
  });

  it('never comes to more than 16 kB', () => {
    const { ledger, event } = onSale({ schedule: NOT_YET });
    const many = Array.from({ length: 64 }, (_, index) => `${String(index).padStart(3, '0')}${'X'.repeat(60)}`);
    const classes = (name: string) => ({ [name]: { authorisedResellers: many } });
    for (const [index, name] of ['a', 'b', 'c'].entries())
      expectAccepted(ledger.submit(aPolicyChange(event, {}, { version: index + 2, classes: classes(name) })));
    const last = aPolicyChange(event, {}, { version: 5, classes: classes('d') });
    expectRefusal(ledger.submit(last), 'TOO_LARGE', 'policy');
  });
});
