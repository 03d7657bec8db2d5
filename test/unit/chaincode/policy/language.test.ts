import { expect } from 'chai';
import { amountText } from '../../../../chaincode/domain/policy/explain/amount.js';
import {
  countText,
  listText,
  shareText,
  spanText,
  typeset,
} from '../../../../chaincode/domain/policy/explain/language.js';

describe('amounts in words', () => {
  it('have as many digits after the point as their currency', () => {
    expect(amountText(1_250, 'EUR', 'en')).to.equal('12.50 EUR');
    expect(amountText(1_250, 'JPY', 'en')).to.equal('1,250 JPY');
    expect(amountText(1_250, 'KWD', 'en')).to.equal('1.250 KWD');
    expect(amountText(1_250, 'UYW', 'en')).to.equal('0.1250 UYW');
  });

  it('are French in French', () => {
    expect(amountText(1_250, 'EUR', 'fr')).to.equal('12,50\u00a0EUR');
    expect(amountText(123_456_789, 'EUR', 'fr')).to.equal('1\u202f234\u202f567,89\u00a0EUR');
  });

  it('keep every digit of the smallest and the largest', () => {
    expect(amountText(0, 'EUR', 'en')).to.equal('0.00 EUR');
    expect(amountText(5, 'EUR', 'en')).to.equal('0.05 EUR');
    expect(amountText(Number.MAX_SAFE_INTEGER, 'EUR', 'en')).to.equal('90,071,992,547,409.91 EUR');
  });
});

describe('numbers in words', () => {
  it('group thousands', () => {
    expect([1, 999, 1_000, 1_234_567].map((count) => countText(count, 'en'))).to.deep.equal([
      '1',
      '999',
      '1,000',
      '1,234,567',
    ]);
    expect(countText(10_000, 'fr')).to.equal('10\u202f000');
  });

  it('tell basis points as per cent', () => {
    const shares = [10_000, 1_050, 1_005, 1, 0].map((bps) => shareText(bps, 'en'));
    expect(shares).to.deep.equal(['100%', '10.5%', '10.05%', '0.01%', '0%']);
    expect(shareText(1_050, 'fr')).to.equal('10,5\u00a0%');
  });

  it('tell spans in the largest units', () => {
    const spans = [0, 1, 60, 86_400, 93_600, 1_209_600, 90_061].map((seconds) => spanText(seconds, 'en'));
    expect(spans).to.deep.equal([
      '0 seconds',
      '1 second',
      '1 minute',
      '1 day',
      '1 day and 2 hours',
      '14 days',
      '1 day, 1 hour, 1 minute and 1 second',
    ]);
    expect(spanText(93_600, 'fr')).to.equal('1 jour et 2 heures');
  });

  it('list', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => listText(items, 'fr'))).to.deep.equal([
      '',
      'a',
      'a et b',
      'a, b et c',
    ]);
  });
});

describe('typesetting', () => {
  it('sets French spaces and apostrophes, and leaves English alone', () => {
    expect(typeset("l'ask : 100 % ; « oui » ?", 'fr')).to.equal(
      'l’ask\u00a0: 100\u00a0%\u202f; «\u00a0oui\u00a0»\u202f?',
    );
    expect(typeset("it's 5 000", 'en')).to.equal("it's 5 000");
    expect(typeset('plus de 5 000 places', 'fr')).to.equal('plus de 5\u202f000 places');
  });

  it('leaves years and other numbers side by side apart', () => {
    expect(typeset('le 19 novembre 2025, art. 182GA', 'fr')).to.equal('le 19 novembre 2025, art. 182GA');
  });
});
