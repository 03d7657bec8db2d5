import { expect } from 'chai';
import { auditOf } from '../../../support/audited.js';
import { aWholeMarket, KINDS } from '../../../support/whole-markets.js';

describe('an audit', function () {
  for (const kind of KINDS)
    it(`agrees with a whole market: ${kind}`, async () => {
      const { report } = await auditOf(aWholeMarket(kind));
      console.log(JSON.stringify(report));
      expect(report.difference).to.equal(undefined);
      expect(report.state).to.equal('finished');
    });
});
