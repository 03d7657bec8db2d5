/** While a market is open: deposits and orders, and what they must not do; and the close, across which none comes in. */
import { expect } from 'chai';
import { eventKey, gateKey } from '../../../../chaincode/domain/keys.js';
import { depositKey, guaranteeKey, marketKey, orderKey } from '../../../../chaincode/domain/market/keys.js';
import { submitAtOnce } from '../../../support/at-once.js';
import { holderAt } from '../../../support/credentials.js';
import { drive, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { aBid, CLOSES, drawing, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { anEventChange, newId, newKey, signStatement, type Command } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

const BY_RESELLER = { caller: 'ResellerMSP' } as const;
const BEFORE = '2027-03-02T11:59:59Z';

function opened() {
  const market = sealedMarket();
  const [ann, ben] = persons(market, 'Ann', 'Ben');
  const submit = (command: Command, options: object = {}) =>
    market.scene.ledger.submit(command, { ...BY_RESELLER, ...options });
  return { market, ann, ben, submit, ledger: market.scene.ledger };
}

describe('a deposit', () => {
  it('adds up at one reseller, and goes into escrow', () => {
    const { market, ann, submit, ledger } = opened();
    expect(expectAccepted(submit(market.deposit(ann)))).to.include({ depositedMinor: 3000 });
    expect(expectAccepted(submit(market.deposit(ann, { amountMinor: 6000 })))).to.include({ depositedMinor: 9000 });
    const record = { reseller: 'ResellerMSP', amountMinor: 9000, heldMinor: 9000 };
    expect(ledger.read(depositKey(market.event, 1, ann.credential))).to.deep.equal(record);
    expect(ledger.read(guaranteeKey(market.event, 1, 'ResellerMSP'))).to.deep.equal({ depositsMinor: 9000 });
    const [entries] = ledger.written.filter(({ key }) => key.includes('/m/')).map(({ record: lines }) => lines);
    expect((entries as unknown[][])[0]!.slice(1)).to.deep.equal([
      ['ResellerMSP', -6000, 'deposit'],
      ['escrow:deposits', 6000, 'deposit'],
    ]);
  });

  it('is one of the steps, in the event’s money, and all with one reseller', () => {
    const { market, ann, submit } = opened();
    const refused = (overrides: object, field: string, code = 'DEPOSIT_MISMATCH' as const, options = {}) =>
      expectRefusal(submit(market.deposit(ann, overrides), options), code, field);
    refused({ amountMinor: 2999 }, 'deposit.amountMinor');
    expectRefusal(submit(market.deposit(ann, { currency: 'USD' })), 'PRICE_MISMATCH', 'deposit.currency');
    expectAccepted(submit(market.deposit(ann)));
    const other = { caller: 'OtherResellerMSP' };
    refused({ reseller: 'OtherResellerMSP' }, 'deposit.reseller', 'DEPOSIT_MISMATCH', other);
  });

  it('stays within what its reseller guarantees', () => {
    const { market, ann, ben, ledger } = opened();
    const other = { caller: 'OtherResellerMSP' };
    const of = (by: typeof ann, amountMinor: number) =>
      ledger.submit(market.deposit(by, { reseller: 'OtherResellerMSP', amountMinor }), other);
    expectAccepted(of(ann, 6000));
    expectRefusal(of(ben, 12_000), 'GUARANTEE_EXCEEDED', 'deposit.reseller');
    expectAccepted(of(ben, 6000));
    const [cem] = persons(market, 'Cem');
    const organizers = market.deposit(cem, { reseller: 'OrganizerMSP' });
    expectRefusal(ledger.submit(organizers, { caller: 'OrganizerMSP' }), 'GUARANTEE_EXCEEDED', 'deposit.reseller');
  });

  it('is with an organization that sells: a venue has no deposits, whatever it guarantees', () => {
    const { market, ann, ledger } = opened();
    const guaranteed = { ...market.record, guarantees: { VenueMSP: 3000 } };
    ledger.put(marketKey(market.event, 1), guaranteed);
    const deposit = market.deposit(ann, { reseller: 'VenueMSP' });
    expectRefusal(ledger.submit(deposit, { caller: 'VenueMSP' }), 'ROLE_MISSING', 'deposit.reseller');
  });

  it('is recorded by the reseller that has the money, of a person that signs', () => {
    const { market, ann, ledger, submit } = opened();
    expectRefusal(ledger.submit(market.deposit(ann), { caller: 'VenueMSP' }), 'NOT_AUTHORISED', 'caller.mspId');
    const thief = { ...newKey('thief'), credential: ann.credential };
    expectRefusal(submit(market.deposit(thief)), 'KEY_NOT_VALID', 'deposit.header.jwk');
    const stranger = holderAt(market.event, 'Nobody');
    expectRefusal(submit(market.deposit(stranger)), 'UNKNOWN_CREDENTIAL', 'deposit.credential');
  });

  it('is made of one payment once', () => {
    const { market, ann, ben, submit } = opened();
    const payment = { paymentReference: 'payment-0001' };
    const deposit = market.deposit(ann, payment);
    expectAccepted(submit(deposit));
    expect(submit(deposit)).to.include({ replayed: true });
    expectRefusal(submit(market.deposit(ben, payment)), 'COMMAND_ID_REUSED', 'jti');
  });
});

describe('a sealed order', () => {
  it('lies in a slot of the organization that takes it in', () => {
    const { market, ann, submit, ledger } = opened();
    const order = market.order(ann, aBid());
    expectAccepted(submit(order));
    expect(ledger.read(orderKey(market.event, 1, 'ResellerMSP', 0))).to.deep.equal({
      id: order.id,
      sealed: order.sealed,
    });
    expectRefusal(submit(market.order(ann, aBid(), { slot: 0 })), 'ORDER_SLOT_TAKEN', 'slot');
  });

  it('is in one slot, whatever slot it is sent for again', () => {
    const { market, ann, submit, ledger } = opened();
    const order = market.order(ann, aBid(), { slot: 3 });
    expect(expectAccepted(submit(order))).to.include({ slot: 3 });
    for (const slot of [3, 4]) {
      const again = submit({ ...order, slot });
      expect(again).to.include({ replayed: true });
      expect(expectAccepted(again)).to.include({ slot: 3 });
    }
    expect(ledger.read(orderKey(market.event, 1, 'ResellerMSP', 4))).to.be.undefined;
    const { sealed } = market.order(ann, aBid());
    expectRefusal(submit({ ...order, sealed }), 'COMMAND_ID_REUSED', 'jti');
    const [one, other] = [5, 6].map((slot) => [{ ...market.order(ann, aBid()), id: 'one-and-the-same', sealed, slot }]);
    const [first, second] = submitAtOnce(ledger, [one!, other!], BY_RESELLER);
    expectAccepted(first![0]!);
    expect(second, 'who comes second conflicts').to.be.undefined;
  });

  it('is bounded by the quota', () => {
    const { market, ann, submit, ledger } = opened();
    expectAccepted(submit(market.order(ann, aBid(), { slot: 299 })));
    expectRefusal(submit(market.order(ann, aBid(), { slot: 300 })), 'ORDER_QUOTA', 'slot');
    const other = { caller: 'OtherVenueMSP' };
    expectRefusal(ledger.submit(market.order(ann, aBid(), { slot: 0 }), other), 'ORDER_QUOTA', 'slot');
  });

  it('has one size', () => {
    const { market, ann, submit } = opened();
    const order = market.order(ann, aBid());
    const bytes = Buffer.from(String(order.sealed), 'base64url');
    for (const wrong of [bytes.subarray(1), Buffer.concat([bytes, Buffer.of(0)]), Buffer.alloc(0)])
      expectRefusal(submit({ ...order, sealed: wrong.toString('base64url') }), 'ORDER_MALFORMED', 'sealed');
    expectRefusal(submit({ ...order, sealed: `${String(order.sealed).slice(0, -1)}=` }), 'ORDER_MALFORMED', 'sealed');
  });

  it('needs the market’s key', () => {
    const market = sealedMarket({ keyed: false });
    const [ann] = persons(market, 'Ann');
    const { ledger } = market.scene;
    expectRefusal(ledger.submit(market.order(ann, aBid()), BY_RESELLER), 'KEY_NOT_USABLE', 'market');
    expectRefusal(ledger.submit(market.deposit(ann), BY_RESELLER), 'KEY_NOT_USABLE', 'deposit.market');
  });

  it('comes before the close, as does a deposit', () => {
    const { market, ann, submit } = opened();
    const refused = (now: string) => {
      expectRefusal(submit(market.order(ann, aBid()), { now }), 'MARKET_NOT_OPEN', 'market');
      expectRefusal(submit(market.deposit(ann), { now }), 'MARKET_NOT_OPEN', 'market');
    };
    refused(CLOSES);
    expectAccepted(submit(market.order(ann, aBid()), { now: BEFORE }));
    expectAccepted(submitStep(market, steps.close(market)));
    refused(BEFORE);
  });

  it('is of no cancelled event and no unknown market', () => {
    const { market, ann, submit, ledger } = opened();
    expectRefusal(submit({ ...market.order(ann, aBid()), market: 2 }), 'UNKNOWN_MARKET', 'market');
    ledger.accept(anEventChange(market.scene.event));
    expectRefusal(submit(market.order(ann, aBid())), 'EVENT_CANCELLED', 'event');
    expectRefusal(submit(market.deposit(ann)), 'EVENT_CANCELLED', 'event');
  });

  it('does not conflict with others, nor with their deposits', () => {
    const { market, ann, ben, ledger } = opened();
    const orders = [market.order(ann, aBid()), market.order(ben, aBid()), market.deposit(ann)];
    const outcomes = submitAtOnce(
      ledger,
      orders.map((order) => [order]),
      BY_RESELLER,
    );
    expect(outcomes.every((each) => each?.[0]?.accepted)).to.equal(true);
  });
});

const aSalesGate = ({ event }: SealedMarket, kind: 'sales.close' | 'sales.reopen'): Command => ({
  kind,
  id: newId(),
  event,
});

describe('the close of a market', () => {
  it('is what t nodes state, not before its time', () => {
    const { market } = opened();
    const close = (by: readonly number[], now = SETTLING) => submitStep(market, steps.close(market, by), { now });
    expectRefusal(close([1, 2, 3], BEFORE), 'NOTHING_DUE', 'market');
    expectRefusal(close([1, 2]), 'STATEMENTS_TOO_FEW', 'statements');
    expectRefusal(close([1, 2, 2]), 'SIGNER_REPEATED', 'statements[2].header.kid');
    expectAccepted(close([4, 2, 1], CLOSES));
    expect(market.record.state).to.equal('closed');
  });

  it('is stated by nodes that hold the key, of this market, now', () => {
    const { market } = opened();
    const closing = (statement: string) =>
      submitStep(market, {
        ...steps.close(market, [1, 2]),
        statements: [market.closing(1), market.closing(2), statement],
      });
    const stranger = signStatement('market-close', market.claims(), newKey('stranger'));
    expectRefusal(closing(stranger), 'UNKNOWN_KEY', 'statements[2].header.kid');
    expectRefusal(closing(market.closing(3, { market: 2 })), 'MARKET_MISMATCH', 'statements[2].market');
    expectRefusal(closing(market.closing(3, { event: 'OrganizerMSP:matinee' })), 'WRONG_EVENT', 'statements[2].event');
    expectRefusal(closing(market.closing(3, { exp: 1 })), 'STATEMENT_EXPIRED', 'statements[2].exp');
    const [header, payload] = market.closing(3).split('.');
    const forged = `${header}.${payload}.${market.closing(2).split('.')[2]}`;
    expectRefusal(closing(forged), 'SIGNATURE_INVALID', 'statements[2]');
  });

  it('is the word of nodes that have a share: who was away when the key was made does not count', () => {
    const market = sealedMarket({ keyed: false });
    market.holdKey([1, 2, 3]);
    expectRefusal(submitStep(market, steps.close(market, [1, 2, 4])), 'STATEMENTS_TOO_FEW', 'statements');
    expectAccepted(submitStep(market, steps.close(market, [4, 3, 2, 1])));
  });

  it('is taken once: whoever comes second has the first receipt', () => {
    const { market } = opened();
    expectAccepted(submitStep(market, steps.close(market)));
    expect(submitStep(market, steps.close(market, [4, 2, 1]), { caller: 'ResellerMSP' })).to.include({
      replayed: true,
    });
  });

  it('keeps out an order that was endorsed before and held back', () => {
    const { market, ann, ben, ledger } = opened();
    const early = { ...BY_RESELLER, now: BEFORE };
    const batches = [[steps.close(market)], [market.order(ann, aBid())], [market.deposit(ben)]];
    const outcomes = submitAtOnce(ledger, batches, [{ ...BY_RESELLER, now: SETTLING }, early, early]);
    expect([outcomes[0]?.[0]?.accepted, outcomes[1], outcomes[2]]).to.deep.equal([true, undefined, undefined]);
    expect(ledger.read(orderKey(market.event, 1, 'ResellerMSP', 0))).to.equal(undefined);
    // In the other order all of them commit but the close.
    const again = opened();
    const first = [
      [again.market.order(again.ann, aBid())],
      [again.market.deposit(again.ben)],
      [steps.close(again.market)],
    ];
    const taken = submitAtOnce(again.ledger, first, [early, early, { ...BY_RESELLER, now: SETTLING }]);
    expect(taken.map((each) => each?.[0]?.accepted)).to.deep.equal([true, true, true]);
  });

  for (const supply of ['ballot', 'returns'] as const)
    it(`of a ${supply} needs sales to have been open on record, or rules could still change that buyers rely on`, () => {
      const market = drawing(supply);
      const { ledger } = market.scene;
      const gate = gateKey(market.event, 'sales');
      const close = () => submitStep(market, steps.close(market));
      ledger.put(gate, { state: 'pending', byOrganizer: false });
      expectRefusal(close(), 'SALES_NOT_OPEN', 'schedule.salesOpenAt');
      // Closed before sales ever were open: the event's clock will not open them any more.
      ledger.accept(aSalesGate(market, 'sales.close'));
      expect(ledger.read(gate)).to.deep.equal({ state: 'closed', byOrganizer: true });
      expectRefusal(close(), 'SALES_NOT_OPEN', 'event');
      ledger.accept(aSalesGate(market, 'sales.reopen'));
      expectAccepted(close());
    });

  it('of a ballot waits while the organizer has sales closed, also where they were open before', () => {
    const market = drawing('ballot');
    market.scene.ledger.accept(aSalesGate(market, 'sales.close'));
    expectRefusal(submitStep(market, steps.close(market)), 'SALES_NOT_OPEN', 'event');
    market.scene.ledger.accept(aSalesGate(market, 'sales.reopen'));
    expectAccepted(submitStep(market, steps.close(market)));
  });

  it('comes within the window in which its supply is traded by then', () => {
    const market = sealedMarket();
    const { ledger } = market.scene;
    const late = '2027-05-01T12:00:00Z';
    const put = ledger.read(eventKey(market.event))!;
    ledger.put(eventKey(market.event), { ...put, schedule: { ...put.schedule, transfersCloseAt: CLOSES } });
    expectRefusal(submitStep(market, steps.close(market)), 'RESALE_NOT_OPEN', 'schedule.transfersCloseAt');
    ledger.put(eventKey(market.event), { ...put, schedule: { ...put.schedule, transfersCloseAt: late } });
    expectAccepted(submitStep(market, steps.close(market)));
  });

  it('waits for resale that waits for the last ticket', () => {
    const market = sealedMarket({ policy: { resaleOpensAfter: 'soldOut' } });
    expectRefusal(submitStep(market, steps.close(market)), 'RESALE_NOT_OPEN', 'policy.resaleOpensAfter');
    const closing = { kind: 'allotment.close', id: 'close-floor', event: market.event, allotment: 'floor-a' };
    market.take(closing);
    market.take({ kind: 'event.advance', id: 'advance-1', event: market.event });
    expectAccepted(submitStep(market, steps.close(market)));
    drive(market, 'finished');
  });
});
