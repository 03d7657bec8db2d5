import { expect } from 'chai';
import fc from 'fast-check';
import { resolveOrders, type ReadOrder, type VoidCode } from '../../../../chaincode/domain/market/resolve.js';
import { ASK, BID } from '../../../support/sealed-orders.js';

type Said = Partial<ReadOrder>;
const bid = (over: Partial<typeof BID> & { guests?: string[] } = {}): Said => ({
  bid: { ...BID, quantity: 4, ...over },
});
const ask = (ticket = ASK.ticket): Said => ({ ask: { ...ASK, ticket } });
const cancelled = { cancel: { bid: BID.name } };

/** Orders at the places 0, 1, …; Ann's unless they say otherwise, each with a digest of its own. */
const orders = (...said: readonly Said[]): ReadOrder[] =>
  said.map((each, at) => ({ at, credential: 'Ann', sequence: 0, digest: `digest ${at}`, ...each }));

interface Outcome {
  readonly counts: readonly number[];
  readonly voids: Readonly<Record<number, VoidCode>>;
}
function outcomeOf(all: readonly ReadOrder[]): Outcome {
  const { bids, asks, voids } = resolveOrders(all);
  const counts = [...bids, ...asks].map(({ at }) => at).sort((a, b) => a - b);
  return { counts, voids: Object.fromEntries(voids) };
}
const resolves = (what: string, said: readonly Said[], counts: readonly number[], voids: Outcome['voids'] = {}) =>
  it(what, () => {
    const all = orders(...said);
    expect(outcomeOf(all)).to.deep.equal({ counts, voids });
    const shuffled = fc.shuffledSubarray(all, { minLength: all.length });
    const check = (other: readonly ReadOrder[]) => void expect(outcomeOf(other)).to.deep.equal({ counts, voids });
    fc.assert(fc.property(shuffled, check), { numRuns: 20 });
  });

describe('orders that count', () => {
  resolves('are bids and asks, side by side', [bid(), ask()], [0, 1]);
  resolves('are those of the highest sequence', [bid(), { ...bid(), sequence: 7 }, { ...bid(), sequence: 3 }], [1], {
    0: 'ORDER_REPLACED',
    2: 'ORDER_REPLACED',
  });
  resolves(
    'are of each name and each ticket',
    [bid(), bid({ name: 'second' }), ask(), ask(`${ASK.ticket}1`)],
    [0, 1, 2, 3],
  );
  resolves('are of each person', [bid(), { ...bid(), credential: 'Ben' }], [0, 1]);
  resolves('are not those that are cancelled', [bid(), { ...cancelled, sequence: 1 }], [], { 0: 'ORDER_CANCELLED' });
  resolves(
    'are new ones after a cancellation',
    [bid(), { ...cancelled, sequence: 1 }, { ...bid(), sequence: 2 }],
    [2],
    {
      0: 'ORDER_REPLACED',
      1: 'ORDER_REPLACED',
    },
  );
  resolves(
    'are asks that nobody cancels',
    [ask(), { cancel: { ticket: ASK.ticket }, sequence: 1 }, ask('other')],
    [2],
    {
      0: 'ORDER_CANCELLED',
    },
  );
  resolves('are cancelled by their own person only', [bid(), { ...cancelled, sequence: 1, credential: 'Ben' }], [0]);
  resolves(
    'count once, however often the same came',
    [bid(), bid(), bid()].map((each) => ({ ...each, digest: 'same' })),
    [0],
    {
      1: 'ORDER_REPEATED',
      2: 'ORDER_REPEATED',
    },
  );
  resolves('are void both, where one sequence says two things', [bid(), bid({ quantity: 5 })], [], {
    0: 'ORDER_CONFLICT',
    1: 'ORDER_CONFLICT',
  });
  resolves(
    'are not revived by a conflict above them',
    [bid(), { ...bid(), sequence: 1 }, { ...bid({ quantity: 5 }), sequence: 1 }],
    [],
    { 0: 'ORDER_REPLACED', 1: 'ORDER_CONFLICT', 2: 'ORDER_CONFLICT' },
  );
  resolves('are void both, where one sequence bids and cancels', [bid(), cancelled], [], {
    0: 'ORDER_CONFLICT',
    1: 'ORDER_CONFLICT',
  });
  resolves(
    'do not fall with a conflict that was replaced',
    [bid(), bid({ quantity: 5 }), { ...bid(), sequence: 1 }],
    [2],
    {
      0: 'ORDER_REPLACED',
      1: 'ORDER_REPLACED',
    },
  );
  resolves('break no rule', [{ ...ask(), void: 'NOT_THE_HOLDER' }], [], { 0: 'NOT_THE_HOLDER' });
  resolves('are not revived by one that breaks a rule', [bid(), { ...bid(), sequence: 1, void: 'INVALID_FIELD' }], [], {
    0: 'ORDER_REPLACED',
    1: 'INVALID_FIELD',
  });
  resolves(
    'are the whole ones among copies',
    [
      { ...bid(), digest: 'same', void: 'SIGNATURE_INVALID' },
      { ...bid(), digest: 'same' },
    ],
    [1],
    { 0: 'SIGNATURE_INVALID' },
  );
  it('are none of none', () => expect(outcomeOf([])).to.deep.equal({ counts: [], voids: {} }));
});

describe('guests', () => {
  const of = (host: string, ...guests: string[]): Said => ({ ...bid({ guests }), credential: host });
  resolves('come with one host', [of('Ann', 'Cleo', 'Dan'), of('Ben', 'Eve')], [0, 1]);
  resolves(
    'come with several bids of their one host',
    [of('Ann', 'Cleo'), { ...bid({ name: 'second', guests: ['Cleo'] }) }],
    [0, 1],
  );
  resolves('of two hosts void both bids: they would be drawn twice', [of('Ann', 'Cleo'), of('Ben', 'Cleo')], [], {
    0: 'GUEST_REPEATED',
    1: 'GUEST_REPEATED',
  });
  resolves(
    'with a bid of their own void the host’s and keep theirs',
    [of('Ann', 'Cleo'), { ...bid(), credential: 'Cleo' }],
    [1],
    {
      0: 'GUEST_REPEATED',
    },
  );
  resolves('who are hosts void the bid that they come with', [of('Ann', 'Ben'), of('Ben', 'Cleo')], [1], {
    0: 'GUEST_REPEATED',
  });
  resolves(
    'of a bid that does not count are free',
    [of('Ann', 'Cleo'), { ...cancelled, sequence: 1 }, of('Ben', 'Cleo')],
    [2],
    { 0: 'ORDER_CANCELLED' },
  );
});
