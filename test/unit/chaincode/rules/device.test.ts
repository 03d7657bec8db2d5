import { expect } from 'chai';
import { deviceKey } from '../../../../chaincode/domain/keys.js';
import { aDevice, anEventChange, aScan, newId, newKey, NOW } from '../../../support/statements.js';
import { AT_THE_DOOR, atTheDoor, expectAccepted, expectRefusal, onSale } from '../../../support/world.js';

const VENUE = { caller: 'VenueMSP' } as const;
const revoke = (event: string, device = 'north-gate-1') => ({ kind: 'device.revoke', id: newId(), event, device });

describe('gate device', () => {
  it('is registered by the venue of the event', () => {
    const { ledger, event } = onSale();
    const { command, key } = aDevice(event);
    expect(expectAccepted(ledger.submit(command, VENUE))).to.include({ kid: key.kid });
    const record = { kid: key.kid, jwk: key.jwk, notAfter: command.notAfter, revoked: false };
    expect(ledger.read(deviceKey(event.event, 'north-gate-1'))).to.deep.equal(record);
  });

  it('is nobody else’s to register or to revoke', () => {
    const { ledger, event } = onSale();
    ledger.accept(aDevice(event).command, VENUE);
    for (const command of [aDevice(event, 'south-gate').command, revoke(event.event)]) {
      expectRefusal(ledger.submit(command, { caller: 'OtherVenueMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
      expectRefusal(ledger.submit(command, { caller: 'OrganizerMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
      const caller = { mspId: 'VenueMSP', attributes: new Set(['box-office', 'admin']) };
      expectRefusal(ledger.submit(command, { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    }
  });

  it('keeps its name for good', () => {
    const { ledger, event } = onSale();
    ledger.accept([aDevice(event).command, revoke(event.event)], VENUE);
    const again = aDevice(event, 'north-gate-1', newKey());
    expectRefusal(ledger.submit(again.command, VENUE), 'DEVICE_EXISTS', 'device');
  });

  it('rejects a validity that is over', () => {
    const { ledger, event } = onSale();
    const expired = { ...aDevice(event).command, notAfter: NOW };
    expectRefusal(ledger.submit(expired, VENUE), 'INVALID_FIELD', 'notAfter');
  });

  it('is revoked once', () => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(revoke(event.event), VENUE), 'UNKNOWN_DEVICE', 'device');
    ledger.accept([aDevice(event).command, revoke(event.event)], VENUE);
    expectRefusal(ledger.submit(revoke(event.event), VENUE), 'DEVICE_NOT_VALID', 'device');
  });

  it('rejects an event that does not exist or is cancelled', () => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit(aDevice({ event: 'OrganizerMSP:x' }).command, VENUE), 'UNKNOWN_EVENT', 'event');
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(aDevice(event).command, VENUE), 'EVENT_CANCELLED', 'event');
  });
});

describe('right of a device to scan', () => {
  it('ends when it is revoked', () => {
    const { ledger, event, scan } = atTheDoor();
    ledger.accept(revoke(event.event), AT_THE_DOOR);
    const details = expectRefusal(ledger.submit(scan('admit').command, AT_THE_DOOR), 'DEVICE_NOT_VALID', 'scan.device');
    expect(details).to.include({ revoked: true });
  });

  it('ends at notAfter', () => {
    const { ledger, event, ticket } = atTheDoor();
    const brief = aDevice(event, 'brief-gate');
    ledger.accept({ ...brief.command, notAfter: '2027-05-01T18:30:01Z' }, AT_THE_DOOR);
    const { command } = aScan(ticket, brief);
    const late = ledger.submit(command, { ...AT_THE_DOOR, now: '2027-05-01T18:30:01Z' });
    expectRefusal(late, 'DEVICE_NOT_VALID', 'scan.device');
    expectAccepted(ledger.submit(command, AT_THE_DOOR));
  });
});
