/** Whatever of a market's records is not what it should be, the audit and the independent verifier say which, and it is the first thing that they say. */
import { expect } from 'chai';
import { decodeRecord, encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { isSound, pageOf } from '../../../../gateway/audit/page.js';
import type { AuditedTransaction } from '../../../../gateway/audit/transactions.js';
import { auditOf, exportedFrom } from '../../../support/audited.js';
import { withLetter } from '../../../support/curve.js';
import { verifyInPython } from '../../../support/python.js';
import type { SealedMarket } from '../../../support/sealed-market.js';
import { aWholeMarket, type Kind } from '../../../support/whole-markets.js';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-member-access -- tampering is with any member of any record */
type Any = any;
type Edit = (record: Any) => void;

const markets = new Map<Kind, SealedMarket>();
function whole(kind: Kind): SealedMarket {
  const made = markets.get(kind) ?? aWholeMarket(kind);
  markets.set(kind, made);
  return made;
}

/** Edits what the first transaction that writes such a key, of those where the edit changes something, is said to have written. */
function writing(key: RegExp, edit: Edit) {
  return (transactions: readonly AuditedTransaction[]): readonly AuditedTransaction[] => {
    let done = false;
    const edited = transactions.map((transaction) => ({
      ...transaction,
      writes: transaction.writes.map((write) => {
        if (done || !key.test(write.key)) return write;
        const record = decodeRecord(write.value);
        edit(record);
        const value = encodeRecord(record);
        done = !Buffer.from(value).equals(Buffer.from(write.value));
        return done ? { ...write, value } : write;
      }),
    }));
    if (!done) throw new Error(`nothing was tampered with at ${String(key)}`);
    return edited;
  };
}

const without =
  (kind: string, last = false) =>
  (transactions: readonly AuditedTransaction[]) => {
    const of = transactions.filter(({ commands }) => (commands[0] as Any)?.kind === kind);
    const dropped = last ? of.at(-1) : of[0];
    if (!dropped) throw new Error(`there is no ${kind}`);
    return transactions.filter((each) => each !== dropped);
  };

const flip = (record: Any, member: string): void => {
  record[member] = withLetter(record[member] as string, 9);
};

type Tamper = ReturnType<typeof writing>;
const LEDGER: readonly (readonly [what: string, kind: Kind, tamper: Tamper, key: RegExp])[] = [
  ['the terms', 'lottery', writing(/\/w\/1$/, (r) => (r.buyerFeeBps = 499)), /\/w\/1$/],
  ['a guarantee', 'lottery', writing(/\/w\/1\/q\//, (r) => (r.depositsMinor -= 1)), /\/w\/1\/q\//],
  ['a deposit', 'lottery', writing(/\/w\/1\/d\//, (r) => (r.amountMinor += 1)), /\/w\/1\/d\//],
  ['an order', 'lottery', writing(/\/w\/1\/o\//, (r) => flip(r, 'sealed')), /\/w\/1\/o\//],
  ['a missing order', 'lottery', without('market.order'), /\/w\/1\/f\/0$/],
  ['the close', 'lottery', without('market.close'), /\/w\/1$/],
  ['a page’s root', 'lottery', writing(/\/w\/1\/f\/0$/, (r) => flip(r, 'root')), /\/w\/1\/f\/0$/],
  ['the root', 'lottery', writing(/\/w\/1$/, (r) => r.root && flip(r, 'root')), /\/w\/1$/],
  ['a share', 'lottery', writing(/\/w\/1\/s\/1$/, (r) => flip(r, 'share')), /\/w\/1\/s\/1$/],
  ['the secret', 'lottery', writing(/\/w\/1$/, (r) => r.secret && flip(r, 'secret')), /\/w\/1$/],
  [
    'a void code',
    'lottery',
    writing(/\/w\/1\/p\/0$/, (r) => (r.orders.find((o: Any) => o.void).void = 'ORDER_MALFORMED')),
    /\/w\/1\/p\/0$/,
  ],
  [
    'an order that is void',
    'lottery',
    writing(/\/w\/1\/p\/0$/, (r) => delete r.orders.find((o: Any) => o.void).void),
    /\/w\/1\/p\/0$/,
  ],
  [
    'a person’s limit',
    'lottery',
    writing(/\/w\/1\/p\/0$/, (r) => ((Object.values(r.people)[0] as number[])[0]! += 1)),
    /\/w\/1\/p\/0$/,
  ],
  ['a place', 'ballot', writing(/\/w\/1\/u\/0$/, (r) => r['stage-a'].places.pop()), /\/w\/1\/u\/0$/],
  ['a place’s price', 'returns', writing(/\/w\/1\/u\/0$/, (r) => (r['stage-a'].totalMinor -= 1)), /\/w\/1\/u\/0$/],
  [
    'a winner',
    'lottery',
    writing(/\/w\/1\/r\/0$/, (r) => (r.trades[0].buyer = r.trades.at(-1).resale.seller)),
    /\/w\/1\/r\/0$/,
  ],
  [
    'swapped places',
    'ballot',
    writing(
      /\/w\/1\/r\/0$/,
      (r) => ([r.trades[0].ticket, r.trades[7].ticket] = [r.trades[7].ticket, r.trades[0].ticket]),
    ),
    /\/w\/1\/r\/0$/,
  ],
  ['a price', 'uniform-price', writing(/\/w\/1\/r\/0$/, (r) => (r.trades[0].totalMinor += 1)), /\/w\/1\/r\/0$/],
  ['the one price', 'uniform-price', writing(/\/w\/1$/, (r) => r.result && (r.result.prices.standard += 1)), /\/w\/1$/],
  [
    'who has a ticket',
    'lottery',
    writing(/\/t\/floor\//, (r) => r.resales && (r.holder = r.resales[0].seller)),
    /\/t\/floor\//,
  ],
  [
    'a royalty',
    'lottery',
    writing(/\/t\/floor\//, (r) => r.resales && (r.resales[0].royaltyMinor += 1)),
    /\/t\/floor\//,
  ],
  [
    'an entry',
    'lottery',
    writing(/\/m\//, (r) => r[0].length > 3 && r[0][2][2] === 'commission' && (r[0][2][1] += 1)),
    /\/m\//,
  ],
  ['a balance', 'lottery', writing(/\/h\//, (r) => r.balanceMinor && (r.balanceMinor += 1)), /\/h\//],
  ['what lapsed', 'ballot', writing(/\/w\/1\/t\/0$/, (r) => (r.lapsed['0'] = 'SEAT_ALREADY_SOLD')), /\/w\/1\/t\/0$/],
  ['a settlement that is not there', 'lottery', without('market.settle'), /\/w\/1\/t\/0$/],
  [
    'what is held after a release',
    'lottery',
    writing(/\/w\/1\/d\//, (r) => r.heldMinor === 0 && r.settled === undefined && (r.heldMinor = 1)),
    /\/w\/1\/d\//,
  ],
  ['a release that is not there', 'lottery', without('market.release', true), /\/w\/1\/d\//],
  ['the end of the lock', 'lottery', writing(/\/w$/, (r) => r.state === 'over' && (r.state = 'settling')), /\/w$/],
];

describe('a ledger that was tampered with', () => {
  for (const [what, kind, tamper, key] of LEDGER)
    it(`is found out by the audit: ${what}`, async () => {
      const { report } = await auditOf(whole(kind), tamper);
      expect(report.difference?.key, JSON.stringify(report)).to.match(key);
      expect([isSound(report), pageOf(report).includes('THE FIRST DIFFERENCE')]).to.deep.equal([false, true]);
    });

  it('is found out where a command writes what it does not say', async () => {
    const extra = (transactions: readonly AuditedTransaction[]) =>
      transactions.map((each) =>
        (each.commands[0] as Any)?.kind === 'market.clear'
          ? {
              ...each,
              writes: [
                ...each.writes,
                { key: `${whole('lottery').event}/h/somebody`, value: encodeRecord({ held: 1 }) },
              ],
            }
          : each,
      );
    const { report } = await auditOf(whole('lottery'), extra);
    expect(report.difference).to.deep.include({ found: { held: 1 }, expected: undefined });
  });

  it('is found out where something changes hands while the market settles', async () => {
    const event = whole('lottery').event;
    const meanwhile = (transactions: readonly AuditedTransaction[]) => {
      const at = transactions.findIndex(({ commands }) => (commands[0] as Any)?.kind === 'market.unseal');
      const key = `${event}/t/floor/A/1`;
      const sold = transactions
        .slice(0, at)
        .flatMap(({ writes }) => writes.filter((write) => write.key === key))
        .at(-1)!;
      const value = encodeRecord({ ...(decodeRecord(sold.value) as object), holder: 'somebody else' });
      const theft = { ...transactions[at]!, tx: 'theft', commands: [], writes: [{ key, value }] };
      return [...transactions.slice(0, at), theft, ...transactions.slice(at)];
    };
    const { report } = await auditOf(whole('lottery'), meanwhile);
    expect(report.difference).to.include({ key: `${event}/t/floor/A/1`, tx: 'theft' });
  });
});

const EXPORT: readonly (readonly [what: string, kind: Kind, edit: Edit, found: RegExp])[] = [
  ['the event’s key', 'lottery', (x) => (x.opening.eventKey = x.key.nodes[0]), /opening\.signature/],
  ['a deposit', 'lottery', (x) => x.deposits.pop(), /pages\[0\]\.opened\.orders/],
  ['a close', 'lottery', (x) => x.closings.pop(), /closings/],
  ['an order', 'lottery', (x) => flip(x.orders[0], 'sealed'), /pages\[0\]\.root/],
  ['a missing order', 'lottery', (x) => x.orders.pop(), /orderCount/],
  ['a page’s root', 'lottery', (x) => flip(x.pages[0], 'root'), /pages\[0\]\.root/],
  ['the root', 'lottery', (x) => flip(x, 'root'), /: root/],
  ['a share', 'lottery', (x) => (x.key.publicShares['1'] = x.key.publicShares['2']), /shares\[0\]\.share/],
  ['a share that is not there', 'lottery', (x) => x.shares.pop(), /: shares/],
  ['the key', 'lottery', (x) => (x.key.groupKey = x.key.publicShares['1']), /key\.groupKey/],
  ['the secret', 'lottery', (x) => flip(x, 'secret'), /: secret/],
  [
    'a void code',
    'lottery',
    (x) => (x.pages[0].opened.orders.find((o: Any) => o.void).void = 'ORDER_MALFORMED'),
    /opened\.orders\[\d+\]\.void/,
  ],
  [
    'an order’s limit',
    'ballot',
    (x) => (x.pages[0].opened.orders[0].bid.limitMinor += 1),
    /orders\[0\]\.bid\.limitMinor/,
  ],
  [
    'a person’s limit',
    'lottery',
    (x) => ((Object.values(x.pages[0].opened.people)[0] as number[])[0]! += 1),
    /opened\.people/,
  ],
  [
    'whose a ticket was',
    'lottery',
    (x) => ((Object.values(x.pages[0].ledger.tickets)[0] as Any).holder = 'nobody'),
    /orders\[\d+\]/,
  ],
  [
    'a key that speaks for a person',
    'lottery',
    (x) => ((Object.values(x.pages[0].ledger.enrolments)[0] as Any).key = 'A'),
    /orders\[\d+\]/,
  ],
  ['a place', 'ballot', (x) => x.supply[0]['stage-a'].places.pop(), /supply\[0\]/],
  ['a winner', 'lottery', (x) => (x.trades[0].buyer = x.trades[0].resale.seller), /trades\[0\]\.buyer/],
  ['swapped winners', 'returns', (x) => x.trades.reverse(), /trades\[0\]/],
  ['a price', 'uniform-price', (x) => (x.trades[0].totalMinor += 1), /trades\[0\]\.totalMinor/],
  ['the one price', 'uniform-price', (x) => (x.result.prices.standard += 1), /result\.prices\.standard/],
  ['an entry', 'lottery', (x) => (x.settlements[0].entries[0][1] += 1), /settlements\[0\]\.entries\[0\]\[1\]/],
  ['what lapsed', 'ballot', (x) => (x.settlements[0].lapsed['0'] = 'SEAT_ALREADY_SOLD'), /settlements\[0\]\.lapsed/],
  ['a released amount', 'lottery', (x) => (x.releases[0].entries[0][1] += 1), /releases\[0\]\.entries\[0\]\[1\]/],
  ['a release that is not there', 'lottery', (x) => x.releases.pop(), /: held\./],
];

describe('an export that was tampered with', function () {
  this.timeout(20_000);

  for (const [what, kind, edit, found] of EXPORT)
    it(`is found out by the independent verifier: ${what}`, async () => {
      const exported = await exportedFrom(whole(kind));
      edit(exported);
      const { code, stdout } = await verifyInPython(exported);
      expect([code, stdout.startsWith('THE FIRST DIFFERENCE')], stdout).to.deep.equal([1, true]);
      expect(stdout.split('\n')[0]).to.match(found);
    });
});
