import { expect } from 'chai';
import { ALWAYS } from '../../../../chaincode/domain/policy/parameter.js';
import {
  PARAMETER_NAMES,
  parameter,
  type ParameterName,
  type Policy,
} from '../../../../chaincode/domain/policy/parameters.js';
import { inheritPolicy, patchPolicy, requireFavourable } from '../../../../chaincode/domain/policy/policy.js';
import { refusalOf } from './refusal-of.js';

type Change<T> = readonly [before: T, after: T];
interface Row<T> {
  readonly favours: 'up' | 'down' | 'superset' | 'never';
  readonly allowed: readonly Change<T>[];
  readonly forbidden: readonly Change<T>[];
}

const window = (opensBeforeStartSeconds: number | null, closesBeforeStartSeconds: number) => ({
  opensBeforeStartSeconds,
  closesBeforeStartSeconds,
});
const WINDOWS: Row<Policy['salesWindow']> = {
  favours: 'superset',
  allowed: [
    [window(100, 10), window(200, 10)],
    [window(100, 10), window(100, 5)],
    [window(100, 10), ALWAYS],
  ],
  forbidden: [
    [window(100, 10), window(99, 10)],
    [window(100, 10), window(100, 11)],
    [window(100, 10), window(200, 20)],
    [ALWAYS, window(1_000_000, 0)],
  ],
};
/** A share that may only fall. */
const FEE: Row<number> = {
  favours: 'down',
  allowed: [
    [500, 499],
    [500, 0],
  ],
  forbidden: [
    [500, 501],
    [0, 1],
  ],
};
const LIMIT_UP: Row<number | null> = {
  favours: 'up',
  allowed: [
    [3, 4],
    [3, null],
  ],
  forbidden: [
    [3, 2],
    [null, 30],
  ],
};

/** Every parameter: a new one without its row does not compile. */
const TABLE: { readonly [N in ParameterName]: Row<Policy[N]> } = {
  jurisdiction: {
    favours: 'never',
    allowed: [],
    forbidden: [
      ['UK', 'IE'],
      ['UK', null],
      [null, 'BE'],
    ],
  },
  capBasis: {
    favours: 'never',
    allowed: [],
    forbidden: [
      ['face', 'face+fees'],
      ['face+fees', 'face'],
    ],
  },
  capBps: {
    favours: 'down',
    allowed: [
      [11_000, 10_999],
      [null, 20_000],
    ],
    forbidden: [
      [11_000, 11_001],
      [10_000, null],
    ],
  },
  platformFeeCapBps: {
    favours: 'down',
    allowed: [
      [null, 10_000],
      [500, 400],
    ],
    forbidden: [
      [500, 501],
      [500, null],
    ],
  },
  sellerFeeBps: FEE,
  buyerFeeBps: FEE,
  organizerRoyaltyBps: FEE,
  venueBps: FEE,
  feePayer: {
    favours: 'never',
    allowed: [],
    forbidden: [
      ['seller', 'buyer'],
      ['buyer', 'seller'],
    ],
  },
  authorisedResellers: {
    favours: 'superset',
    allowed: [
      [['AMSP'], ['BMSP', 'AMSP']],
      [['AMSP'], 'any'],
      [[], ['AMSP']],
    ],
    forbidden: [
      [['AMSP', 'BMSP'], ['AMSP']],
      [['AMSP'], ['BMSP', 'CMSP']],
      ['any', ['AMSP']],
    ],
  },
  credentialRequired: {
    favours: 'never',
    allowed: [],
    forbidden: [
      [true, false],
      [false, true],
    ],
  },
  perPersonLimit: {
    favours: 'up',
    allowed: [
      [
        { primary: 4, resale: 4 },
        { primary: 5, resale: 4 },
      ],
      [
        { primary: 4, resale: 4 },
        { primary: 4, resale: 5 },
      ],
    ],
    forbidden: [
      [
        { primary: 4, resale: 4 },
        { primary: 3, resale: 4 },
      ],
      [
        { primary: 4, resale: 4 },
        { primary: 9, resale: 3 },
      ],
    ],
  },
  complimentaryNotResellable: { favours: 'down', allowed: [[true, false]], forbidden: [[false, true]] },
  minHoldingPeriodSeconds: {
    favours: 'down',
    allowed: [[60, 59]],
    forbidden: [
      [60, 61],
      [0, 1],
    ],
  },
  maxHops: LIMIT_UP,
  habitualThreshold: LIMIT_UP,
  salesWindow: WINDOWS,
  resaleWindow: WINDOWS,
  resaleOpensAfter: {
    favours: 'down',
    allowed: [
      ['salesClose', 'soldOut'],
      ['soldOut', 'salesOpen'],
    ],
    forbidden: [
      ['salesOpen', 'soldOut'],
      ['soldOut', 'salesClose'],
    ],
  },
  transferWindow: WINDOWS,
  returnDeadlineSeconds: {
    favours: 'down',
    allowed: [
      [null, 86_400],
      [86_400, 3_600],
    ],
    forbidden: [
      [3_600, 86_400],
      [0, null],
    ],
  },
  transfer: { favours: 'up', allowed: [['forbidden', 'allowed']], forbidden: [['allowed', 'forbidden']] },
  market: {
    favours: 'superset',
    allowed: [
      ['direct', 'both'],
      ['sealed', 'both'],
    ],
    forbidden: [
      ['both', 'direct'],
      ['direct', 'sealed'],
      ['sealed', 'direct'],
    ],
  },
  clearing: {
    favours: 'never',
    allowed: [],
    forbidden: [
      ['lottery', 'uniform-price'],
      ['uniform-price', 'lottery'],
    ],
  },
  mustAllowTransfer: { favours: 'up', allowed: [[false, true]], forbidden: [[true, false]] },
  gateCheck: {
    favours: 'down',
    allowed: [
      ['document', 'sample'],
      ['sample', 'code'],
    ],
    forbidden: [
      ['code', 'sample'],
      ['sample', 'document'],
    ],
  },
  mandatoryDisclosure: {
    favours: 'superset',
    allowed: [
      [[], ['place']],
      [['place'], ['faceValue', 'place']],
    ],
    forbidden: [
      [['place'], []],
      [['place'], ['faceValue']],
    ],
  },
  refundFees: { favours: 'up', allowed: [['none', 'all']], forbidden: [['all', 'none']] },
  postponeClaimWindowSeconds: { favours: 'up', allowed: [[60, 61]], forbidden: [[60, 59]] },
};

const rulesWith = (name: ParameterName, value: unknown) => inheritPolicy([{ [name]: value }], {});

function changeOf(
  name: ParameterName,
  [before, after]: Change<unknown>,
): Readonly<Record<string, unknown>> | undefined {
  const rules = rulesWith(name, before);
  return refusalOf(() => requireFavourable(rules, patchPolicy(rules, { [name]: after }, {})));
}

describe('policy changes after sales have opened', () => {
  for (const name of PARAMETER_NAMES) {
    const row: Row<unknown> = TABLE[name];
    const { favours } = parameter(name);
    const values = [...row.allowed, ...row.forbidden].flat();

    describe(name, () => {
      it(`favours ${row.favours}`, () => {
        expect(favours).to.equal(row.favours);
      });
      for (const change of row.allowed)
        it(`may go from ${JSON.stringify(change[0])} to ${JSON.stringify(change[1])}`, () => {
          expect(changeOf(name, change)).to.equal(undefined);
        });
      for (const change of row.forbidden)
        it(`may not go from ${JSON.stringify(change[0])} to ${JSON.stringify(change[1])}`, () => {
          expect(changeOf(name, change)).to.deep.equal({
            code: 'POLICY_CHANGE_UNFAVOURABLE',
            field: `policy.${name}`,
            favours: row.favours,
          });
        });
      it('may stay as it is', () => {
        for (const value of values) expect(changeOf(name, [value, value])).to.equal(undefined);
      });
      it('is tested with values that the schema takes', () => {
        for (const value of values) expect(parameter(name).schema.safeParse(value).success).to.equal(true);
      });
    });
  }

  it('holds for a price class against what the class had from the event', () => {
    const rules = inheritPolicy([{ capBps: 12_000 }], {});
    const stricter = patchPolicy(rules, {}, { stalls: { capBps: 11_000 } });
    const looser = patchPolicy(rules, {}, { stalls: { capBps: 13_000 } });
    expect(refusalOf(() => requireFavourable(rules, stricter))).to.equal(undefined);
    expect(refusalOf(() => requireFavourable(rules, looser))).to.include({
      code: 'POLICY_CHANGE_UNFAVOURABLE',
      field: 'classes.stalls.capBps',
    });
  });

  it('sees through a class that keeps its own value while the event changes', () => {
    const rules = inheritPolicy([{ capBps: 12_000 }], { stalls: { capBps: 10_000 } });
    const after = patchPolicy(rules, { capBps: 11_000 }, {});
    expect(refusalOf(() => requireFavourable(rules, after))).to.equal(undefined);
    expect(after.classes).to.deep.equal(rules.classes);
  });
});
