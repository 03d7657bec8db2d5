import { expect } from 'chai';
import { decodePolicy, encodePolicy } from '../../../network/endorsement-policy.js';
import { nextMinor } from '../../../network/upgrade.js';
import { networkCodeOf } from './network-code-of.js';

describe('next version of the chaincode', () => {
  it('is the next minor one', () => {
    expect(['1.0', '1.9', '0.99', '2.3.7'].map(nextMinor)).to.deep.equal(['1.1', '1.10', '0.100', '2.4']);
  });

  it('must be given after a version of another form', () => {
    for (const version of ['', '1', 'v1.0', '1.0-rc1', '1.x'])
      expect(networkCodeOf(() => nextMinor(version))).to.equal('COMMAND_INVALID');
  });
});

describe('endorsement policy of a definition', () => {
  it('comes out as it went in', () => {
    const policy = { count: 2, mspIds: ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'] };
    expect(decodePolicy(encodePolicy(policy))).to.deep.equal(policy);
  });

  it('is unknown where it has another form', () => {
    expect(decodePolicy(new Uint8Array())).to.be.undefined;
  });
});
