/** A deposit taken back while its market is open: whole, by its owner, through anybody; not across the close, and never of a later deposit. */
import { expect } from 'chai';
import { holderKey, organizationKey } from '../../../../chaincode/domain/keys.js';
import { depositKey, guaranteeKey } from '../../../../chaincode/domain/market/keys.js';
import { submitAtOnce } from '../../../support/at-once.js';
import { anEnrolment } from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import { balanceOf, booksOf } from '../../../support/market.js';
import { drive, ordersOf, SETTLING, steps, submitStep, tradesOf } from '../../../support/market-steps.js';
import { aBid, CLOSES, drawing, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { aPayout } from '../../../support/settlements.js';
import { anEventChange, newKey, type Command } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const BY_RESELLER = { caller: 'ResellerMSP' } as const;
/** Another than the one that has the money. */
const BY_VENUE = { caller: 'VenueMSP' } as const;
const BEFORE = '2027-03-02T11:59:59Z';
const WITH_OTHER = { reseller: 'OtherResellerMSP' } as const;

/** Ann has deposited 30.00 with ResellerMSP. */
function deposited(market = sealedMarket()) {
  const [ann, ben] = persons(market, 'Ann', 'Ben');
  const { ledger } = market.scene;
  market.take(market.deposit(ann));
  const submit = (command: Command, options: object = {}) => ledger.submit(command, { ...BY_VENUE, ...options });
  const depositFor = (by: typeof ann) => ledger.read(depositKey(market.event, 1, by.credential));
  return { market, ann, ben, ledger, submit, depositFor };
}

const lastVoid = (market: SealedMarket) => ordersOf(drive(market, 'cleared')).at(-1)!.void;

describe('the withdrawal of a deposit', () => {
  it('gives all of it back to the person’s balance, through any organization, and is paid out', () => {
    const { market, ann, ledger, submit, depositFor } = deposited();
    market.take(market.deposit(ann, { amountMinor: 6000 }));
    expect(expectAccepted(submit(market.withdrawal(ann)))).to.include({ releasedMinor: 9000 });
    expect(depositFor(ann)).to.deep.equal({ reseller: 'ResellerMSP', amountMinor: 0, heldMinor: 0 });
    const [entries] = ledger.written.filter(({ key }) => key.includes('/m/')).map(({ record: lines }) => lines);
    expect((entries as unknown[][])[0]!.slice(1)).to.deep.equal([
      ['escrow:deposits', -9000, 'release'],
      [`holder:${ann.credential}`, 9000, 'release'],
    ]);
    expect(balanceOf(ledger, market.event, ann)).to.equal(9000);
    expectAccepted(ledger.submit(aPayout(market.scene.event, ann, 9000), BY_RESELLER));
    const { 'escrow:deposits': escrow, ResellerMSP } = booksOf(ledger, market.event);
    expect([escrow, ResellerMSP]).to.deep.equal([0, 0]);
  });

  it('frees the guarantee of the reseller that had it', () => {
    const { market, ben, ledger, submit } = deposited();
    const take = (by: typeof ben, amountMinor: number) =>
      ledger.submit(market.deposit(by, { ...WITH_OTHER, amountMinor }), { caller: 'OtherResellerMSP' });
    expectAccepted(take(ben, 12_000));
    const [cem] = persons(market, 'Cem');
    expectRefusal(take(cem, 3000), 'GUARANTEE_EXCEEDED', 'deposit.reseller');
    expectAccepted(submit(market.withdrawal(ben, WITH_OTHER)));
    const used = (msp: string) => ledger.read(guaranteeKey(market.event, 1, msp));
    expect([used('OtherResellerMSP'), used('ResellerMSP')]).to.deep.equal([
      { depositsMinor: 0 },
      { depositsMinor: 3000 },
    ]);
    expectAccepted(take(cem, 12_000));
  });

  it('leaves room for another deposit, also with another reseller', () => {
    const { market, ann, ledger, submit, depositFor } = deposited();
    const elsewhere = () => ledger.submit(market.deposit(ann, WITH_OTHER), { caller: 'OtherResellerMSP' });
    expectRefusal(elsewhere(), 'DEPOSIT_MISMATCH', 'deposit.reseller');
    expectAccepted(submit(market.withdrawal(ann)));
    expect(expectAccepted(elsewhere())).to.include({ depositedMinor: 3000 });
    const record = { reseller: 'OtherResellerMSP', amountMinor: 3000, heldMinor: 3000 };
    expect(depositFor(ann)).to.deep.equal(record);
    market.take(market.order(ann, aBid(WITH_OTHER)));
    expect(lastVoid(market)).to.equal(undefined);
  });

  it('leaves its bids without a deposit, those for nothing too', () => {
    for (const limitMinor of [3000, 0]) {
      const { market, ann, submit } = deposited();
      market.take(market.order(ann, aBid({ limitMinor })));
      expectAccepted(submit(market.withdrawal(ann)));
      expect(lastVoid(market)).to.equal('DEPOSIT_MISSING');
    }
  });

  it('lets a ballot go on without it, and nothing is released twice', () => {
    const { market, ann, ben, ledger, submit } = deposited(drawing('ballot'));
    market.take(market.order(ann, aBid({ priceClass: 'ballot' })));
    market.bid(ben, { priceClass: 'ballot' });
    expectAccepted(submit(market.withdrawal(ann)));
    drive(market, 'finished');
    expect(tradesOf(market).map(({ bidder }) => bidder)).to.deep.equal([ben.credential]);
    expectRefusal(submitStep(market, steps.release(market, ann.credential)), 'NOTHING_DUE', 'credential');
    expect([balanceOf(ledger, market.event, ann), booksOf(ledger, market.event)['escrow:deposits']]).to.deep.equal([
      3000, 0,
    ]);
  });

  it('counts once: said again it does not touch a later deposit', () => {
    const { market, ann, ledger, submit, depositFor } = deposited();
    const withdrawal = market.withdrawal(ann);
    expectAccepted(submit(withdrawal));
    market.take(market.deposit(ann, { amountMinor: 6000 }));
    const again = submit(withdrawal, BY_RESELLER);
    expect(again).to.include({ replayed: true });
    expect(expectAccepted(again)).to.include({ releasedMinor: 3000 });
    expect([depositFor(ann)!.heldMinor, balanceOf(ledger, market.event, ann)]).to.deep.equal([6000, 3000]);
  });

  it('is of what is there, with the reseller that has it', () => {
    const { market, ann, ben, submit } = deposited();
    expectRefusal(submit(market.withdrawal(ben)), 'NOTHING_DUE', 'withdrawal.credential');
    expectRefusal(submit(market.withdrawal(ann, WITH_OTHER)), 'DEPOSIT_MISMATCH', 'withdrawal.reseller');
    expectAccepted(submit(market.withdrawal(ann)));
    expectRefusal(submit(market.withdrawal(ann)), 'NOTHING_DUE', 'withdrawal.credential');
  });

  it('is signed by its owner, of this market and of now', () => {
    const { market, ann, submit } = deposited();
    const thief = { ...newKey('thief'), credential: ann.credential };
    expectRefusal(submit(market.withdrawal(thief)), 'KEY_NOT_VALID', 'withdrawal.header.jwk');
    const stranger = holderAt(market.event, 'Nobody');
    expectRefusal(submit(market.withdrawal(stranger)), 'UNKNOWN_CREDENTIAL', 'withdrawal.credential');
    const statement = String(market.withdrawal(ann).statement);
    const forged = `${statement.slice(0, statement.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
    expectRefusal(submit({ kind: 'market.withdraw', statement: forged }), 'SIGNATURE_INVALID', 'withdrawal');
    expectRefusal(submit(market.withdrawal(ann, { exp: 1 })), 'STATEMENT_EXPIRED', 'withdrawal.exp');
    expectRefusal(submit(market.withdrawal(ann, { channel: 'other' })), 'WRONG_CHANNEL', 'withdrawal.channel');
    expectRefusal(submit(market.withdrawal(ann, { market: 2 })), 'UNKNOWN_MARKET', 'market');
    const { statement: deposit } = market.deposit(ann);
    expectRefusal(submit({ kind: 'market.withdraw', statement: deposit }), 'INVALID_FIELD', 'withdrawal.header.typ');
  });

  it('waits while somebody else claims to be its owner', () => {
    const { market, ann, ledger, submit } = deposited();
    const phone = holderAt(market.event, 'Ann', 'new phone');
    ledger.accept(anEnrolment(market.scene.committee, market.event, phone, 1));
    expectRefusal(submit(market.withdrawal(ann)), 'KEY_REPLACEMENT_PENDING', 'withdrawal');
  });

  it('is submitted by a box office, whether or not the reseller is in good standing', () => {
    const { market, ann, ledger, submit } = deposited();
    const caller = { mspId: 'VenueMSP', attributes: new Set(['admin', 'committee', 'gate']) };
    expectRefusal(submit(market.withdrawal(ann), { caller }), 'NOT_AUTHORISED', 'caller.attributes');
    const reseller = organizationKey('ResellerMSP');
    ledger.put(reseller, { ...ledger.read(reseller)!, status: 'suspended' });
    expectRefusal(submit(market.withdrawal(ann), BY_RESELLER), 'ORGANIZATION_NOT_ACTIVE', 'caller.mspId');
    expectAccepted(submit(market.withdrawal(ann)));
  });

  it('is possible before the close only, also of a cancelled event', () => {
    const { market, ann, ben, ledger, submit } = deposited();
    market.take(market.deposit(ben));
    expectRefusal(submit(market.withdrawal(ann), { now: CLOSES }), 'MARKET_NOT_OPEN', 'market');
    ledger.accept(anEventChange(market.scene.event));
    expectAccepted(submit(market.withdrawal(ann), { now: BEFORE }));
    const other = deposited();
    for (const state of ['closed', 'frozen', 'revealed', 'cleared', 'finished'] as const) {
      drive(other.market, state);
      const late = other.submit(other.market.withdrawal(other.ann), { now: BEFORE });
      expectRefusal(late, 'MARKET_NOT_OPEN', 'market');
    }
  });

  it('excludes with the close: one that was endorsed before and held back does not come through', () => {
    const options = [
      { ...BY_VENUE, now: SETTLING },
      { ...BY_VENUE, now: BEFORE },
    ];
    const at = deposited();
    const held = submitAtOnce(at.ledger, [[steps.close(at.market)], [at.market.withdrawal(at.ann)]], options);
    expect([held[0]?.[0]?.accepted, held[1]]).to.deep.equal([true, undefined]);
    expect(at.depositFor(at.ann)!.heldMinor).to.equal(3000);
    // In the other order it stands, and the close too.
    const again = deposited();
    const batches = [[again.market.withdrawal(again.ann)], [steps.close(again.market)]];
    const taken = submitAtOnce(again.ledger, batches, options.toReversed());
    expect(taken.map((each) => each?.[0]?.accepted)).to.deep.equal([true, true]);
    expect(again.depositFor(again.ann)!.heldMinor).to.equal(0);
  });

  it('conflicts with another deposit or withdrawal of the same person, and a balance stays what it is', () => {
    const { market, ann, ledger } = deposited();
    const batches = [[market.withdrawal(ann)], [market.withdrawal(ann)], [market.deposit(ann)]];
    const outcomes = submitAtOnce(ledger, batches, BY_RESELLER);
    expect(outcomes.map((each) => each?.[0]?.accepted)).to.deep.equal([true, undefined, undefined]);
    expect(balanceOf(ledger, market.event, ann)).to.equal(3000);
  });

  it('ends where so much waits to be paid out that a settlement could overflow', () => {
    const { market, ann, ledger, submit } = deposited();
    const key = holderKey(market.event, ann.credential);
    const owing = (balanceMinor: number) =>
      ledger.put(key, { held: 0, boughtPrimary: 0, ...ledger.read(key), balanceMinor });
    owing(10 ** 12 - 2999);
    expectRefusal(submit(market.withdrawal(ann)), 'AMOUNT_OVERFLOW', 'withdrawal.credential');
    owing(10 ** 12 - 3000);
    expectAccepted(submit(market.withdrawal(ann)));
  });
});
