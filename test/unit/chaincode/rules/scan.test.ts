import { expect } from 'chai';
import { holderKey } from '../../../../chaincode/domain/keys.js';
import {
  aDevice,
  anAdvance,
  anEventChange,
  aScan,
  aTransfer,
  newKey,
  SCHEDULE,
  type TestKey,
} from '../../../support/statements.js';
import {
  afterSale,
  asNow,
  AT_THE_DOOR,
  atTheDoor,
  expectAccepted,
  expectRefusal,
  ticketOf,
} from '../../../support/world.js';

describe('admission', () => {
  it('counts the entry and the change', () => {
    const { ledger, ticket, scan } = atTheDoor();
    const receipt = expectAccepted(ledger.submit(scan('admit').command, AT_THE_DOOR));
    expect(receipt).to.include({ ticket: ticket.ticket, action: 'admit', state: 'admitted', change: 1 });
    expect(ticketOf(ledger, ticket)).to.include({ state: 'admitted', entered: 1, change: 1 });
    expect(ledger.read(holderKey(ticket.event, ticket.holder.kid))).to.include({ held: 1 });
  });

  it('rejects a second admission', () => {
    const { ledger, pass, scan } = atTheDoor();
    pass('admit');
    expectRefusal(ledger.submit(scan('admit').command, AT_THE_DOOR), 'ALREADY_ADMITTED', 'scan.ticket');
    pass('exit');
    expectRefusal(ledger.submit(scan('admit').command, AT_THE_DOOR), 'ALREADY_ADMITTED', 'scan.ticket');
  });

  it('rejects a code shown twice, at the same door and at another', () => {
    const { ledger, ticket, device, scan } = atTheDoor();
    const first = scan('admit');
    ledger.accept(first.command, AT_THE_DOOR);
    const again = aScan(ticket, device, { after: first });
    expectRefusal(ledger.submit(again.command, AT_THE_DOOR), 'STALE_TICKET', 'scan.change');
  });

  it('gives one of two doors that scan in one batch the ticket', () => {
    const { ledger, ticket, device, scan } = atTheDoor();
    const first = scan('admit');
    const second = aScan(ticket, device, { after: first });
    const [one, two] = ledger.submit([first.command, second.command], AT_THE_DOOR);
    expectAccepted(one!);
    expectRefusal(two!, 'STALE_TICKET', 'scan.change');
  });

  it('follows the holder', () => {
    const { ledger, event, ticket } = afterSale();
    const [friend, device] = [newKey(), aDevice(event)];
    ledger.accept(device.command, AT_THE_DOOR);
    ledger.accept(aTransfer(ticket, friend));
    ledger.accept(anAdvance(event), AT_THE_DOOR);
    const by = (holder: TestKey) => ledger.submit(aScan(asNow(ledger, ticket, holder), device).command, AT_THE_DOOR);
    expectRefusal(by(ticket.holder), 'NOT_THE_HOLDER', 'presentation.header.jwk');
    expectAccepted(by(friend));
  });

  it('is for the venue of the event to submit', () => {
    const { ledger, scan } = atTheDoor();
    const { command } = scan('admit');
    expectRefusal(
      ledger.submit(command, { ...AT_THE_DOOR, caller: 'OtherVenueMSP' }),
      'NOT_AUTHORISED',
      'caller.mspId',
    );
    const caller = { mspId: 'VenueMSP', attributes: new Set(['box-office']) };
    expectRefusal(ledger.submit(command, { ...AT_THE_DOOR, caller }), 'NOT_AUTHORISED', 'caller.attributes');
  });

  it('rejects before the doors open, after the end, and once the event is cancelled', () => {
    const { ledger, event, scan } = atTheDoor();
    const { command } = scan('admit');
    const at = (now: string) => ledger.submit(command, { ...AT_THE_DOOR, now });
    expectRefusal(at('2027-05-01T17:59:59Z'), 'DOORS_NOT_OPEN', 'schedule.doorsOpenAt');
    expectRefusal(at(SCHEDULE.endsAt), 'DOORS_NOT_OPEN', 'schedule.endsAt');
    ledger.accept(anEventChange(event), AT_THE_DOOR);
    expectRefusal(at(AT_THE_DOOR.now), 'EVENT_CANCELLED', 'event');
  });
});

describe('exit and re-entry', () => {
  it('go to and fro', () => {
    const { ledger, ticket, pass } = atTheDoor();
    pass('admit', 'exit', 'reenter', 'exit', 'reenter');
    expect(ticketOf(ledger, ticket)).to.include({ state: 'admitted', entered: 3, change: 5 });
  });

  it('reject the code of the admission after the exit', () => {
    const { ledger, ticket, device, pass } = atTheDoor();
    const last = pass('admit', 'exit');
    const stale = aScan(ticket, device, { action: 'reenter', after: last });
    expectRefusal(ledger.submit(stale.command, AT_THE_DOOR), 'STALE_TICKET', 'scan.change');
    const photographed = aScan(asNow(ledger, ticket), device, { action: 'reenter', after: last });
    const { presentation } = stale.command;
    const mixed = { ...photographed.command, presentation };
    expectRefusal(ledger.submit(mixed, AT_THE_DOOR), 'PRESENTATION_MISMATCH', 'scan.presentation');
  });

  it('reject who is not inside or not outside', () => {
    const { ledger, pass, scan } = atTheDoor();
    const submit = (action: 'exit' | 'reenter') => ledger.submit(scan(action).command, AT_THE_DOOR);
    expectRefusal(submit('exit'), 'NOT_ADMITTED', 'scan.ticket');
    expectRefusal(submit('reenter'), 'NOT_ADMITTED', 'scan.ticket');
    pass('admit');
    expectRefusal(submit('reenter'), 'ALREADY_ADMITTED', 'scan.ticket');
    pass('exit');
    expectRefusal(submit('exit'), 'NOT_ADMITTED', 'scan.ticket');
  });
});

describe('undo', () => {
  type Action = 'admit' | 'exit' | 'reenter';
  const cases: readonly (readonly [string, readonly Action[], object])[] = [
    ['an admission', ['admit'], { state: 'sold', entered: 0, change: 2 }],
    ['an exit', ['admit', 'exit'], { state: 'admitted', entered: 1, change: 3 }],
    ['a re-entry', ['admit', 'exit', 'reenter'], { state: 'exited', entered: 1, change: 4 }],
  ];
  for (const [what, before, after] of cases) {
    it(`takes ${what} back and makes older codes stale`, () => {
      const { ledger, ticket, device, pass } = atTheDoor();
      const last = pass(...before, 'undo');
      expect(ticketOf(ledger, ticket)).to.include(after);
      const stale = aScan(ticket, device, { after: last });
      expectRefusal(ledger.submit(stale.command, AT_THE_DOOR), 'STALE_TICKET', 'scan.change');
    });
  }

  it('goes back step by step to the sale, and no further', () => {
    const { ledger, ticket, pass, scan } = atTheDoor();
    pass('admit', 'exit', 'reenter', 'undo', 'undo', 'undo');
    expect(ticketOf(ledger, ticket)).to.include({ state: 'sold', entered: 0 });
    expectRefusal(ledger.submit(scan('undo').command, AT_THE_DOOR), 'NOTHING_TO_UNDO', 'scan.ticket');
    pass('admit');
  });
});
