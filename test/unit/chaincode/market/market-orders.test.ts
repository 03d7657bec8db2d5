/** What is in sealed orders that must not count, and what voids it when it is opened. */
import { expect } from 'chai';
import type { Action } from '../../../../chaincode/domain/governance/action.js';
import { composeOrder } from '../../../../chaincode/domain/market/order-text.js';
import { exportedFrom } from '../../../support/audited.js';
import { anEnrolment } from '../../../support/committee.js';
import { holderAt } from '../../../support/credentials.js';
import { countsOf, list } from '../../../support/market.js';
import { drive, ordersOf, steps, submitStep, tradesOf, voidsOf } from '../../../support/market-steps.js';
import { aProposal, aVote, changeRoles, suspend } from '../../../support/proposals.js';
import { verifyInPython } from '../../../support/python.js';
import type { TestLedger } from '../../../support/test-ledger.js';
import {
  aBid,
  anAsk,
  CLOSES,
  drawing,
  persons,
  sealedMarket,
  type SealedOptions,
} from '../../../support/sealed-market.js';
import { aDevice, anAdvance, aReturn, aScan, aTransfer, aVoid, newKey } from '../../../support/statements.js';
import { asNow, expectAccepted, expectRefusal } from '../../../support/world.js';

/** Ann has two tickets, Ben and Cem have deposits of 30.00. */
function scene(options?: SealedOptions) {
  const market = sealedMarket(options);
  const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
  const tickets = ['floor:A:1', 'floor:A:2'].map((seat) => market.ticket(ann, seat));
  for (const buyer of [ben, cem]) market.take(market.deposit(buyer));
  const order = (...args: Parameters<typeof market.order>) => market.take(market.order(...args));
  return { market, ann, ben, cem, first: tickets[0]!, second: tickets[1]!, order, ledger: market.scene.ledger };
}
const afterwards = (at: ReturnType<typeof scene>) => voidsOf(drive(at.market, 'cleared'));

describe('opening a page of orders', () => {
  it('goes by the market’s own quotas: with others a page would be other slots, and orders would vanish', () => {
    const at = scene();
    at.order(at.ben, aBid());
    drive(at.market, 'revealed');
    const command = steps.read(at.market, 0);
    for (const quotas of [{ ResellerMSP: 256, VenueMSP: 3 }, { VenueMSP: 3 }, { AMSP: 1, ...at.market.terms.quotas }])
      expectRefusal(submitStep(at.market, { ...command, quotas }), 'MARKET_MISMATCH', 'quotas');
    expectAccepted(submitStep(at.market, command));
    expect(voidsOf(at.market)).to.deep.equal([undefined]);
  });
});

describe('a sealed order that nobody can read', () => {
  it('is a copy under another id, or at another organization', () => {
    const at = scene();
    const original = at.market.order(at.ben, aBid());
    at.market.take(original);
    at.market.take({ ...original, id: 'another-id', slot: 1 });
    at.market.take({ ...original, slot: 0 }, { caller: 'VenueMSP' });
    expect(afterwards(at)).to.deep.equal([undefined, 'ORDER_NOT_OPENED', 'ORDER_NOT_OPENED']);
  });

  it('is replayed in the next market', () => {
    const at = scene();
    const original = at.market.order(at.ben, aBid());
    const before = drive(at.market, 'finished');
    const next = before.next({ closesAt: '2027-03-03T12:00:00Z', abortableAt: '2027-03-03T13:00:00Z' });
    const now = { now: '2027-03-02T14:00:00Z' };
    at.ledger.accept(next.opening, now);
    next.holdKey();
    next.take({ ...original, market: 2, slot: 1 }, now);
    next.take(next.order(at.ben, {}, { plaintext: composeOrder(before.said(at.ben, aBid()), [], 'resale') }), now);
    drive(next, 'cleared', { now: '2027-03-03T12:00:10Z' });
    expect(voidsOf(next)).to.deep.equal(['MARKET_MISMATCH', 'ORDER_NOT_OPENED']);
  });

  it('is sealed to another key, or is noise', () => {
    const at = scene();
    at.order(at.ben, aBid(), { key: 'a gateway’s own' });
    const order = at.market.order(at.ben, aBid());
    const noise = Buffer.from(String(order.sealed), 'base64url').fill(1, 3);
    at.market.take({ ...order, sealed: noise.toString('base64url') });
    expect(afterwards(at)).to.deep.equal(['ORDER_NOT_OPENED', 'ORDER_NOT_OPENED']);
  });

  it('has nothing in it, no end, or no order', () => {
    const at = scene();
    const text = (said: string) => composeOrder(said, [], 'resale');
    const unpadded = new Uint8Array(1600).fill(65);
    const empty = new Uint8Array(1600);
    empty[0] = 0x80;
    for (const plaintext of [new Uint8Array(1600), empty, unpadded, text('~'), text('a.b.c'), text('not a statement')])
      at.order(at.ben, {}, { plaintext });
    const both = at.market.said(at.ben, { ...aBid(), ...anAsk(at.first) });
    at.order(at.ben, {}, { plaintext: text(both) });
    const transfer = String(aTransfer(at.first, at.ben).transfer);
    at.order(at.ben, {}, { plaintext: text(transfer) });
    expect(afterwards(at)).to.deep.equal([
      'ORDER_MALFORMED',
      'ORDER_MALFORMED',
      'ORDER_MALFORMED',
      'MALFORMED_STATEMENT',
      'MALFORMED_STATEMENT',
      'MALFORMED_STATEMENT',
      'INVALID_FIELD',
      'INVALID_FIELD',
    ]);
  });
});

describe('a sealed order that is nobody’s word', () => {
  it('names another key, market, event or channel, or ends before the close', () => {
    const at = scene();
    const seconds = Date.parse(CLOSES) / 1000;
    for (const overrides of [
      { marketKey: 'A'.repeat(43) },
      { market: 2 },
      { event: 'OrganizerMSP:matinee' },
      { channel: 'other' },
      { exp: seconds },
      { exp: seconds + 1 },
    ])
      at.order(at.ben, aBid(), { overrides });
    const codes = ['MARKET_KEY_MISMATCH', 'MARKET_MISMATCH', 'WRONG_EVENT', 'WRONG_CHANNEL', 'STATEMENT_EXPIRED'];
    expect(afterwards(at)).to.deep.equal([...codes, undefined]);
  });

  it('is not signed with its credential’s key', () => {
    const at = scene();
    at.order({ ...newKey('thief'), credential: at.ben.credential }, aBid());
    at.order(holderAt(at.market.event, 'Nobody'), aBid());
    const [header, payload] = at.market.said(at.ben, aBid()).split('.');
    const other = at.market.said(at.ben, aBid()).split('.')[2]!;
    at.order(at.ben, {}, { plaintext: composeOrder(`${header}.${payload}.${other}`, [], 'resale') });
    expect(afterwards(at)).to.deep.equal(['KEY_NOT_VALID', 'UNKNOWN_CREDENTIAL', 'SIGNATURE_INVALID']);
    for (const order of ordersOf(at.market)) expect(order).to.not.have.property('credential');
  });

  it('can’t use up a sequence of the person’s', () => {
    const at = scene();
    at.order(at.ben, aBid());
    at.order({ ...newKey('thief'), credential: at.ben.credential }, { cancel: { bid: 'first' } }, { sequence: 9 });
    at.order(at.ann, anAsk(at.first));
    expect(afterwards(at)).to.deep.equal([undefined, 'KEY_NOT_VALID', undefined]);
    expect(tradesOf(at.market)).to.have.lengthOf(1);
  });
});

describe('a bid', () => {
  it('needs a deposit that covers it, with the reseller it names', () => {
    const at = scene();
    const [dea] = persons(at.market, 'Dea');
    at.order(dea, aBid());
    at.order(at.ben, aBid({ limitMinor: 3001 }));
    at.order(at.ben, aBid({ name: 'second', quantity: 2, limitMinor: 1501 }));
    at.order(at.ben, aBid({ name: 'third', reseller: 'OtherResellerMSP' }));
    at.order(at.ben, aBid({ name: 'fourth', quantity: 2, limitMinor: Number.MAX_SAFE_INTEGER }));
    const missing = 'DEPOSIT_MISSING';
    expect(afterwards(at)).to.deep.equal([missing, missing, missing, 'DEPOSIT_MISMATCH', 'AMOUNT_OVERFLOW']);
  });

  it('is for a class that is traded', () => {
    const at = scene({ terms: { priceClasses: ['standard'] } });
    at.order(at.ben, aBid({ priceClass: 'gold' }));
    expect(afterwards(at)).to.deep.equal(['CLASS_NOT_TRADED']);
  });

  it('is replaced by a higher sequence, cancelled, and void with another of the same', () => {
    const at = scene();
    at.order(at.ben, aBid());
    at.order(at.ben, aBid({ limitMinor: 2500 }), { sequence: 1 });
    at.order(at.cem, aBid(), { sequence: 3 });
    at.order(at.cem, { cancel: { bid: 'first' } }, { sequence: 4 });
    at.order(at.ann, anAsk(at.first));
    drive(at.market, 'cleared');
    expect(tradesOf(at.market)).to.have.lengthOf(1);
    expect(tradesOf(at.market)[0]).to.deep.include({ bidder: at.ben.credential, totalMinor: 2100 });
    const conflicting = scene();
    conflicting.order(conflicting.ben, aBid({ limitMinor: 2200 }));
    conflicting.order(conflicting.ben, aBid({ limitMinor: 3000 }), { sequence: 5 });
    conflicting.order(conflicting.ben, aBid({ limitMinor: 2900 }), { sequence: 5 });
    conflicting.order(conflicting.ann, anAsk(conflicting.first));
    drive(conflicting.market, 'cleared');
    expect(tradesOf(conflicting.market)).to.deep.equal([]);
  });

  it('draws once for a person with a hundred of them, and within the limit', () => {
    const at = scene({ policy: { perPersonLimit: { primary: 100, resale: 1 } } });
    for (let index = 0; index < 100; index += 1) at.order(at.ben, aBid({ name: `bid-${index}`, limitMinor: 2100 }));
    at.order(at.cem, aBid());
    for (const ticket of [at.first, at.second]) at.order(at.ann, anAsk(ticket));
    drive(at.market, 'cleared');
    const bidders = tradesOf(at.market).map(({ bidder }) => bidder);
    expect(new Set(bidders)).to.deep.equal(new Set([at.ben.credential, at.cem.credential]));
    expect(bidders).to.have.lengthOf(2);
  });

  it('does not buy its own bidder’s ticket', () => {
    const at = scene();
    at.market.bid(at.ann);
    at.order(at.ann, anAsk(at.first));
    drive(at.market, 'cleared');
    expect(tradesOf(at.market)).to.deep.equal([]);
  });

  it('does not get what the person’s limit does not leave', () => {
    const at = scene({ policy: { perPersonLimit: { primary: 100, resale: 2 } } });
    at.market.bid(at.cem, { quantity: 3, limitMinor: 2100 }, { amountMinor: 6000 });
    const third = at.market.ticket(at.ann, 'floor:A:3');
    for (const ticket of [at.first, at.second, third]) at.order(at.ann, anAsk(ticket));
    drive(at.market, 'finished');
    expect(countsOf(at.ledger, at.market.event, at.cem)).to.deep.include({ boughtResale: 2, held: 2 });
  });
});

describe('a guest', () => {
  const withGuest = (consent: (at: ReturnType<typeof hosts>) => string[], named?: string) => {
    const at = hosts();
    const guests = [named ?? at.ben.credential];
    at.market.bid(at.ann, { quantity: 2, guests, priceClass: 'ballot' }, { amountMinor: 6000, guests: consent(at) });
    return voidsOf(drive(at.market, 'cleared'))[0];
  };
  function hosts() {
    const market = drawing('ballot');
    const [ann, ben, cem] = persons(market, 'Ann', 'Ben', 'Cem');
    return { market, ann, ben, cem };
  }

  it('consents by signature, to this bid of this host', () => {
    expect(withGuest(({ market, ann, ben }) => [market.consent(ben, ann)])).to.equal(undefined);
    expect(withGuest(() => [])).to.equal('GUEST_NOT_CONSENTING');
    const void_ = 'GUEST_NOT_CONSENTING';
    expect(withGuest(({ market, ann, cem }) => [market.consent(cem, ann)])).to.equal(void_);
    expect(withGuest(({ market, ben, cem }) => [market.consent(ben, cem)])).to.equal(void_);
    expect(withGuest(({ market, ann, ben }) => [market.consent(ben, ann, { bid: 'other' })])).to.equal(void_);
    expect(withGuest(({ market, ann, ben }) => [market.consent(ben, ann, { market: 2 })])).to.equal(void_);
    expect(withGuest(({ market, ann, ben }) => [market.consent(ben, ann, { exp: 1 })])).to.equal(void_);
    const both = ({ market, ann, ben, cem }: ReturnType<typeof hosts>) => [
      market.consent(ben, ann),
      market.consent(cem, ann),
    ];
    expect(withGuest(both)).to.equal(void_);
  });

  it('signs with the key that is enrolled for him', () => {
    const forged = ({ market, ann, ben }: ReturnType<typeof hosts>) => [
      market.consent({ ...newKey('thief'), credential: ben.credential }, ann),
    ];
    expect(withGuest(forged)).to.equal('GUEST_NOT_CONSENTING');
    const nobody = pseudonym();
    expect(withGuest(({ market, ann }) => [market.consent(holderAt(market.event, 'Nobody'), ann)], nobody)).to.equal(
      'GUEST_NOT_CONSENTING',
    );
  });

  const pseudonym = () => holderAt(drawing('ballot').event, 'Nobody').credential!;
});

/** Four of the six others are more than half. */
function decide(ledger: TestLedger, action: Action): void {
  const proposal = aProposal('VenueMSP', action);
  ledger.accept(proposal.command, { caller: 'VenueMSP' });
  for (const caller of ['OrganizerMSP', 'OtherOrganizerMSP', 'OtherVenueMSP'])
    ledger.accept(aVote(proposal), { caller });
}

describe('an ask', () => {
  const asked = (act: (at: ReturnType<typeof scene>) => void, options?: SealedOptions) => {
    const at = scene(options);
    act(at);
    return afterwards(at)[0];
  };
  const offers = (at: ReturnType<typeof scene>, overrides = {}) => at.order(at.ann, anAsk(at.first, overrides));

  it('is its holder’s, for a ticket as it is at the close', () => {
    expect(asked((at) => at.order(at.ben, anAsk(at.first)))).to.equal('NOT_THE_HOLDER');
    expect(asked((at) => offers(at, { issue: 2 }))).to.equal('STALE_TICKET');
    expect(asked((at) => offers(at, { ticket: `${at.market.event}:floor:C:9` }))).to.equal('UNKNOWN_TICKET');
    expect(asked((at) => offers(at, { ticket: 'OrganizerMSP:matinee:floor:A:1' }))).to.equal('WRONG_EVENT');
  });

  it('is void where the ticket was transferred, returned or taken away before the close', () => {
    const transferred = asked((at) => {
      offers(at);
      at.ledger.accept(aTransfer(at.first, at.cem));
    });
    const returned = asked((at) => {
      offers(at);
      at.market.take(aReturn(at.first, at.market.scene.floor));
    });
    const taken = asked((at) => {
      offers(at);
      at.ledger.accept(aVoid(at.first, at.market.scene.event));
    });
    expect([transferred, returned, taken]).to.deep.equal(['NOT_THE_HOLDER', 'TICKET_NOT_VALID', 'TICKET_NOT_VALID']);
  });

  it('of two for one ticket counts if it is the holder’s: the former one’s is void', () => {
    const at = scene();
    offers(at);
    at.ledger.accept(aTransfer(at.first, at.cem));
    at.order(at.cem, anAsk(at.first));
    at.order(at.ben, aBid());
    expect(afterwards(at)).to.deep.equal(['NOT_THE_HOLDER', undefined, undefined]);
    expect(tradesOf(at.market)[0]!.resale).to.include({ seller: at.cem.credential });
  });

  it('counts for a ticket that is listed, and that ends the listing', () => {
    const at = scene();
    list(at.market.scene, at.first);
    offers(at);
    at.order(at.ben, aBid());
    expect(afterwards(at)).to.deep.equal([undefined, undefined]);
    expect(tradesOf(at.market)).to.have.lengthOf(1);
    drive(at.market, 'finished');
    expect(asNow(at.ledger, at.first)).to.include({ change: 2 });
  });

  it('is void for a ticket that has been used', () => {
    const at = scene();
    offers(at);
    const device = aDevice(at.market.scene.event);
    at.ledger.accept(device.command, { caller: 'VenueMSP' });
    at.ledger.accept(anAdvance(at.market.scene.event), { now: '2027-05-01T18:30:00Z' });
    at.ledger.accept(aScan(at.first, device).command, { caller: 'VenueMSP', now: '2027-05-01T18:30:00Z' });
    expect(afterwards(at)).to.deep.equal(['TICKET_NOT_VALID']);
  });

  it('waits while another key is claimed for its holder', () => {
    const replaced = asked((at) => {
      offers(at);
      const { ledger, committee } = at.market.scene;
      ledger.accept(anEnrolment(committee, at.market.event, holderAt(at.market.event, 'Ann', 'new phone'), 1));
    });
    expect(replaced).to.equal('KEY_REPLACEMENT_PENDING');
  });

  it('keeps to the policy', () => {
    expect(asked((at) => offers(at, { askMinor: 2097 }))).to.equal('PRICE_ABOVE_CAP');
    expect(asked((at) => offers(at, { askMinor: 2096 }))).to.equal(undefined);
    expect(asked(offers, { policy: { minHoldingPeriodSeconds: 86_401 } })).to.equal('HOLDING_PERIOD_NOT_OVER');
    expect(asked(offers, { policy: { minHoldingPeriodSeconds: 86_400 } })).to.equal(undefined);
    expect(asked(offers, { policy: { maxHops: 0 } })).to.equal('TOO_MANY_HOPS');
    expect(asked(offers, { policy: { authorisedResellers: ['OtherResellerMSP'] } })).to.equal(
      'RESELLER_NOT_AUTHORISED',
    );
    expect(asked((at) => offers(at, { reseller: 'OtherOrganizerMSP' }))).to.equal('RESELLER_NOT_AUTHORISED');
    expect(asked(offers, { classes: { standard: { market: 'direct' } } })).to.equal('MARKET_NOT_SEALED');
    expect(asked(offers, { terms: { priceClasses: ['gold'] } })).to.equal('CLASS_NOT_TRADED');
    expect(asked(offers, { policy: { feePayer: 'buyer', organizerRoyaltyBps: 505 } })).to.equal('PRICE_ABOVE_CAP');
  });

  it('is void through a reseller that was suspended, or sold no more, by the close; what bidders have paid it counts', async () => {
    for (const action of [suspend('ResellerMSP'), changeRoles('ResellerMSP', 'venue')]) {
      const at = scene();
      offers(at);
      at.order(at.ann, anAsk(at.second, { reseller: 'OtherResellerMSP' }));
      at.order(at.ben, aBid());
      at.order(at.cem, aBid({ limitMinor: 2500 }));
      decide(at.ledger, action);
      expect(afterwards(at)).to.deep.equal(['RESELLER_NOT_AUTHORISED', undefined, undefined, undefined]);
      expect(tradesOf(at.market).map(({ ticket }) => ticket)).to.deep.equal([at.second.ticket]);
      expect(at.market.record.barred).to.deep.equal(['ResellerMSP']);
      const { code, stdout } = await verifyInPython(await exportedFrom(at.market));
      expect(code, stdout).to.equal(0);
    }
  });

  it('counts whose reseller was suspended after the close: then it does not matter when it is read', () => {
    const suspended = (before: 'closed' | 'revealed') => {
      const at = scene();
      offers(at);
      drive(at.market, before);
      decide(at.ledger, suspend('ResellerMSP'));
      return afterwards(at);
    };
    expect([suspended('closed'), suspended('revealed')]).to.deep.equal([[undefined], [undefined]]);
  });

  it('is one of no more than its holder may resell', () => {
    const at = scene({ policy: { habitualThreshold: 1 } });
    for (const ticket of [at.first, at.second]) at.order(at.ann, anAsk(ticket));
    for (const buyer of [at.ben, at.cem]) at.order(buyer, aBid());
    drive(at.market, 'finished');
    expect(tradesOf(at.market)).to.have.lengthOf(1);
    const next = at.market.next({ closesAt: '2027-03-03T12:00:00Z', abortableAt: '2027-03-03T13:00:00Z' });
    const now = { now: '2027-03-02T14:00:00Z' };
    at.ledger.accept(next.opening, now);
    next.holdKey();
    const sold = tradesOf(at.market)[0]!.ticket;
    next.take(next.order(at.ann, anAsk(sold === at.first.ticket ? at.second : at.first)), now);
    drive(next, 'cleared', { now: '2027-03-03T12:00:10Z' });
    expect(voidsOf(next)).to.deep.equal(['HABITUAL_SELLER']);
  });
});

describe('reading a page of orders', () => {
  it('can’t be done without the records that decide', () => {
    const at = scene();
    at.order(at.ann, anAsk(at.first));
    at.market.bid(at.ben);
    drive(at.market, 'revealed');
    const command = steps.read(at.market, 0);
    for (const member of ['holders', 'tickets', 'allotments'] as const) {
      const [left] = command[member] as string[];
      const refused = submitStep(at.market, { ...command, [member]: (command[member] as string[]).slice(1) });
      expect(expectRefusal(refused, 'HINTS_INCOMPLETE', member).missing).to.equal(left);
    }
    const more = [...(command.holders as string[]), 'A'.repeat(43)];
    expectAccepted(submitStep(at.market, { ...command, holders: more }));
    expect(submitStep(at.market, steps.read(at.market, 0), { caller: 'ResellerMSP' })).to.include({ replayed: true });
  });

  it('comes to the same whenever it is done', () => {
    const [early, late] = ['2027-03-02T12:00:10Z', '2027-04-30T12:00:00Z'].map((now) => {
      const at = scene({ policy: { minHoldingPeriodSeconds: 86_400 } });
      at.order(at.ann, anAsk(at.first));
      at.order(at.ben, aBid());
      drive(at.market, 'revealed');
      return drive(at.market, 'cleared', { now });
    });
    expect(voidsOf(early!)).to.deep.equal(voidsOf(late!));
  });

  it('is complete before the clearing', () => {
    const at = scene();
    at.order(at.ben, aBid());
    drive(at.market, 'revealed');
    expectRefusal(submitStep(at.market, steps.clear(at.market)), 'PAGES_MISSING', 'page');
    expectRefusal(
      submitStep(at.market, { ...steps.clear(at.market), supplyPages: 1 }),
      'MARKET_MISMATCH',
      'supplyPages',
    );
    expectRefusal(submitStep(at.market, { ...steps.clear(at.market), quotas: {} }), 'MARKET_MISMATCH', 'quotas');
  });
});
