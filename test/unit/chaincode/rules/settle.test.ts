/** Settling: whatever is due for a ticket, to all it is due to, once, whoever asks. */
import { expect } from 'chai';
import { balanceOf, BY_RESELLER, issueOf, onMarket, sellOn, settle } from '../../../support/market.js';
import { aSettlement } from '../../../support/settlements.js';
import { anEventChange, newKey } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const [ben, cleo] = [newKey('ben'), newKey('cleo')];

describe('settling', () => {
  it('pays once', () => {
    const scene = onMarket({ policy: { capBps: 13_000 } });
    const { ledger, event, ticket } = scene;
    sellOn(scene, ticket, ben, { askMinor: 2500 });
    ledger.accept(anEventChange(event));
    expectAccepted(settle(ledger, ticket));
    expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket');
  });

  it('finds nothing due while the event is to take place', () => {
    const { ledger, ticket } = onMarket();
    expect(expectRefusal(settle(ledger, ticket), 'NOTHING_DUE', 'ticket')).to.include({ state: 'sold' });
  });

  it('rejects to leave somebody out, to add somebody and to name somebody twice', () => {
    const scene = onMarket();
    const { ledger, event, ticket } = scene;
    sellOn(scene, ticket, ben);
    ledger.accept(anEventChange(event));
    const record = issueOf(ledger, ticket);
    const [ann] = [ticket.holder.kid];
    for (const holders of [
      [ann],
      [ben.kid],
      [ann, ben.kid, cleo.kid],
      [ann, ann],
      [ann, ben.kid, ben.kid],
      [ann, cleo.kid],
    ]) {
      const outcome = ledger.submit(aSettlement(ticket, record, { holders }), BY_RESELLER);
      expect(expectRefusal(outcome, 'PAYEES_MISMATCH', 'holders')).to.include({ expected: `${ann} ${ben.kid}` });
    }
    expectAccepted(ledger.submit(aSettlement(ticket, record, { holders: [ben.kid, ann] }), BY_RESELLER));
  });

  it('rejects an issue and an allotment that are not the ticket’s, and a seat never sold', () => {
    const { ledger, event, ticket } = onMarket();
    ledger.accept(anEventChange(event));
    const record = issueOf(ledger, ticket);
    const submit = (overrides: object, of = ticket) =>
      ledger.submit(aSettlement(of, record, { ...overrides }), BY_RESELLER);
    expectRefusal(submit({ issue: 2 }), 'UNKNOWN_TICKET', 'issue');
    expectRefusal(submit({}, { ...ticket, ticket: `${ticket.event}:floor:A:2` }), 'UNKNOWN_TICKET', 'issue');
    expectRefusal(submit({ allotment: 'floor-b' }), 'ALLOTMENT_MISMATCH', 'allotment');
  });

  it('may be asked for by any box office of the consortium, and nobody else', () => {
    const { ledger, event, ticket } = onMarket();
    ledger.accept(anEventChange(event));
    expectRefusal(settle(ledger, ticket, { caller: 'NobodyMSP' }), 'UNKNOWN_ORGANIZATION', 'caller.mspId');
    const caller = { mspId: 'VenueMSP', attributes: new Set(['gate']) };
    expectRefusal(settle(ledger, ticket, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    expectAccepted(settle(ledger, ticket, { caller: 'TrusteeMSP' }));
  });

  it('names all who bought a ticket 32 times', () => {
    const scene = onMarket();
    const { ledger, event, ticket } = scene;
    const chain = Array.from({ length: 32 }, (_, index) => newKey(`buyer ${index}`));
    chain.reduce((held, buyer) => sellOn(scene, held, buyer), ticket);
    ledger.accept(anEventChange(event));
    expectAccepted(settle(ledger, ticket));
    expect(chain.map((buyer) => balanceOf(ledger, event.event, buyer))).to.deep.equal(chain.map(() => 2100));
  });
});
