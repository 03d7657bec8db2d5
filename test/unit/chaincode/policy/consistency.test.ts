import { expect } from 'chai';
import type { PolicyPart } from '../../../../chaincode/domain/policy/parameters.js';
import { inheritPolicy, requireLawfulPolicy, type PolicyClasses } from '../../../../chaincode/domain/policy/policy.js';
import { refusalOf } from './refusal-of.js';

const judged = (part: PolicyPart, classes: PolicyClasses = {}) =>
  refusalOf(() => requireLawfulPolicy(inheritPolicy([part], classes)));

describe('policy consistency', () => {
  it('takes the defaults', () => {
    expect(judged({})).to.equal(undefined);
  });

  it('does not forbid the transfer that must be allowed', () => {
    expect(judged({ mustAllowTransfer: true, transfer: 'forbidden' })).to.deep.equal({
      code: 'POLICY_INCONSISTENT',
      field: 'policy.transfer',
      because: 'policy.mustAllowTransfer',
    });
  });

  it('does not confine the transfer that must be allowed to a window, at either end', () => {
    for (const transferWindow of [
      { opensBeforeStartSeconds: 86_400, closesBeforeStartSeconds: 0 },
      { opensBeforeStartSeconds: null, closesBeforeStartSeconds: 1 },
    ])
      expect(judged({ mustAllowTransfer: true, transferWindow })).to.include({
        code: 'POLICY_INCONSISTENT',
        field: 'policy.transferWindow',
      });
  });

  it('looks at price classes too', () => {
    expect(judged({ venueBps: 5_000 }, { stalls: { sellerFeeBps: 5_001 } })).to.deep.equal({
      code: 'POLICY_INCONSISTENT',
      field: 'classes.stalls.sellerFeeBps',
      because: 'classes.stalls.feePayer',
    });
  });

  it('lets fee and shares take all of the price and no more from a seller', () => {
    const shares = { sellerFeeBps: 5_000, organizerRoyaltyBps: 3_000 };
    expect(judged({ ...shares, venueBps: 2_000 })).to.equal(undefined);
    expect(judged({ ...shares, venueBps: 2_001 })).to.deep.equal({
      code: 'POLICY_INCONSISTENT',
      field: 'policy.sellerFeeBps',
      because: 'policy.feePayer',
    });
    expect(judged({ ...shares, venueBps: 2_001, feePayer: 'buyer' })).to.equal(undefined);
  });
});
