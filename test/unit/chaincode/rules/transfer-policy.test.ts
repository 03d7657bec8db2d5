/** What the policy says of transfers. */
import { expect } from 'chai';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { BY_RESELLER, onMarket } from '../../../support/market.js';
import { aListing } from '../../../support/resales.js';
import { anAdvance, aSale, aTransfer, newKey, NOW, SCHEDULE } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal, judgeWith } from '../../../support/world.js';

const friend = newKey('friend');

describe('policy of transfers', () => {
  it('may limit hops', () => {
    const { ledger, ticket } = onMarket({ policy: { maxHops: 1 } });
    ledger.accept(aTransfer(ticket, friend));
    const second = ledger.submit(aTransfer(asNow(ledger, ticket, friend)));
    expect(expectRefusal(second, 'TOO_MANY_HOPS', 'policy.maxHops')).to.include({ hops: 1, policyVersion: 1 });
  });

  it('may forbid to limit them, and limits resales all the same', () => {
    const schedule = { ...SCHEDULE, transfersCloseAt: SCHEDULE.doorsOpenAt };
    const { ledger, floor, ticket } = onMarket({ policy: { maxHops: 0, mustAllowTransfer: true }, schedule });
    ledger.accept(aTransfer(ticket, friend));
    const given = asNow(ledger, ticket, friend);
    const listed = ledger.submit(aListing(given, floor).command, BY_RESELLER);
    expectRefusal(listed, 'TOO_MANY_HOPS', 'policy.maxHops');
    expectAccepted(ledger.submit(aTransfer(given)));
  });

  it('may set a window within the schedule, once that is recorded', () => {
    const transferWindow = { opensBeforeStartSeconds: 86_400, closesBeforeStartSeconds: 7200 };
    const { ledger, event, ticket } = onMarket({ policy: { transferWindow } });
    expectRefusal(ledger.submit(aTransfer(ticket)), 'TRANSFERS_NOT_OPEN', 'policy.transferWindow');
    const open = { now: '2027-04-30T19:00:00Z' };
    expectRefusal(ledger.submit(aTransfer(ticket), open), 'TRANSFERS_NOT_OPEN', 'policy.transferWindow');
    ledger.accept(anAdvance(event), open);
    const late = { now: '2027-05-01T17:00:00Z' };
    expectRefusal(ledger.submit(aTransfer(ticket), late), 'TRANSFERS_NOT_OPEN', 'policy.transferWindow');
    expectAccepted(ledger.submit(aTransfer(ticket), open));
  });
});

describe('a credential', () => {
  it('is asked for of whoever gets a ticket, where the policy does', () => {
    const { ledger, event, floor, ticket } = onMarket();
    const record = ledger.read(eventKey(event.event))!;
    const strict = { [eventKey(event.event)]: { ...record, policy: { ...record.policy, credentialRequired: true } } };
    for (const command of [aTransfer(ticket), aSale(floor, { seats: ['floor:A:2'] }).command]) {
      const details = expectRefusal(
        judgeWith(ledger, command, strict),
        'CREDENTIAL_REQUIRED',
        'policy.credentialRequired',
      );
      expect(details).to.include({ policyVersion: 1 });
    }
  });
});

describe('policy of sales', () => {
  it('may set a window within the schedule', () => {
    const { ledger, event, floor } = onMarket({
      policy: { salesWindow: { opensBeforeStartSeconds: null, closesBeforeStartSeconds: 86_400 } },
    });
    const { command } = aSale(floor, { seats: ['floor:A:2'] });
    const late = { now: '2027-04-30T19:00:00Z' };
    expectRefusal(ledger.submit(command, late), 'SALES_NOT_OPEN', 'policy.salesWindow');
    expect(expectAccepted(ledger.submit(anAdvance(event), late)).moved).to.deep.equal(['sales']);
    expectRefusal(ledger.submit(command, { now: NOW }), 'SALES_NOT_OPEN');
  });
});
