import { expect } from 'chai';
import { organizationKeysKey } from '../../../../chaincode/domain/keys.js';
import { aKeyRegistration, newId, newKey } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, RIVALS } from '../../../support/world.js';

const BY = { caller: 'ResellerMSP' } as const;
const founded = () => TestLedger.founded(RIVALS);
const revoke = (kid: string) => ({ kind: 'keys.revoke', id: newId(), kid });

describe('organization keys', () => {
  it('are registered with their validity', () => {
    const ledger = founded();
    const key = newKey();
    const command = aKeyRegistration(key, 'attestor');
    expect(expectAccepted(ledger.submit(command, BY))).to.include({ kid: key.kid });
    const { notBefore, notAfter } = command;
    const registered = { kid: key.kid, use: 'attestor', jwk: key.jwk, notBefore, notAfter, revoked: false };
    expect(ledger.read(organizationKeysKey('ResellerMSP'))?.keys.at(-1)).to.deep.equal(registered);
  });

  it('are endorsed by the organization itself', () => {
    expect(founded().policyOf(organizationKeysKey('ResellerMSP'))).to.deep.equal({ allOf: ['ResellerMSP'], oneOf: [] });
  });

  it('are an admin’s to register and to revoke', () => {
    const ledger = founded();
    const caller = { mspId: 'ResellerMSP', attributes: new Set(['box-office', 'gate']) };
    const { seller } = RIVALS.keys.ResellerMSP!;
    expectRefusal(
      ledger.submit(aKeyRegistration(newKey(), 'seller'), { caller }),
      'NOT_AUTHORISED',
      'caller.attributes',
    );
    expectRefusal(ledger.submit(revoke(seller.kid), { caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('are no stranger’s', () => {
    const command = aKeyRegistration(newKey(), 'seller');
    expectRefusal(founded().submit(command, { caller: 'NobodyMSP' }), 'UNKNOWN_ORGANIZATION', 'caller.mspId');
  });

  it('are registered once, revoked or not, whatever the use', () => {
    const ledger = founded();
    const { seller } = RIVALS.keys.ResellerMSP!;
    const again = () => ledger.submit(aKeyRegistration(seller, 'attestor'), BY);
    expectRefusal(again(), 'KEY_ALREADY_REGISTERED', 'jwk');
    ledger.accept(revoke(seller.kid), BY);
    expectRefusal(again(), 'KEY_ALREADY_REGISTERED', 'jwk');
  });

  it('are at most 64', () => {
    const ledger = founded();
    for (let count = 2; count < 64; count += 1) ledger.accept(aKeyRegistration(newKey(), 'seller'), BY);
    expectRefusal(ledger.submit(aKeyRegistration(newKey(), 'seller'), BY), 'TOO_MANY_KEYS', 'jwk');
  });

  it('make room by dropping revoked and expired ones when the record is full', () => {
    const ledger = founded();
    const { seller } = RIVALS.keys.ResellerMSP!;
    for (let count = 2; count < 64; count += 1) ledger.accept(aKeyRegistration(newKey(), 'seller'), BY);
    ledger.accept(revoke(seller.kid), BY);
    const key = newKey();
    ledger.accept(aKeyRegistration(key, 'seller'), BY);
    const kids = ledger.read(organizationKeysKey('ResellerMSP'))?.keys.map(({ kid }) => kid);
    expect(kids).to.have.lengthOf(64).and.to.include(key.kid).and.not.to.include(seller.kid);
    // Dropped from the record, and still no key again.
    expectRefusal(ledger.submit(aKeyRegistration(seller, 'seller'), BY), 'KEY_ALREADY_REGISTERED', 'jwk');
  });

  it('are not a trustee’s, which signs nothing and endorses nothing', () => {
    const ledger = TestLedger.founded();
    const refused = ledger.submit(aKeyRegistration(newKey(), 'seller'), { caller: 'TrusteeMSP' });
    expectRefusal(refused, 'ROLE_MISSING', 'caller.mspId');
  });

  it('are revoked once, by their own organization', () => {
    const ledger = founded();
    const { seller } = RIVALS.keys.ResellerMSP!;
    expectRefusal(ledger.submit(revoke(seller.kid), { caller: 'VenueMSP' }), 'UNKNOWN_KEY', 'kid');
    ledger.accept(revoke(seller.kid), BY);
    expect(expectRefusal(ledger.submit(revoke(seller.kid), BY), 'KEY_NOT_VALID', 'kid')).to.include({ revoked: true });
  });

  it('reject a validity that ends before it begins', () => {
    const at = '2027-01-01T00:00:00Z';
    const empty = aKeyRegistration(newKey(), 'seller', { notBefore: at, notAfter: at });
    expectRefusal(founded().submit(empty, BY), 'INVALID_FIELD', 'notAfter');
  });

  it('reject another use and a private key', () => {
    const ledger = founded();
    const use = aKeyRegistration(newKey(), 'master' as 'seller');
    expectRefusal(ledger.submit(use, BY), 'INVALID_FIELD', 'use');
    const { jwk } = newKey();
    const leaked = aKeyRegistration(newKey(), 'seller', { jwk: { ...jwk, d: jwk.x } });
    expectRefusal(ledger.submit(leaked, BY), 'UNKNOWN_FIELD', 'jwk.d');
  });

  it('replay to their kid, whatever the order of members', () => {
    const ledger = founded();
    const command = aKeyRegistration(newKey(), 'seller');
    const receipt = expectAccepted(ledger.submit(command, BY));
    const { kind, ...rest } = command;
    expect(ledger.submit({ ...rest, kind }, BY)).to.deep.equal({ accepted: true, receipt, replayed: true });
    const other = { ...command, use: 'attestor' };
    expectRefusal(ledger.submit(other, BY), 'COMMAND_ID_REUSED', 'jti');
    expectAccepted(ledger.submit(command, { caller: 'VenueMSP' }));
  });
});
