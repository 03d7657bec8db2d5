import { expect } from 'chai';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { anEvent, anEventChange, aSale, newId, SCHEDULE, type TestEvent } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, gateOf, onSale, type Scene } from '../../../support/world.js';

const LATER = {
  salesOpenAt: '2027-01-01T00:00:00Z',
  salesCloseAt: '2027-06-01T17:00:00Z',
  transfersCloseAt: '2027-06-01T17:30:00Z',
  doorsOpenAt: '2027-06-01T18:00:00Z',
  startsAt: '2027-06-01T19:00:00Z',
  endsAt: '2027-06-01T22:00:00Z',
};
const postpone = (event: TestEvent, change = 0, schedule: typeof LATER = LATER) =>
  anEventChange(event, { action: 'postpone', schedule, change });
const gates = ({ ledger, event }: Scene) =>
  (['sales', 'transfers', 'doors'] as const).map((gate) => gateOf(ledger, event, gate));

describe('cancellation', () => {
  it('closes every gate and leaves the event as it was', () => {
    const scene = onSale();
    expect(expectAccepted(scene.ledger.submit(anEventChange(scene.event)))).to.include({ change: 1 });
    expect(gates(scene)).to.deep.equal(['closed', 'closed', 'closed']);
    expect(scene.ledger.read(eventKey(scene.event.event))).to.deep.include({
      ...{ state: 'cancelled', change: 1, schedule: SCHEDULE },
    });
  });

  it('is the last change', () => {
    const { ledger, event } = onSale();
    ledger.accept(anEventChange(event));
    expectRefusal(ledger.submit(postpone(event, 1)), 'EVENT_CANCELLED', 'event');
    const unsigned = ['event.advance', 'sales.close', 'sales.reopen'];
    for (const kind of unsigned) {
      expectRefusal(ledger.submit({ kind, id: newId(), event: event.event }), 'EVENT_CANCELLED', 'event');
    }
  });

  it('stops the sales that come after it in a batch', () => {
    const { ledger, event, floor } = onSale();
    const seat = (number: number) => aSale(floor, { seats: [`floor:A:${number}`] }).command;
    const [before, , after] = ledger.submit([seat(1), anEventChange(event), seat(2)]);
    expectAccepted(before!);
    expectRefusal(after!, 'EVENT_CANCELLED', 'event');
  });

  it('rejects a schedule', () => {
    const { ledger, event } = onSale();
    const both = anEventChange(event, { schedule: LATER });
    expectRefusal(ledger.submit(both), 'INVALID_FIELD', 'statement.schedule');
  });
});

describe('postponement', () => {
  it('writes the schedule and counts the change', () => {
    const { ledger, event } = onSale();
    expect(expectAccepted(ledger.submit(postpone(event)))).to.include({ change: 1 });
    expect(ledger.read(eventKey(event.event))).to.deep.include({ schedule: LATER, change: 1, state: 'scheduled' });
  });

  it('opens again what the old schedule had closed', () => {
    const scene = onSale();
    const now = '2027-05-01T18:30:00Z';
    scene.ledger.accept({ kind: 'event.advance', id: newId(), event: scene.event.event }, { now });
    expect(gates(scene)).to.deep.equal(['closed', 'closed', 'open']);
    scene.ledger.accept(postpone(scene.event), { now });
    expect(gates(scene)).to.deep.equal(['open', 'open', 'pending']);
    expectAccepted(scene.ledger.submit(aSale(scene.floor).command, { now }));
  });

  it('closes what the new schedule has closed', () => {
    const scene = onSale();
    scene.ledger.accept(postpone(scene.event, 0, { ...LATER, salesCloseAt: SCHEDULE.salesOpenAt }));
    expect(gates(scene)).to.deep.equal(['closed', 'open', 'pending']);
  });

  it('leaves sales closed that the organizer has closed', () => {
    const scene = onSale();
    scene.ledger.accept({ kind: 'sales.close', id: newId(), event: scene.event.event });
    scene.ledger.accept(postpone(scene.event));
    expect(gates(scene)).to.deep.equal(['closed', 'open', 'pending']);
  });

  it('rejects to go without a schedule, a wrong one, and one that has passed', () => {
    const { ledger, event } = onSale();
    const without = anEventChange(event, { action: 'postpone' });
    expectRefusal(ledger.submit(without), 'INVALID_FIELD', 'statement.schedule');
    const wrong = postpone(event, 0, { ...LATER, startsAt: '2027-06-01T17:00:00Z' });
    expectRefusal(ledger.submit(wrong), 'INVALID_SCHEDULE', 'schedule.startsAt');
    const to = Object.fromEntries(Object.keys(LATER).map((member) => [member, '2027-02-01T00:00:00Z']));
    expectRefusal(ledger.submit(postpone(event, 0, to as typeof LATER)), 'INVALID_SCHEDULE', 'schedule.endsAt');
    expect(ledger.written).to.be.empty;
  });
});

describe('change of an event', () => {
  it('rejects one that was signed for an earlier or a later state', () => {
    const { ledger, event } = onSale();
    expect(expectRefusal(ledger.submit(postpone(event, 1)), 'STALE_EVENT', 'statement.change')).to.include({
      expected: 0,
    });
    ledger.accept(postpone(event));
    expectRefusal(ledger.submit(anEventChange(event)), 'STALE_EVENT', 'statement.change');
  });

  it('rejects an event that does not exist', () => {
    const { ledger } = onSale();
    const unknown = anEvent({ event: 'OrganizerMSP:matinee' });
    expectRefusal(ledger.submit(anEventChange(unknown)), 'UNKNOWN_EVENT', 'event');
  });
});
