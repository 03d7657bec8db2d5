import { expect } from 'chai';
import { Book, type BookedBlock } from '../../../../gateway/statements/book.js';
import { Currencies } from '../../../../gateway/statements/currencies.js';
import { timeOf, type Line } from '../../../../gateway/statements/line.js';
import {
  aSaleOf,
  aTransaction,
  EVENT,
  genesis,
  MemoryChain,
  NOON_MS,
  ORGANIZER,
  RESELLER,
  VENUE,
  type TransactionOptions,
} from './a-chain.js';

const TARIFF = { since: '2020-01-01T00:00:00Z', currency: 'CHF', perCommandMinor: 5 };
const MINUTE_MS = 60_000;

/** Each block of one transaction, after the genesis. */
function booked(transactions: readonly TransactionOptions[], tariffs = [TARIFF]): readonly BookedBlock[] {
  const chain = new MemoryChain(genesis(), ...transactions.map((each) => [aTransaction(each)]));
  const book = new Book({ tariffs, currencies: new Currencies() });
  return chain.blocks.map((block) => book.post(block)).slice(1);
}
const linesOf = (transactions: readonly TransactionOptions[], tariffs = [TARIFF]): readonly Line[] =>
  booked(transactions, tariffs).flatMap(({ lines }) => lines);
const timesOf = (transactions: readonly TransactionOptions[]): readonly string[] =>
  booked(transactions).map(({ lines }) => (lines[0] ? timeOf(lines[0]).slice(11, 19) : ''));
const brief = ({ account, amountMinor, kind, currency }: Line) => [account, amountMinor, kind, currency];

describe('book', () => {
  it('has a line for each entry of an accepted command, with its place on the ledger and the event’s currency', () => {
    const lines = linesOf([{ commands: [aSaleOf()] }], []);
    expect(lines.map(brief)).to.deep.equal([
      [RESELLER, -2200, 'collected', 'EUR'],
      [ORGANIZER, 2000, 'face', 'EUR'],
      [RESELLER, 200, 'fee', 'EUR'],
    ]);
    expect(lines.map(({ block, index, entry }) => [block, index, entry])).to.deep.equal([
      [1, 0, 0],
      [1, 0, 1],
      [1, 0, 2],
    ]);
    expect(lines[1]).to.include({ event: EVENT, bookedAtMs: NOON_MS, counterparty: RESELLER });
    expect(lines[0]).not.to.have.property('counterparty');
  });

  it('adds the operators’ fee for each newly accepted command', () => {
    const fee = linesOf([{ commands: [[], []], endorsers: [RESELLER, VENUE] }]);
    expect(fee.map(brief)).to.deep.equal([
      [RESELLER, -5, 'operators-fee', 'CHF'],
      [VENUE, 5, 'operators-fee', 'CHF'],
      [RESELLER, -5, 'operators-fee', 'CHF'],
      [RESELLER, 5, 'operators-fee', 'CHF'],
    ]);
    expect(fee[0]).to.include({ counterparty: VENUE }).and.not.to.have.property('event');
  });

  it('takes no fee for commands that are answered with their first receipt', () => {
    const [first] = [aTransaction()];
    const replay = { ...aTransaction({ commands: [] }), event: first.event };
    const again = { ...aTransaction({ commands: [] }), event: first.event, writes: first.writes };
    const book = new Book({ tariffs: [TARIFF], currencies: new Currencies() });
    const chain = new MemoryChain([first], [replay], [again]);
    const lines = chain.blocks.map((block) => book.post(block).lines.length);
    expect(lines).to.deep.equal([4, 0, 0]);
  });

  it('takes no fee for what an organization could have endorsed alone', () => {
    const key = `consortium/k/${RESELLER}`;
    const alone = aTransaction({ commands: [] });
    const forged = {
      ...alone,
      timestampMs: NOON_MS + 10 * MINUTE_MS,
      writes: [{ key, value: Buffer.from(JSON.stringify({ tx: alone.tx })) }],
      event: JSON.stringify([['keys.revoke', null, key]]),
    };
    const book = new Book({ tariffs: [TARIFF], currencies: new Currencies() });
    const chain = new MemoryChain([forged], [aTransaction()]);
    const [first, second] = chain.blocks.map((block) => book.post(block).lines);
    expect(first).to.deep.equal([]);
    expect(second?.[0]?.bookedAtMs).to.equal(NOON_MS);
  });

  it('sums to zero over all accounts, in every currency', () => {
    const lines = linesOf([
      { commands: [aSaleOf(), aSaleOf(VENUE)], endorsers: [RESELLER, VENUE, ORGANIZER] },
      {
        commands: [
          [
            ['holder:fan', 70, 'proceeds'],
            [RESELLER, -70, 'collected'],
          ],
        ],
        submitter: ORGANIZER,
      },
    ]);
    for (const currency of ['EUR', 'CHF']) {
      const own = lines.filter((line) => line.currency === currency);
      expect(own).not.to.be.empty;
      expect(own.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).to.equal(0);
    }
  });

  it('never books earlier than the block before, whatever a transaction held back says', () => {
    const at = (minutes: number) => ({ atMs: NOON_MS + minutes * MINUTE_MS });
    expect(timesOf([at(0), at(5), at(1), at(6)])).to.deep.equal(['12:00:00', '12:05:00', '12:05:00', '12:06:00']);
  });

  it('does not let a transaction that accepted nothing move the time', () => {
    const late = { atMs: Date.parse('2099-01-01T00:00:00Z'), commands: [] };
    const [, after] = timesOf([{ ...late, writes: { 'consortium/k/VenueMSP': {} } }, {}]);
    expect(after).to.equal('12:00:00');
  });

  it('needs as many endorsers as the definition says that was in force', () => {
    const three = { needed: 3, organizations: [ORGANIZER, RESELLER, VENUE] };
    const call = { endorsers: [ORGANIZER, VENUE, RESELLER] };
    const paid = linesOf([call, { commands: [], policy: three }, call])
      .filter(({ amountMinor }) => amountMinor > 0)
      .map(({ block, account }) => [block, account]);
    expect(paid).to.deep.equal([
      [1, ORGANIZER],
      [1, VENUE],
      [3, ORGANIZER],
      [3, VENUE],
      [3, RESELLER],
    ]);
  });

  describe('counts nothing of a record that the rules would not write', () => {
    const of = (writes: (tx: string) => Readonly<Record<string, unknown>>) => {
      const transaction = aTransaction({ commands: [] });
      const extra = Object.entries(writes(transaction.tx)).map(([key, record]) => ({
        key,
        value: Buffer.from(typeof record === 'string' ? record : JSON.stringify(record)),
      }));
      const chain = new MemoryChain(genesis(), [{ ...transaction, writes: extra }]);
      const book = new Book({ tariffs: [], currencies: new Currencies() });
      const [, last] = chain.blocks.map((block) => book.post(block));
      return last!;
    };
    const sale = ['ResellerMSP/payment-1', ...aSaleOf()];
    const cases: Readonly<Record<string, (tx: string) => Readonly<Record<string, unknown>>>> = {
      'that does not sum to zero': (tx) => ({ [`${EVENT}/m/${tx}`]: [sale, ['A/b', [VENUE, 1, 'fee']]] }),
      'under another transaction’s id': () => ({ [`${EVENT}/m/other`]: [sale] }),
      'that is no JSON': (tx) => ({ [`${EVENT}/m/${tx}`]: '[[' }),
      'with a fraction': (tx) => ({ [`${EVENT}/m/${tx}`]: [['A/b', [VENUE, 0.5, 'fee'], [RESELLER, -0.5, 'fee']]] }),
      'with an account that is none': (tx) => ({ [`${EVENT}/m/${tx}`]: [['A/b', ['=cmd', 0, 'fee']]] }),
      'of an event that nobody created': (tx) => ({ [`${ORGANIZER}:other/m/${tx}`]: [sale] }),
      'that was deleted': (tx) => ({ [`${EVENT}/m/${tx}`]: '' }),
    };
    for (const [what, writes] of Object.entries(cases)) {
      it(what, () => {
        const { lines, faults } = of(writes);
        expect(lines).to.deep.equal([]);
        expect(faults).to.have.length(1);
      });
    }

    it('and books what the rules would', () => {
      const { lines, faults } = of((tx) => ({ [`${EVENT}/m/${tx}`]: [sale] }));
      expect([lines.length, faults.length]).to.deep.equal([3, 0]);
    });
  });

  it('keeps an event’s first currency', () => {
    const rewritten = { commands: [], writes: { [`${EVENT}/e`]: { currency: 'USD' } } };
    expect(linesOf([rewritten, { commands: [aSaleOf()] }], [])[0]?.currency).to.equal('EUR');
  });
});
