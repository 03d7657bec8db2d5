import { expect } from 'chai';
import { money, partsOfTicket, placeWords } from '../../../../gateway/web/format.js';

describe('values as people read them', () => {
  const digits = (text: string) => text.replace(/[^0-9]/g, '');

  it('writes minor units by the currency, to the last one', () => {
    expect(digits(money(4850, 'GBP'))).to.equal('4850');
    expect(money(5, 'EUR')).to.match(/0[.,]05/);
    expect(digits(money(1800, 'JPY'))).to.equal('1800');
    expect(money(1800, 'JPY')).to.not.match(/[.,]\d\d$/);
    expect(money(1, 'KWD')).to.match(/0[.,]001/);
  });

  it('does not round the largest amount that the ledger takes', () => {
    expect(digits(money(Number.MAX_SAFE_INTEGER, 'EUR'))).to.equal('9007199254740991');
  });

  it('names places in words', () => {
    expect(placeWords('floor:A:7')).to.equal('floor, row A, seat 7');
    expect(placeWords('standing:118')).to.equal('standing, place 118');
    expect(partsOfTicket('OrganizerMSP:night:floor:A:7')).to.deep.equal({
      event: 'OrganizerMSP:night',
      place: 'floor:A:7',
    });
  });
});
