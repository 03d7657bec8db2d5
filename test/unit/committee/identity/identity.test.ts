import { expect } from 'chai';
import {
  birthDateOf,
  identityOf,
  isExpired,
  type DocumentPolicy,
  type IdentityPolicy,
  type NamePolicy,
  type PersonalNumberPolicy,
} from '../../../../committee/identity/index.js';
import { personalNumberOf } from '../../../../committee/identity/personal-numbers.js';
import { altered, read, refusalOf, sealed, specimen, SPECIMENS, THEN } from './specimens.js';

const byNumber: PersonalNumberPolicy = { scheme: 'personal-number' };
const byDocument: DocumentPolicy = {
  scheme: 'document',
  accepted: { '*': ['P'], UTO: ['P'], ESP: ['ID'] },
  acceptSpecimens: true,
};
const byName: NamePolicy = { scheme: 'name-birth-nationality', acceptSpecimens: true };

const card = specimen('TD1 Eriksson').lines;
const smallCard = specimen('TD2 Eriksson').lines;
const passport = specimen('TD3 Eriksson').lines;
const spanish = specimen('Spain, identity card').lines;
const czech = specimen('Czechia, passport').lines;

const of = (lines: readonly string[], policy: IdentityPolicy, now = THEN) => identityOf(read(lines), policy, now);
const textOf = (lines: readonly string[], policy: IdentityPolicy) => of(lines, policy).text;
const refusal = (lines: readonly string[], policy: IdentityPolicy, now = THEN) => {
  const found = refusalOf(() => of(lines, policy, now));
  return found && `${found.code} ${found.field}`;
};

const framed = (...parts: readonly string[]) =>
  Buffer.concat(parts.flatMap((part) => [Buffer.from([0, 0, 0, part.length]), Buffer.from(part, 'ascii')]));
const same = (bytes: Uint8Array, expected: Uint8Array) => Buffer.compare(bytes, expected) === 0;

describe('canonical identity', () => {
  it('is issuer, scheme and number, each after its length in four bytes', () => {
    expect(same(of(passport, byDocument).bytes, framed('UTO', 'document/P', 'L898902C3'))).to.equal(true);
    expect(same(of(spanish, byNumber).bytes, framed('ESP', 'personal-number/dni', '99999999R'))).to.equal(true);
    const name = framed('UTO', 'name-birth-nationality', '740812ERIKSSON<<ANNA<MARIA');
    expect(same(of(card, byName).bytes, name)).to.equal(true);
  });

  it('has no fillers in a state code', () => {
    const german = specimen('Germany, passport').lines;
    expect(same(of(german, byDocument).bytes, framed('D', 'document/P', 'C01X0006H'))).to.equal(true);
  });

  it('is the same as text', () => {
    for (const { lines } of SPECIMENS) {
      const identity = of(lines, { scheme: 'name-birth-nationality', acceptExpired: true, acceptSpecimens: true });
      expect(same(identity.bytes, Buffer.from(identity.text, 'utf8'))).to.equal(true);
      expect(identity.bytes.every((byte) => byte < 0x80)).to.equal(true);
    }
  });

  it('is not changed by what one does with its bytes', () => {
    const identity = of(passport, byDocument);
    identity.bytes.fill(0);
    expect(same(identity.bytes, framed('UTO', 'document/P', 'L898902C3'))).to.equal(true);
  });

  it('does not depend on how the zone was typed', () => {
    const typed = passport.join(' ').toLowerCase().replaceAll('<', '«');
    expect(textOf([typed], byDocument)).to.equal(textOf(passport, byDocument));
  });

  it('does not depend on the day', () => {
    const centenarian = new Date('2090-01-01T00:00:00Z');
    expect(of(card, { ...byName, acceptExpired: true }, centenarian).text).to.equal(textOf(card, byName));
  });
});

describe('identity by name, birth date and nationality', () => {
  it('is one for card and passport of a person', () => {
    expect(textOf(card, byName)).to.equal(textOf(passport, byName));
    expect(textOf(smallCard, byName)).to.equal(textOf(passport, byName));
  });

  it('tells apart names, birth dates and nationalities', () => {
    const others = [
      altered(card, [2, 0, 'ERIKSSON<<ANNE']),
      altered(card, [2, 0, 'ERIKSSON<ANNA<<MARIA'.padEnd(30, '<')]),
      altered(card, [1, 0, '740813']),
      altered(card, [1, 15, 'SWE']),
    ];
    const texts = [card, ...others].map((lines) => textOf(sealed(lines), byName));
    expect(new Set(texts).size).to.equal(texts.length);
  });

  it('needs the whole name, which a passport has room for where a card has not', () => {
    const name = 'PAPANDROPOULOUS<<JONATHON<ALEC';
    expect(refusal(sealed(altered(card, [2, 0, name])), byName)).to.equal('NAME_TRUNCATED name');
    expect(refusal(sealed(altered(passport, [0, 5, name])), byName)).to.equal(undefined);
  });

  it('needs the whole birth date', () => {
    expect(refusal(sealed(altered(card, [1, 0, '7408<<'])), byName)).to.equal('BIRTH_DATE_INCOMPLETE birthDate');
  });
});

describe('identity by document', () => {
  it('is another one after renewal', () => {
    const renewed = sealed(altered(passport, [1, 0, 'L898902C4']));
    expect(textOf(renewed, byDocument)).to.not.equal(textOf(passport, byDocument));
  });

  it('tells apart equal numbers of two issuers, and of two types of one issuer', () => {
    const policy = { ...byDocument, accepted: { '*': ['P', 'PO'] } };
    const texts = [passport, altered(passport, [0, 2, 'SWE']), altered(passport, [0, 1, 'O'])].map((lines) =>
      textOf(lines, policy),
    );
    expect(new Set(texts).size).to.equal(3);
  });

  it('takes the accepted type of the issuer only', () => {
    expect(refusal(card, byDocument)).to.equal('DOCUMENT_NOT_ACCEPTED policy.accepted');
    expect(refusal(spanish, byDocument)).to.equal(undefined);
    expect(refusal(altered(passport, [0, 2, 'ESP']), byDocument)).to.equal('DOCUMENT_NOT_ACCEPTED policy.accepted');
    expect(refusal(passport, { ...byDocument, accepted: {} })).to.equal('DOCUMENT_NOT_ACCEPTED policy.accepted');
  });
});

describe('identity by personal number', () => {
  const renewed = (lines: readonly string[], line: number, start: number) =>
    sealed(altered(lines, [line, start, 'XYZ']));

  it('stays when the document is renewed', () => {
    expect(textOf(renewed(spanish, 0, 5), byNumber)).to.equal(textOf(spanish, byNumber));
    expect(textOf(renewed(czech, 1, 0), byNumber)).to.equal(textOf(czech, byNumber));
    expect(textOf(czech, byNumber)).to.not.equal(textOf(spanish, byNumber));
  });

  it('is one for card and passport where an issuer prints it in both', () => {
    const table = {
      SWE: {
        scheme: 'number',
        places: [
          { format: 'TD1', documentCode: 'I', optionalData: 1 },
          { format: 'TD3', documentCode: 'P', optionalData: 0 },
        ],
        proves: (number: string) => number === 'N1',
      },
    } as const;
    const swedish = [
      altered(card, [0, 2, 'SWE'], [1, 18, 'N1']),
      altered(passport, [0, 2, 'SWE'], [1, 28, 'N1<<<<<<<<<<<<']),
    ];
    const numbers = swedish.map((lines) => personalNumberOf(read(sealed(lines)), table));
    expect(numbers).to.deep.equal([
      { scheme: 'number', number: 'N1' },
      { scheme: 'number', number: 'N1' },
    ]);
  });

  it('must prove itself', () => {
    const dni = (text: string) => refusal(sealed(altered(spanish, [0, 15, text.padEnd(15, '<')])), byNumber);
    for (const number of ['', '99999999A', '99999998R', '9999999R', 'X9999999R', '99999999R1', '99999999R<1']) {
      expect(dni(number), number).to.equal('PERSONAL_NUMBER_INVALID personalNumber');
    }
    expect(dni('12345678Z')).to.equal(undefined);
    // Month and sex, the birth date, the remainder; what was given before 1954 had nine digits.
    const birthNumber = (text: string, ...changes: (readonly [number, number, string])[]) =>
      refusal(sealed(altered(czech, [1, 28, text.padEnd(14, '<')], ...changes)), byNumber);
    for (const number of ['', '6906220617', '6956220613', '6956230611', '695622061']) {
      expect(birthNumber(number), number).to.equal('PERSONAL_NUMBER_INVALID personalNumber');
    }
    expect(birthNumber('6976220614')).to.equal(undefined);
    expect(birthNumber('530622061', [1, 13, '530622'], [1, 20, 'M'])).to.equal(undefined);
  });

  it('is not guessed for other documents of an issuer whose numbers are known', () => {
    const spanishPassport = altered(passport, [0, 2, 'ESP'], [1, 28, 'A9999999900<<<']);
    const policy = { ...byNumber, acceptSpecimens: true, otherwise: { '*': ['P', 'I'] } };
    expect(refusal(sealed(spanishPassport), policy)).to.equal('PERSONAL_NUMBER_NOT_DOCUMENTED documentCode');
    expect(refusal(card, policy)).to.equal('PERSONAL_NUMBER_NOT_DOCUMENTED documentCode');
  });

  it('is the document where the policy says so of issuers that are not in the table', () => {
    const dutch = specimen('Netherlands, passport').lines;
    expect(refusal(dutch, byNumber)).to.equal('PERSONAL_NUMBER_NOT_DOCUMENTED issuer');
    const policy = { ...byNumber, otherwise: { '*': ['P'] } };
    expect(textOf(dutch, policy)).to.equal(textOf(dutch, byDocument));
  });
});

describe('policy', () => {
  it('refuses the documents of Utopia unless it is a demonstration', () => {
    expect(refusal(passport, { ...byDocument, acceptSpecimens: false })).to.equal('SPECIMEN_NOT_ACCEPTED issuer');
    const utopianAbroad = altered(passport, [0, 2, 'SWE']);
    expect(refusal(utopianAbroad, { scheme: 'name-birth-nationality' })).to.equal('SPECIMEN_NOT_ACCEPTED issuer');
  });

  it('refuses a document from the day after its expiry unless it says otherwise', () => {
    const lastDay = new Date('2012-04-15T23:59:59Z');
    const dayAfter = new Date('2012-04-16T00:00:00Z');
    expect(refusal(passport, byDocument, lastDay)).to.equal(undefined);
    expect(refusal(passport, byDocument, dayAfter)).to.equal('DOCUMENT_EXPIRED expiryDate');
    expect(refusal(passport, { ...byDocument, acceptExpired: true }, dayAfter)).to.equal(undefined);
  });

  it('asks today’s date if it is given none', () => {
    expect(() => identityOf(read(passport), byDocument))
      .to.throw()
      .with.property('code', 'DOCUMENT_EXPIRED');
  });
});

describe('centuries', () => {
  it('of birth dates are the last that is not in the future', () => {
    const now = new Date('2026-03-10T00:00:00Z');
    expect(birthDateOf('260310', now)).to.equal('2026-03-10');
    expect(birthDateOf('260311', now)).to.equal('1926-03-11');
    expect(birthDateOf('740812', now)).to.equal('1974-08-12');
    expect(birthDateOf('000229', now)).to.equal('2000-02-29');
  });

  it('of expiry dates are the nearest', () => {
    const now = new Date('2026-03-10T00:00:00Z');
    expect(isExpired('260310', now)).to.equal(false);
    expect(isExpired('260309', now)).to.equal(true);
    expect(isExpired('750101', now)).to.equal(false);
    expect(isExpired('760101', now)).to.equal(true);
    expect(isExpired('010101', new Date('1999-12-31T00:00:00Z'))).to.equal(false);
    expect(isExpired('991231', new Date('2000-01-01T00:00:00Z'))).to.equal(true);
  });
});
