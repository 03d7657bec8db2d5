import { expect } from 'chai';
import { auditOf, exportedFrom } from '../../../support/audited.js';
import { verifyInPython } from '../../../support/python.js';
import { aWholeMarket, KINDS } from '../../../support/whole-markets.js';

describe('an audit', function () {
  for (const kind of KINDS)
    it(`agrees with a whole market, and so does the independent verifier: ${kind}`, async () => {
      const market = aWholeMarket(kind);
      const { report } = await auditOf(market);
      expect(report.difference).to.equal(undefined);
      expect(report.state).to.equal('finished');
      const { code, stdout } = await verifyInPython(await exportedFrom(market));
      expect([code, stdout.split(';')[0]]).to.deep.equal([0, `${market.id}: finished`], stdout);
    });
});
