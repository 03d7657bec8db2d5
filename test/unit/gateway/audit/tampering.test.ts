/** Whatever of a market's records is not what it should be, the audit and the independent verifier say which, and it is the first thing that they say. */
import { expect } from 'chai';
import { decodeRecord, encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { isSound, pageOf } from '../../../../gateway/audit/page.js';
import type { AuditedTransaction } from '../../../../gateway/audit/transactions.js';
import { auditOf, exportedFrom } from '../../../support/audited.js';
import { verifyInPython } from '../../../support/python.js';
import { drive } from '../../../support/market-steps.js';
import { persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import {
  changed,
  flipped,
  from,
  gone,
  has,
  plus,
  reversed,
  to,
  withoutLast,
  type Change,
} from '../../../support/tampering.js';
import { aWholeMarket, releaseAll, type Kind } from '../../../support/whole-markets.js';

const markets = new Map<Kind, SealedMarket>();
function whole(kind: Kind): SealedMarket {
  const made = markets.get(kind) ?? aWholeMarket(kind);
  markets.set(kind, made);
  return made;
}

type Ledger = readonly AuditedTransaction[];
type Tamper = (ledger: Ledger) => Ledger;

/** The first record of such a key that has the path, and `where`, is said to have been written otherwise. */
function writing(key: RegExp, path: string, change: Change, where = ''): Tamper {
  return (ledger) => {
    let done = false as boolean;
    const edited = ledger.map((transaction) => ({
      ...transaction,
      writes: transaction.writes.map((write) => {
        const record = decodeRecord(write.value);
        if (done || !key.test(write.key) || (where !== '' && !has(record, where))) return write;
        const after = changed(record, path, change);
        if (after === undefined) return write;
        done = true;
        return { ...write, value: encodeRecord(after) };
      }),
    }));
    if (!done) throw new Error(`nothing was tampered with at ${String(key)} ${path}`);
    return edited;
  };
}

const indexOf = (ledger: Ledger, kind: string): number =>
  ledger.findIndex(({ commands }) => commands.some((command) => (command as { readonly kind: string }).kind === kind));

/** As if it had never come. */
const without =
  (kind: string): Tamper =>
  (ledger) =>
    ledger.toSpliced(indexOf(ledger, kind), 1);
const withoutNewest: Tamper = (ledger) => ledger.slice(0, -1);

const LEDGER: readonly (readonly [what: string, kind: Kind, tamper: Tamper, key: RegExp])[] = [
  ['the terms', 'lottery', writing(/\/w\/1$/, 'buyerFeeBps', plus(-1)), /\/w\/1$/],
  ['a guarantee', 'lottery', writing(/\/w\/1\/q\//, 'depositsMinor', plus(-1)), /\/w\/1\/q\//],
  ['a deposit', 'lottery', writing(/\/w\/1\/d\//, 'amountMinor', plus(1)), /\/w\/1\/d\//],
  ['an order', 'lottery', writing(/\/w\/1\/o\//, 'sealed', flipped), /\/w\/1\/o\//],
  ['a missing order', 'lottery', without('market.order'), /\/w\/1\/f\/0$/],
  ['the close', 'lottery', without('market.close'), /\/w\/1$/],
  ['a page’s root', 'lottery', writing(/\/w\/1\/f\/0$/, 'root', flipped), /\/w\/1\/f\/0$/],
  ['the root', 'lottery', writing(/\/w\/1$/, 'root', flipped), /\/w\/1$/],
  ['a share', 'lottery', writing(/\/w\/1\/s\/1$/, 'share', flipped), /\/w\/1\/s\/1$/],
  ['the secret', 'lottery', writing(/\/w\/1$/, 'secret', flipped), /\/w\/1$/],
  ['a void code', 'lottery', writing(/\/w\/1\/p\/0$/, 'orders.?.void', to('ORDER_MALFORMED')), /\/w\/1\/p\/0$/],
  ['an order that is void', 'lottery', writing(/\/w\/1\/p\/0$/, 'orders.?.void', gone), /\/w\/1\/p\/0$/],
  ['a person’s limit', 'lottery', writing(/\/w\/1\/p\/0$/, 'people.?.0', plus(1)), /\/w\/1\/p\/0$/],
  ['a place', 'ballot', writing(/\/w\/1\/u\/0$/, 'stage-a.places', withoutLast), /\/w\/1\/u\/0$/],
  ['a place’s price', 'returns', writing(/\/w\/1\/u\/0$/, 'stage-a.totalMinor', plus(-1)), /\/w\/1\/u\/0$/],
  ['a winner', 'lottery', writing(/\/w\/1\/r\/0$/, 'trades.0.buyer', to('somebody')), /\/w\/1\/r\/0$/],
  ['swapped winners', 'ballot', writing(/\/w\/1\/r\/0$/, 'trades', reversed), /\/w\/1\/r\/0$/],
  ['a price', 'uniform-price', writing(/\/w\/1\/r\/0$/, 'trades.0.totalMinor', plus(1)), /\/w\/1\/r\/0$/],
  ['the one price', 'uniform-price', writing(/\/w\/1$/, 'result.prices.standard', plus(1)), /\/w\/1$/],
  ['who has a ticket', 'lottery', writing(/\/t\/floor\//, 'holder', to('somebody'), 'resales'), /\/t\/floor\//],
  ['a royalty', 'lottery', writing(/\/t\/floor\//, 'resales.0.royaltyMinor', plus(1)), /\/t\/floor\//],
  ['an entry', 'lottery', writing(/\/m\//, '0.2.1', plus(1), '0.7'), /\/m\//],
  ['a balance', 'lottery', writing(/\/h\//, 'balanceMinor', plus(1)), /\/h\//],
  ['what lapsed', 'ballot', writing(/\/w\/1\/t\/0$/, 'lapsed', to({ 0: 'SEAT_ALREADY_SOLD' })), /\/w\/1\/t\/0$/],
  ['a settlement that is not there', 'lottery', without('market.settle'), /\/w\/1\/t\/0$/],
  ['what is held after a release', 'lottery', writing(/\/w\/1\/d\//, 'heldMinor', from(0, 1)), /\/w\/1\/d\//],
  ['a release that is not there', 'lottery', withoutNewest, /\/w\/1\/d\//],
  ['the end of the lock', 'lottery', writing(/\/w$/, 'state', from('over', 'settling')), /\/w$/],
];

describe('a ledger that was tampered with', () => {
  for (const [what, kind, tamper, key] of LEDGER)
    it(`is found out by the audit: ${what}`, async () => {
      const { report } = await auditOf(whole(kind), tamper);
      expect(report.difference?.key, JSON.stringify(report)).to.match(key);
      expect([isSound(report), pageOf(report).includes('THE FIRST DIFFERENCE')]).to.deep.equal([false, true]);
    });

  it('is found out where a step writes what it does not say', async () => {
    const market = whole('lottery');
    const gift = { key: `${market.event}/h/somebody`, value: encodeRecord({ held: 1 }) };
    const { report } = await auditOf(market, (ledger) => {
      const at = indexOf(ledger, 'market.clear');
      return ledger.map((each, index) => (index === at ? { ...each, writes: [...each.writes, gift] } : each));
    });
    expect(report.difference).to.include({ key: gift.key });
  });

  it('is found out where something changes hands while the market settles', async () => {
    const market = whole('lottery');
    const key = `${market.event}/t/floor/A/1`;
    const { report } = await auditOf(market, (ledger) => {
      const at = indexOf(ledger, 'market.unseal');
      const sold = ledger.slice(0, at).flatMap(({ writes }) => writes.filter((write) => write.key === key));
      const value = encodeRecord(changed(decodeRecord(sold.at(-1)?.value), 'holder', to('somebody')));
      return ledger.toSpliced(at, 0, { ...ledger[at]!, tx: 'theft', commands: [], writes: [{ key, value }] });
    });
    expect(report.difference).to.include({ key, tx: 'theft' });
  });
});

const EXPORT: readonly (readonly [what: string, kind: Kind, path: string, change: Change, found: RegExp])[] = [
  ['the event’s key', 'lottery', 'opening.eventKey.x', flipped, /opening\.signature/],
  ['a deposit', 'lottery', 'deposits', withoutLast, /pages\[0\]\.opened\.orders/],
  ['a close', 'lottery', 'closings', withoutLast, /closings/],
  ['an order', 'lottery', 'orders.0.sealed', flipped, /pages\[0\]\.root/],
  ['a missing order', 'lottery', 'orders', withoutLast, /orderCount/],
  ['a page’s root', 'lottery', 'pages.0.root', flipped, /pages\[0\]\.root/],
  ['the root', 'lottery', 'root', flipped, /: root/],
  ['a share', 'lottery', 'key.publicShares.1', flipped, /shares\[0\]\.share/],
  ['a share that is not there', 'lottery', 'shares', withoutLast, /: shares/],
  ['the key', 'lottery', 'key.groupKey', flipped, /key\.groupKey/],
  ['the secret', 'lottery', 'secret', flipped, /: secret/],
  ['a void code', 'lottery', 'pages.0.opened.orders.?.void', to('ORDER_MALFORMED'), /opened\.orders\[\d+\]\.void/],
  ['an order’s limit', 'ballot', 'pages.0.opened.orders.0.bid.limitMinor', plus(1), /orders\[0\]\.bid\.limitMinor/],
  ['a person’s limit', 'lottery', 'pages.0.opened.people.?.0', plus(1), /opened\.people/],
  ['whose a ticket was', 'lottery', 'pages.0.ledger.tickets.?.holder', to('somebody'), /orders\[\d+\]/],
  ['whose key it is', 'lottery', 'pages.0.ledger.enrolments.?.key', to('another'), /orders\[\d+\]/],
  ['a place', 'ballot', 'supply.0.stage-a.places', withoutLast, /supply\[0\]/],
  ['a winner', 'lottery', 'trades.0.buyer', to('somebody'), /trades\[0\]\.buyer/],
  ['swapped winners', 'returns', 'trades', reversed, /trades\[0\]/],
  ['a price', 'uniform-price', 'trades.0.totalMinor', plus(1), /trades\[0\]\.totalMinor/],
  ['the one price', 'uniform-price', 'result.prices.standard', plus(1), /result\.prices\.standard/],
  ['an entry', 'lottery', 'settlements.0.entries.0.1', plus(1), /settlements\[0\]\.entries\[0\]\[1\]/],
  ['what lapsed', 'ballot', 'settlements.0.lapsed', to({ 0: 'SEAT_ALREADY_SOLD' }), /settlements\[0\]\.lapsed/],
  ['a released amount', 'lottery', 'releases.0.entries.0.1', plus(1), /releases\[0\]\.entries\[0\]\[1\]/],
  ['a release that is not there', 'lottery', 'releases', withoutLast, /: held\./],
];

describe('an export with a deposit that was taken back', () => {
  const withdrawn = () => {
    const market = sealedMarket();
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    market.ask(ann, market.ticket(ann, 'floor:A:1'));
    for (const bidder of [ben, cem]) market.bid(bidder);
    market.take(market.withdrawal(cem));
    drive(market, 'finished');
    releaseAll(market);
    return market;
  };
  const CHANGES: readonly (readonly [what: string, path: string, change: Change, found: RegExp])[] = [
    ['is not there', 'deposits', withoutLast, /orders\[2\]/],
    ['is forged', 'deposits.2', flipped, /deposits\[2\]|a statement/],
    ['is there before the deposit', 'deposits', reversed, /deposits\[0\]: a deposit/],
  ];

  for (const [what, path, change, found] of CHANGES)
    it(`is found out by the independent verifier where the withdrawal ${what}`, async () => {
      const { code, stdout } = await verifyInPython(changed(await exportedFrom(withdrawn()), path, change));
      expect([code, stdout.startsWith('THE FIRST DIFFERENCE')], stdout).to.deep.equal([1, true]);
      expect(stdout.split('\n')[0]).to.match(found);
    });

  it('is found out by the audit where more came back', async () => {
    const { report } = await auditOf(withdrawn(), (ledger) => {
      const at = indexOf(ledger, 'market.withdraw');
      const gift = (write: { key: string; value: Uint8Array }) =>
        write.key.includes('/h/')
          ? { ...write, value: encodeRecord(changed(decodeRecord(write.value), 'balanceMinor', plus(1))) }
          : write;
      return ledger.map((each, index) => (index === at ? { ...each, writes: each.writes.map(gift) } : each));
    });
    expect(report.difference?.key).to.match(/\/h\//);
  });
});

describe('an export that was tampered with', () => {
  for (const [what, kind, path, change, found] of EXPORT)
    it(`is found out by the independent verifier: ${what}`, async () => {
      const { code, stdout } = await verifyInPython(changed(await exportedFrom(whole(kind)), path, change));
      expect([code, stdout.startsWith('THE FIRST DIFFERENCE')], stdout).to.deep.equal([1, true]);
      expect(stdout.split('\n')[0]).to.match(found);
    });
});
