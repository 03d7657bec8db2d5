import { expect } from 'chai';
import {
  commandId,
  eventId,
  label,
  mspId,
  organizerOf,
  parsePlace,
  parseTicketId,
  placeId,
  slugId,
  thumbprint,
  ticketId,
  ticketIdOf,
} from '../../../../chaincode/domain/ids.js';
import { ticketKey } from '../../../../chaincode/domain/keys.js';

const cases = {
  slugId: {
    schema: slugId,
    good: ['a', '0', 'north-gate-1', 'x'.repeat(48)],
    bad: ['', '-a', 'A', 'a_b', 'x'.repeat(49), 'a\n', 'é'],
  },
  mspId: {
    schema: mspId,
    good: ['OrganizerMSP', '0', 'M'.repeat(64)],
    bad: ['', '-M', 'M.SP', 'M/c/P', 'M:P', 'M'.repeat(65), 'Ｍ'],
  },
  label: {
    schema: label,
    good: ['A', 'floor', 'constructor', 'x'.repeat(16)],
    bad: ['', '__proto__', 'A B', 'x'.repeat(17), 'A/1'],
  },
  eventId: {
    schema: eventId,
    good: ['M:a', 'OrganizerMSP:opening-night'],
    bad: ['M', ':a', 'M:', 'M:A', 'M:a:b', 'M/a', 'M: a'],
  },
  placeId: {
    schema: placeId,
    good: ['floor:A:1', 'standing:118', 'a:b:99999'],
    bad: ['floor:A', 'floor:A:0', 'floor:A:07', 'floor:A:100000', 'f:A:B:1', 'f::1', 'f:A:-1', 'f:A:1 '],
  },
  ticketId: {
    schema: ticketId,
    good: ['M:a:floor:A:1', 'M:a:standing:1'],
    bad: ['M:a', 'M:a:1', 'M:a:floor:A:B:1', 'M:A:floor:A:1'],
  },
  commandId: {
    schema: commandId,
    good: ['01JD0Z3T8Q6V', 'a1234567', 'x'.repeat(64), 'a_.-bcde'],
    bad: ['1234567', 'x'.repeat(65), '_1234567', '1234 5678', '12345678\n', '1234/5678'],
  },
  thumbprint: {
    schema: thumbprint,
    good: ['A'.repeat(43)],
    bad: ['', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, `${'A'.repeat(42)}+`],
  },
};

describe('ids', () => {
  for (const [name, { schema, good, bad }] of Object.entries(cases)) {
    it(`${name} takes its alphabet and length, and nothing else`, () => {
      for (const id of good) expect(schema.safeParse(id).success, id).to.equal(true);
      for (const id of bad) expect(schema.safeParse(id).success, JSON.stringify(id)).to.equal(false);
    });
  }

  it('refuse what is no string', () => {
    for (const value of [null, undefined, 1, [], {}, ['floor:A:1']])
      expect(placeId.safeParse(value).success).to.equal(false);
  });

  it('are refused when oversized, without being read to their end', () => {
    expect(commandId.safeParse('x'.repeat(1_000_000)).success).to.equal(false);
  });

  it('of places and tickets are taken apart', () => {
    expect(parsePlace('floor:A:7')).to.deep.equal({ section: 'floor', row: 'A', number: 7 });
    expect(parsePlace('standing:118')).to.deep.equal({ section: 'standing', row: undefined, number: 118 });
    expect(parseTicketId('M:night:floor:A:7')).to.deep.equal({ event: 'M:night', place: 'floor:A:7' });
    expect(ticketIdOf('M:night', 'standing:118')).to.equal('M:night:standing:118');
    expect(organizerOf('OrganizerMSP:opening-night')).to.equal('OrganizerMSP');
  });

  it('of a pool and of a row of the same name have different keys', () => {
    expect(ticketKey('M:night', 'floor:1')).to.equal('M:night/t/floor/1');
    expect(ticketKey('M:night', 'floor:1:1')).to.equal('M:night/t/floor/1/1');
  });
});
