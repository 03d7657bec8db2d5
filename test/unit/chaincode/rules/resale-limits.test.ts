import { expect } from 'chai';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { BY_RESELLER, list, onMarket, sellOn } from '../../../support/market.js';
import { aResale } from '../../../support/resales.js';
import { aSale, newKey } from '../../../support/statements.js';
import { expectRefusal, judgeWith } from '../../../support/world.js';

describe('limits of who buys a resale', () => {
  it('count purchases of resales, not of first sales, to the limit and not above it', () => {
    const policy = { perPersonLimit: { primary: 2, resale: 1 } };
    const scene = onMarket({ policy, sale: { seats: ['floor:A:1', 'floor:A:2'] } });
    const { ledger, floor, ticket } = scene;
    const buyer = newKey();
    ledger.accept(aSale(floor, { buyer, seats: ['floor:A:3', 'floor:A:4'] }).command);
    sellOn(scene, ticket, buyer);
    const second = { ...ticket, ticket: `${ticket.event}:floor:A:2` };
    const { command } = aResale(list(scene, second), buyer);
    const refused = ledger.submit(command, BY_RESELLER);
    const details = expectRefusal(refused, 'PERSON_LIMIT_REACHED', 'policy.perPersonLimit.resale');
    expect(details).to.include({ limit: 1, bought: 1, policyVersion: 1 });
  });

  it('ask for a credential where the policy does', () => {
    const scene = onMarket();
    const { ledger, event, ticket } = scene;
    const { command } = aResale(list(scene, ticket));
    const record = ledger.read(eventKey(event.event))!;
    const strict = { [eventKey(event.event)]: { ...record, policy: { ...record.policy, credentialRequired: true } } };
    const outcome = judgeWith(ledger, command, strict, BY_RESELLER);
    const details = expectRefusal(outcome, 'CREDENTIAL_REQUIRED', 'policy.credentialRequired');
    expect(details).to.include({ policyVersion: 1 });
  });
});
