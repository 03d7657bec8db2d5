import { expect } from 'chai';
import { scanKey } from '../../../../chaincode/domain/keys.js';
import { aDevice, aScan, newKey, type TestScan } from '../../../support/statements.js';
import { asNow, AT_THE_DOOR, atTheDoor, expectAccepted, expectRefusal, forged } from '../../../support/world.js';

const DIGEST = 'A'.repeat(43);

describe('chain of a device’s scans', () => {
  it('remembers each scan by its digest', () => {
    const { ledger, event, device, pass } = atTheDoor();
    const first = pass('admit');
    expect(ledger.read(scanKey(event.event, device.device, 1))).to.include({ digest: first.digest });
    const second = pass('exit');
    expect(ledger.read(scanKey(event.event, device.device, 2))).to.include({ digest: second.digest });
  });

  it('is judged in order within one batch', () => {
    const { ledger, ticket, device } = atTheDoor();
    const admit = aScan(ticket, device);
    const exit = aScan({ ...ticket, change: 1 }, device, { action: 'exit', after: admit });
    const [late, early] = ledger.submit([exit.command, admit.command], AT_THE_DOOR);
    expectRefusal(late!, 'SCAN_OUT_OF_SEQUENCE', 'scan.number');
    expectAccepted(early!);
    expectAccepted(ledger.submit(exit.command, AT_THE_DOOR));
  });

  const wrong: readonly (readonly [string, { number?: number; previous?: string }, string])[] = [
    ['a number left out', { number: 3 }, 'scan.number'],
    ['another digest of the one before', { number: 2, previous: DIGEST }, 'scan.previous'],
    ['no digest of the one before', { number: 2, previous: '' }, 'scan.previous'],
  ];
  for (const [what, overrides, field] of wrong) {
    it(`rejects ${what}`, () => {
      const { ledger, pass, scan } = atTheDoor();
      pass('admit');
      const { command } = scan('exit', { overrides });
      expectRefusal(ledger.submit(command, AT_THE_DOOR), 'SCAN_OUT_OF_SEQUENCE', field);
    });
  }

  it('rejects a first scan that names one before it', () => {
    const { ledger, scan } = atTheDoor();
    const { command } = scan('admit', { overrides: { previous: DIGEST } });
    expectRefusal(ledger.submit(command, AT_THE_DOOR), 'SCAN_OUT_OF_SEQUENCE', 'scan.previous');
  });

  it('rejects a fork: other content under a number that is taken', () => {
    const { ledger, ticket, device, pass } = atTheDoor();
    pass('admit');
    const fork = aScan(asNow(ledger, ticket), device, { action: 'exit' });
    expectRefusal(ledger.submit(fork.command, AT_THE_DOOR), 'COMMAND_ID_REUSED');
  });

  it('is each device’s own', () => {
    const { ledger, event, ticket, pass } = atTheDoor();
    pass('admit');
    const south = aDevice(event, 'south-gate');
    ledger.accept(south.command, AT_THE_DOOR);
    expectAccepted(ledger.submit(aScan(asNow(ledger, ticket), south, { action: 'exit' }).command, AT_THE_DOOR));
  });

  it('answers a scan sent again with its first receipt', () => {
    const { ledger, scan } = atTheDoor();
    const first = scan('admit');
    const receipt = expectAccepted(ledger.submit(first.command, AT_THE_DOOR));
    expect(ledger.submit(first.command, AT_THE_DOOR)).to.deep.equal({ accepted: true, receipt, replayed: true });
  });

  it('gives the number of a refused scan to the next', () => {
    const { ledger, scan } = atTheDoor();
    expectRefusal(ledger.submit(scan('exit').command, AT_THE_DOOR), 'NOT_ADMITTED');
    expectAccepted(ledger.submit(scan('admit').command, AT_THE_DOOR));
  });
});

describe('signature of a scan', () => {
  it('rejects a device that is not registered', () => {
    const { ledger, event, ticket } = atTheDoor();
    const { command } = aScan(ticket, aDevice(event, 'south-gate'));
    expectRefusal(ledger.submit(command, AT_THE_DOOR), 'UNKNOWN_DEVICE', 'scan.device');
  });

  it('rejects another device’s key, the holder’s, and one forged', () => {
    const { ledger, event, ticket, device, scan } = atTheDoor();
    const south = aDevice(event, 'south-gate');
    ledger.accept(south.command, AT_THE_DOOR);
    const by = (key = newKey()) => ledger.submit(aScan(ticket, { ...device, key }).command, AT_THE_DOOR);
    for (const key of [newKey(), south.key, ticket.holder]) expectRefusal(by(key), 'UNKNOWN_KEY', 'scan.header.kid');
    const { command }: TestScan = scan('admit');
    const broken = { ...command, scan: forged(String(command.scan)) };
    expectRefusal(ledger.submit(broken, AT_THE_DOOR), 'SIGNATURE_INVALID', 'scan');
  });
});
