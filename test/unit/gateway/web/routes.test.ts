import { expect } from 'chai';
import { match, segmentsOf } from '../../../../gateway/web/routes.js';

describe('addresses of the public window', () => {
  const routes = { '': 'season', 'events/:': 'event', 'ledger/blocks/:': 'block' };
  const at = (hash: string) => match(routes, segmentsOf(hash));

  it('leads to pages with what the address names', () => {
    expect(at('')).to.deep.equal({ show: 'season', parameters: [] });
    expect(at('#/events/OrganizerMSP:opening-night')).to.deep.equal({
      show: 'event',
      parameters: ['OrganizerMSP:opening-night'],
    });
    expect(at('#/ledger/blocks/7')).to.deep.equal({ show: 'block', parameters: ['7'] });
  });

  it('takes an encoded slash as part of what is named', () => {
    expect(at('#/events/a%2Fb').parameters).to.deep.equal(['a/b']);
  });

  it('knows no page for anything else', () => {
    expect(() => at('#/ledger/blocks')).to.throw(RangeError);
    expect(() => at('#/events/%zz')).to.throw(URIError);
  });
});
