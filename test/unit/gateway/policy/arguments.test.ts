import { expect } from 'chai';
import { ConfigError } from '../../../../committee/service/configuration.js';
import { readArguments } from '../../../../gateway/policy/arguments.js';

const EVENT = 'OrganizerMSP:opening-night';

function mistakesOf(...args: string[]): readonly string[] {
  try {
    readArguments(args);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe('policy command', () => {
  it('explains an event in English unless told otherwise', () => {
    expect(readArguments(['explain', EVENT])).to.include({ event: EVENT, language: 'en', gateway: undefined });
  });

  it('takes class, price, fees, language and gateway', () => {
    const options = ['--class', 'stalls', '--price', '4500', '--seller-fee', '0', '--buyer-fee', '300'];
    const more = ['--language', 'fr', '--gateway', 'http://localhost:8080'];
    expect(readArguments(['explain', EVENT, ...options, ...more])).to.deep.equal({
      event: EVENT,
      language: 'fr',
      priceClass: 'stalls',
      askMinor: '4500',
      sellerFeeMinor: '0',
      buyerFeeMinor: '300',
      gateway: 'http://localhost:8080',
    });
  });

  const WRONG: Readonly<Record<string, readonly string[]>> = {
    'no command': [],
    'another command': ['tell', EVENT],
    'no event': ['explain'],
    'two events': ['explain', EVENT, EVENT],
    'an event that is none': ['explain', 'opening-night'],
    'an unknown option': ['explain', EVENT, '--ask', '4500'],
    'an option without its value': ['explain', EVENT, '--class'],
    'a class that is no slug': ['explain', EVENT, '--class', 'Front Stalls'],
    'a price without a class': ['explain', EVENT, '--price', '4500'],
    'a price with a point': ['explain', EVENT, '--class', 'stalls', '--price', '45.00'],
    'a price below nothing': ['explain', EVENT, '--class', 'stalls', '--price=-1'],
    'a price beyond what is exact': ['explain', EVENT, '--class', 'stalls', '--price', '9007199254740992'],
    'a fee without a price': ['explain', EVENT, '--class', 'stalls', '--buyer-fee', '300'],
    'a language that we do not speak': ['explain', EVENT, '--language', 'nl'],
    'a gateway that is no address': ['explain', EVENT, '--gateway', 'localhost:8080'],
  };
  for (const [what, args] of Object.entries(WRONG))
    it(`answers ${what} with one line`, () => {
      const mistakes = mistakesOf(...args);
      expect(mistakes).to.have.length(1);
      expect(mistakes[0]).not.to.include('\n');
    });
});
