/** What an organizer or a venue says for all its events that do not say otherwise. */
import { expect } from 'chai';
import { eventKey, policyDefaultsKey } from '../../../../chaincode/domain/keys.js';
import { hashOfPolicy, inheritPolicy } from '../../../../chaincode/domain/policy/policy.js';
import { policyDefaults } from '../../../support/settlements.js';
import { anEvent, SCHEDULE } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, RIVALS } from '../../../support/world.js';

const VENUE = { caller: 'VenueMSP' } as const;
const founded = () => TestLedger.founded(RIVALS);
const policyOf = (ledger: TestLedger, { event }: { event: string }) => ledger.read(eventKey(event))!.policy;

describe('policy defaults', () => {
  it('are inherited from organizer, venue and event, the narrower over the wider', () => {
    const ledger = founded();
    ledger.accept(policyDefaults({ sellerFeeBps: 100, buyerFeeBps: 200, venueBps: 300 }));
    ledger.accept(policyDefaults({ buyerFeeBps: 400, venueBps: 500 }), VENUE);
    const event = anEvent({ policy: { venueBps: 600 } });
    ledger.accept(event.command);
    expect(policyOf(ledger, event)).to.include({ sellerFeeBps: 100, buyerFeeBps: 400, venueBps: 600, capBps: 10_000 });
  });

  it('replace those before, and count versions', () => {
    const ledger = founded();
    expect(expectAccepted(ledger.submit(policyDefaults({ maxHops: 3 })))).to.include({ version: 1 });
    expect(expectAccepted(ledger.submit(policyDefaults({ sellerFeeBps: 0 })))).to.include({ version: 2 });
    const record = { policy: { sellerFeeBps: 0 }, version: 2 };
    expect(ledger.read(policyDefaultsKey('OrganizerMSP'))).to.deep.equal(record);
  });

  it('leave events alone that are there already, and other organizations’', () => {
    const ledger = founded();
    const [before, after] = [anEvent(), anEvent({ event: 'OrganizerMSP:matinee' })];
    ledger.accept(before.command);
    ledger.accept(policyDefaults({ maxHops: 3 }));
    ledger.accept(policyDefaults({ maxHops: 5 }), { caller: 'OtherVenueMSP' });
    ledger.accept(after.command);
    expect([before, after].map((each) => policyOf(ledger, each).maxHops)).to.deep.equal([null, 3]);
  });

  it('are an organizer’s or a venue’s, by its administrator', () => {
    const ledger = founded();
    const command = policyDefaults({ maxHops: 3 });
    expectRefusal(ledger.submit(command, { caller: 'ResellerMSP' }), 'ROLE_MISSING', 'caller.mspId');
    const caller = { mspId: 'OrganizerMSP', attributes: new Set(['box-office']) };
    expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('keep to the law that they name, and make sense', () => {
    const ledger = founded();
    const belgian = policyDefaults({ jurisdiction: 'BE', capBps: 11_000 });
    expectRefusal(ledger.submit(belgian), 'POLICY_BREAKS_PROFILE', 'policy.capBps');
    const absurd = policyDefaults({ sellerFeeBps: 10_000, venueBps: 1 });
    expectRefusal(ledger.submit(absurd), 'POLICY_INCONSISTENT', 'policy.sellerFeeBps');
  });

  it('may contradict each other, which the event then refuses', () => {
    const ledger = founded();
    ledger.accept(policyDefaults({ mustAllowTransfer: true }));
    ledger.accept(policyDefaults({ transfer: 'forbidden' }), VENUE);
    expectRefusal(ledger.submit(anEvent({ policy: {} }).command), 'POLICY_INCONSISTENT', 'policy.transfer');
    const schedule = { ...SCHEDULE, transfersCloseAt: SCHEDULE.doorsOpenAt };
    expectAccepted(ledger.submit(anEvent({ policy: { transfer: 'allowed' }, schedule }).command));
  });

  it('bind by the law of the venue an event that does not say otherwise', () => {
    const ledger = founded();
    ledger.accept(policyDefaults({ jurisdiction: 'BE' }), VENUE);
    const dear = anEvent({ policy: { capBps: 11_000 } });
    const details = expectRefusal(ledger.submit(dear.command), 'POLICY_BREAKS_PROFILE', 'policy.capBps');
    expect(details).to.include({ rule: 'BE.price-cap' });
  });

  it('are in the hash that an event pins', () => {
    const ledger = founded();
    const policyHash = hashOfPolicy(inheritPolicy([{ maxHops: 3 }], {}));
    const pinned = anEvent({ policy: {}, policyHash });
    expectRefusal(ledger.submit(pinned.command), 'POLICY_MISMATCH', 'statement.policyHash');
    ledger.accept(policyDefaults({ maxHops: 3 }));
    expectAccepted(ledger.submit(pinned.command));
  });

  // Regression: a venue that said `null` took the organizer's law away.
  it('name a law or say nothing of it', () => {
    const lawless = founded().submit(policyDefaults({ jurisdiction: null }));
    expectRefusal(lawless, 'INVALID_FIELD', 'policy.jurisdiction');
  });
});
