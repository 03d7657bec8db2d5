import { expect } from 'chai';
import { GATES } from '../../../../chaincode/domain/gates.js';
import { eventIndexKey, eventKey, policyKey } from '../../../../chaincode/domain/keys.js';
import { hashOfPolicy, inheritPolicy } from '../../../../chaincode/domain/policy/policy.js';
import { aKeyRegistration, anEvent, newId, newKey, NOW, SCHEDULE } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, forged, gateOf, RIVALS } from '../../../support/world.js';

const organizer = RIVALS.keys.OrganizerMSP!;
const founded = () => TestLedger.founded(RIVALS);

describe('event creation', () => {
  it('writes event, policy, index and gates', () => {
    const ledger = founded();
    const created = anEvent();
    expect(expectAccepted(ledger.submit(created.command))).to.include({ event: created.event });
    const { name, venue, currency, eventKey: key, schedule, policy } = created.payload;
    const rules = inheritPolicy([policy], {});
    expect(ledger.read(eventKey(created.event))).to.deep.equal({
      ...{ event: created.event, name, organizer: 'OrganizerMSP', venue, currency, eventKey: key, schedule, ...rules },
      ...{ state: 'scheduled', change: 0, policyVersion: 1, policyHash: hashOfPolicy(rules) },
    });
    expect(ledger.read(policyKey(created.event, 1))).to.deep.equal(rules);
    expect(ledger.read(eventIndexKey(created.event))).to.equal(true);
    const gates = Object.fromEntries(GATES.map((gate) => [gate, gateOf(ledger, created, gate)]));
    const open = { sales: 'open', resale: 'open', transfers: 'open', returns: 'open' };
    expect(gates).to.deep.equal({ ...open, refunds: 'pending', doors: 'pending', cancellation: 'open' });
  });

  it('is endorsed by the organizer and one other, never by the organizer alone', () => {
    const ledger = founded();
    const { command, event } = anEvent();
    ledger.accept(command);
    const oneOf = ['ResellerMSP', 'VenueMSP', 'OtherOrganizerMSP', 'OtherResellerMSP', 'OtherVenueMSP'];
    for (const key of [eventKey(event), policyKey(event, 1)]) {
      expect(ledger.policyOf(key)).to.deep.equal({ allOf: ['OrganizerMSP'], oneOf });
    }
  });

  it('rejects an id that exists', () => {
    const ledger = founded();
    ledger.accept(anEvent().command);
    expectRefusal(ledger.submit(anEvent().command), 'EVENT_EXISTS', 'statement.event');
  });

  it('rejects an id below another organizer', () => {
    const ledger = founded();
    const squatted = anEvent({ event: 'OtherOrganizerMSP:opening-night' }, organizer.event);
    expectRefusal(ledger.submit(squatted.command), 'UNKNOWN_KEY', 'statement.header.kid');
  });

  const parties: readonly (readonly [string, Parameters<typeof anEvent>[0], string, string])[] = [
    ['an organizer that is none', { event: 'VenueMSP:night' }, 'ROLE_MISSING', 'statement.event'],
    ['an organizer nobody knows', { event: 'NobodyMSP:night' }, 'UNKNOWN_ORGANIZATION', 'statement.event'],
    ['a venue that is none', { venue: 'ResellerMSP' }, 'ROLE_MISSING', 'statement.venue'],
    ['a venue nobody knows', { venue: 'NobodyMSP' }, 'UNKNOWN_ORGANIZATION', 'statement.venue'],
  ];
  for (const [what, payload, code, field] of parties) {
    it(`rejects ${what}`, () => {
      expectRefusal(founded().submit(anEvent(payload).command), code as 'ROLE_MISSING', field);
    });
  }

  it('rejects a key of another use, a revoked key and a forged signature', () => {
    const ledger = founded();
    expectRefusal(ledger.submit(anEvent({}, organizer.seller).command), 'UNKNOWN_KEY', 'statement.header.kid');
    const { command } = anEvent();
    expectRefusal(
      ledger.submit({ ...command, statement: forged(String(command.statement)) }),
      'SIGNATURE_INVALID',
      'statement',
    );
    ledger.accept({ kind: 'keys.revoke', id: newId(), kid: organizer.event.kid });
    expectRefusal(ledger.submit(command), 'KEY_NOT_VALID', 'statement.header.kid');
  });

  it('takes a statement of the rotated key once, whichever key signs it again', () => {
    const ledger = founded();
    const next = newKey();
    ledger.accept(aKeyRegistration(next, 'event'));
    const jti = newId();
    ledger.accept(anEvent({ jti }).command);
    expectRefusal(ledger.submit(anEvent({ jti, name: 'Other' }, next).command), 'COMMAND_ID_REUSED', 'jti');
  });
});

describe('schedule of an event', () => {
  const wrong: readonly (readonly [keyof typeof SCHEDULE, string])[] = [
    ['salesCloseAt', '2026-12-31T23:59:59Z'],
    ['transfersCloseAt', '2026-12-31T23:59:59Z'],
    ['startsAt', '2027-05-01T17:59:59Z'],
    ['endsAt', '2027-05-01T18:59:59Z'],
  ];
  for (const [member, time] of wrong) {
    it(`rejects ${member} before what comes first`, () => {
      const { command } = anEvent({ schedule: { ...SCHEDULE, [member]: time } });
      expectRefusal(founded().submit(command), 'INVALID_SCHEDULE', `schedule.${member}`);
    });
  }

  for (const member of ['salesCloseAt', 'transfersCloseAt'] as const) {
    it(`rejects ${member} after the end`, () => {
      const { command } = anEvent({ schedule: { ...SCHEDULE, [member]: '2027-05-01T22:00:01Z' } });
      expectRefusal(founded().submit(command), 'INVALID_SCHEDULE', 'schedule.endsAt');
    });
  }

  // Regression: a day after the end of the year 9999 has five digits, and no longer sorts by time.
  for (const [member, time] of [
    ['endsAt', '9000-01-01T00:00:00Z'],
    ['salesOpenAt', '1969-12-31T23:59:59Z'],
  ] as const) {
    it(`rejects ${member} in a year to which no span may be added`, () => {
      const { command } = anEvent({ schedule: { ...SCHEDULE, [member]: time } });
      expectRefusal(founded().submit(command), 'INVALID_FIELD', `statement.schedule.${member}`);
    });
  }

  it('rejects an event that has ended', () => {
    const { command } = anEvent();
    expectRefusal(founded().submit(command, { now: SCHEDULE.endsAt }), 'INVALID_SCHEDULE', 'schedule.endsAt');
  });

  for (const time of [
    '2027-05-01 22:00:00Z',
    '2027-05-01T22:00Z',
    '2027-02-29T22:00:00Z',
    '2027-05-01T22:00:00+00:00',
  ]) {
    it(`rejects ${time} as a time`, () => {
      const { command } = anEvent({ schedule: { ...SCHEDULE, endsAt: time } });
      expectRefusal(founded().submit(command, { now: NOW }), 'INVALID_FIELD', 'statement.schedule.endsAt');
    });
  }
});

describe('policy of an event', () => {
  const perPersonLimit = { primary: 4, resale: 4 };

  it('rejects an unknown parameter at any depth', () => {
    const more = { perPersonLimit, resale: 'allowed' };
    expectRefusal(founded().submit(anEvent({ policy: more }).command), 'UNKNOWN_FIELD', 'statement.policy.resale');
    const deeper = { perPersonLimit: { ...perPersonLimit, returned: 1 } };
    expectRefusal(
      founded().submit(anEvent({ policy: deeper }).command),
      'UNKNOWN_FIELD',
      'statement.policy.perPersonLimit.returned',
    );
  });

  for (const primary of [0, 1001, 1.5]) {
    it(`rejects a limit of ${primary}`, () => {
      const { command } = anEvent({ policy: { perPersonLimit: { ...perPersonLimit, primary } } });
      expectRefusal(founded().submit(command), 'INVALID_FIELD', 'statement.policy.perPersonLimit.primary');
    });
  }
});

describe('name of an event', () => {
  const names: readonly (readonly [string, string, boolean])[] = [
    ['accents, other scripts and emoji', 'Été à Žižkov 東京 🎭', true],
    ['120 characters', 'x'.repeat(120), true],
    ['121 characters', 'x'.repeat(121), false],
    ['nothing', '', false],
    ['a line break', 'Opening\nnight', false],
    ['a right-to-left override', 'Opening \u202Ethgin', false],
    ['a zero-width space', 'Opening\u200Bnight', false],
    ['half a surrogate pair', 'Opening \uD83C', false],
    ['a private-use character', 'Opening \uE000', false],
  ];
  for (const [what, name, good] of names) {
    it(`${good ? 'takes' : 'rejects'} ${what}`, () => {
      const outcome = founded().submit(anEvent({ name }).command);
      if (good) expectAccepted(outcome);
      else expectRefusal(outcome, 'INVALID_FIELD', 'statement.name');
    });
  }
});
