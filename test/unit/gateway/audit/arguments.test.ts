import { expect } from 'chai';
import { ConfigError } from '../../../../committee/service/configuration.js';
import { readArguments } from '../../../../gateway/audit/arguments.js';

const MARKET = 'OrganizerMSP:opening-night:m1';

describe('arguments of an audit', () => {
  it('name a market, and where to read and write', () => {
    const asked = readArguments(['market', MARKET, '--export', 'market.json', '--organization', 'VenueMSP', '--json']);
    expect(asked).to.deep.equal({ market: MARKET, exportTo: 'market.json', organization: 'VenueMSP', json: true });
    expect(readArguments(['market', MARKET])).to.include({ exportTo: undefined, organization: undefined, json: false });
  });

  for (const [args, line] of [
    [[], 'usage'],
    [['ticket', MARKET], 'usage'],
    [['market', MARKET, MARKET], 'usage'],
    [['market', 'OrganizerMSP:opening-night'], 'is not a market id'],
    [['market', MARKET, '--organization', 'a b'], '--organization'],
    [['market', MARKET, '--export', ''], '--export'],
    [['market', MARKET, '--colour'], 'usage'],
  ] as const)
    it(`are one clear line where they are wrong: ${args.join(' ')}`, () => {
      expect(() => readArguments(args)).to.throw(ConfigError, line);
    });
});
