import { expect } from 'chai';
import { parse } from 'mrz';
import { readMrz } from '../../../../committee/identity/index.js';
import { altered, read, refusalOf, sealed, specimen, SPECIMENS } from './specimens.js';

const card = specimen('TD1 Eriksson').lines;
const passport = specimen('TD3 Eriksson').lines;
const refusal = (lines: readonly string[]) => refusalOf(() => read(lines));

describe('machine-readable zone', () => {
  for (const { name, lines, fields } of SPECIMENS) {
    it(`reads ${name}`, () => {
      const document = read(lines);
      const read_ = Object.fromEntries(Object.keys(fields).map((key) => [key, document[key as keyof typeof fields]]));
      expect(read_).to.deep.equal(fields);
    });
  }
});

describe("a scanner's text", () => {
  const number = (text: string) => readMrz(text).documentNumber;
  const narrow = (text: string) => text.replaceAll('<', '«');

  it('may lack line breaks', () => {
    for (const { lines, fields } of SPECIMENS) expect(number(lines.join(''))).to.equal(fields.documentNumber);
  });

  it('may have breaks of any system and empty lines', () => {
    for (const between of ['\r', '\r\n', '\n\n', ' \n\t\n'])
      expect(number(`\n${card.join(between)}\n`)).to.equal('D23145890');
  });

  it('may be in lower case and have blanks', () => {
    expect(number(card.join('\n').toLowerCase())).to.equal('D23145890');
    expect(number(card.join('\n').replace(/.{5}/g, '$& '))).to.equal('D23145890');
  });

  it('may have a guillemet for each filler or for two', () => {
    for (const { lines, fields } of SPECIMENS) {
      expect(number(narrow(lines.join('\n')))).to.equal(fields.documentNumber);
      expect(number(lines.join('\n').replaceAll('<<', '«'))).to.equal(fields.documentNumber);
      expect(number(lines.join('').replaceAll('<<', '«'))).to.equal(fields.documentNumber);
    }
  });

  it('is taken in the way in which its check digits hold if guillemets leave two', () => {
    // 72 characters one way, 90 the other.
    const text = card.join('').replaceAll('<<', '«');
    expect(text).to.have.length(72);
    expect(readMrz(text).format).to.equal('TD1');
    expect(refusalOf(() => readMrz(text.replace('7408122', '7408123')))).to.include.keys('code');
  });

  it('has no letters that only look or fold like Latin ones', () => {
    for (const letter of [
      '\u0410',
      '\u0399',
      '\u041E',
      '\u017F',
      '\u0131',
      '\u212A',
      '\u00C9',
      '\u00DF',
      '\u2039',
      '\uFF1C',
      '\u00A0',
      '\u200B',
      '\uFEFF',
      '-',
    ]) {
      const place = { line: 3, column: 2 };
      expect(refusal(altered(card, [2, 1, letter]))).to.deep.equal(
        { code: 'MRZ_CHARACTER', field: 'mrz', place },
        letter,
      );
    }
  });

  it('is refused where its lines have other lengths than the formats', () => {
    const wrong = [
      [],
      card.slice(0, 2),
      [...card, card[0]!],
      card.map((line) => line.slice(1)),
      [card[0]!.slice(0, 29), `<${card[1]!}`, card[2]!],
      [passport[0]!, passport[1]!.slice(0, 43)],
      ['A'.repeat(30)],
      ['A'.repeat(9), 'A'.repeat(30), 'A'.repeat(30)],
      ['<'.repeat(100_000)],
    ];
    for (const lines of wrong) expect(refusal(lines)).to.include({ code: 'MRZ_UNKNOWN_FORMAT' });
  });

  it('is refused for the French card of before 2021, which has the size of TD2 and other fields', () => {
    const lines = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'];
    expect(refusal(lines)).to.include({ code: 'MRZ_UNKNOWN_FORMAT' });
  });

  it('is refused for a visa', () => {
    expect(refusal(altered(passport, [0, 0, 'V']))).to.deep.include({ code: 'MRZ_FIELD', field: 'documentCode' });
  });
});

describe('check digits', () => {
  const wrong = (lines: readonly string[], line: number, column: number) => {
    const digit = Number(lines[line]![column]);
    return refusal(altered(lines, [line, column, String((digit + 1) % 10)]));
  };
  const of = (field: string, line: number) => ({ code: 'MRZ_CHECK_DIGIT', field, place: { line } });

  it('name the field and the line', () => {
    expect(wrong(card, 0, 14)).to.deep.equal(of('documentNumber', 1));
    expect(wrong(card, 1, 6)).to.deep.equal(of('birthDate', 2));
    expect(wrong(card, 1, 14)).to.deep.equal(of('expiryDate', 2));
    expect(wrong(card, 1, 29)).to.deep.equal(of('composite', 2));
    expect(wrong(passport, 1, 42)).to.deep.equal(of('personalNumber', 2));
    expect(wrong(passport, 1, 43)).to.deep.equal(of('composite', 2));
  });

  it('are digits: a filler or a letter of the same value is none', () => {
    for (const sign of ['<', 'G']) {
      expect(refusal(altered(card, [1, 29, sign]))).to.deep.equal(of('composite', 2));
      expect(refusal(altered(card, [1, 6, sign]))).to.deep.equal(of('birthDate', 2));
    }
  });

  it('of an unused personal number are 0 or the filler', () => {
    const { lines } = specimen('Germany, passport');
    expect(refusal(lines)).to.equal(undefined);
    expect(refusal(altered(lines, [1, 42, '0']))).to.equal(undefined);
    expect(refusal(altered(lines, [1, 42, '1']))).to.deep.equal(of('personalNumber', 2));
    expect(refusal(altered(passport, [1, 42, '<']))).to.deep.equal(of('personalNumber', 2));
  });

  it('of a long document number leave out the filler in its middle', () => {
    const { lines } = specimen('Belgium, identity card');
    const withFiller = '7';
    const composite = altered(sealed(altered(lines, [0, 18, withFiller])), [0, 14, '<']);
    expect(refusal(composite)).to.deep.equal(of('documentNumber', 1));
  });

  it('are missing where the package mrz finds them in empty optional data', () => {
    // It takes an absent digit as zero: here the nine characters are worth zero.
    const lines = altered(card, [0, 5, '000000000<'], [1, 29, '0']);
    expect(parse([...lines]).details.find(({ field }) => field === 'documentNumberCheckDigit')?.valid).to.equal(true);
    expect(refusal(lines)).to.deep.equal(of('documentNumber', 1));
  });
});

describe('fields', () => {
  const of = (field: string, line: number) => ({ code: 'MRZ_FIELD', field, place: { line } });
  const changed = (line: number, start: number, text: string) => refusal(sealed(altered(card, [line, start, text])));

  it('have the letters that are theirs', () => {
    expect(changed(0, 0, 'X')).to.deep.equal(of('documentCode', 1));
    expect(changed(0, 1, '1')).to.deep.equal(of('documentCode', 1));
    expect(changed(0, 2, 'QQQ')).to.deep.equal(of('issuer', 1));
    expect(changed(1, 15, 'U<O')).to.deep.equal(of('nationality', 2));
    expect(changed(1, 7, 'X')).to.deep.equal(of('sex', 2));
    expect(changed(0, 5, '<<<<<<<<<')).to.deep.equal(of('documentNumber', 1));
    expect(changed(0, 5, '<23145890')).to.deep.equal(of('documentNumber', 1));
  });

  it('have names of two parts at most, each of words', () => {
    for (const name of ['ERIKSS0N<<ANNA<<<', '<<ANNA<MARIA<<<<<<', 'ERIKSSON<<<ANNA<<<', 'ERIKSSON<<A<<B<<<<']) {
      expect(changed(2, 0, name.padEnd(30, '<'))).to.deep.equal(of('name', 3), name);
    }
    const single = read(sealed(altered(card, [2, 0, 'ARKFREITH'.padEnd(30, '<')])));
    expect(single.name).to.deep.equal({ primary: 'ARKFREITH', secondary: '', truncated: false });
  });

  it('have days that exist', () => {
    for (const date of ['740230', '741301', '740012', '740100', '740431', '7408<1', '74<<12', '<<0812']) {
      expect(changed(1, 0, date)).to.deep.equal(of('birthDate', 2), date);
    }
    for (const date of ['120230', '<<<<<<', '1204<<'])
      expect(changed(1, 8, date)).to.deep.equal(of('expiryDate', 2), date);
    expect(changed(1, 0, '720229')).to.equal(undefined);
    expect(changed(1, 0, '730229')).to.deep.equal(of('birthDate', 2));
  });

  it('may have a birth date that is partly or wholly unknown', () => {
    for (const date of ['7408<<', '74<<<<', '<<<<<<']) expect(changed(1, 0, date)).to.equal(undefined);
  });

  it('keep a filler inside a document number', () => {
    expect(read(sealed(altered(card, [0, 5, 'D2<145890']))).documentNumber).to.equal('D2<145890');
  });
});
