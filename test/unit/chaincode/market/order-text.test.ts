import { expect } from 'chai';
import { utf8 } from '../../../../chaincode/crypto/bytes.js';
import { readOrder } from '../../../../chaincode/domain/market/open-order.js';
import { composeOrder, ORDER_BYTES, orderParts, unpadOrder } from '../../../../chaincode/domain/market/order-text.js';
import { SUPPLIES } from '../../../../chaincode/domain/market/orders.js';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { aConsent, anOrder, ASK, BID, orderOf, trader } from '../../../support/sealed-orders.js';
import { signJws, signStatement } from '../../../support/statements.js';
import { expectThrows } from '../../../support/world.js';

const [ann, ben, cleo, dan] = [trader('Ann'), trader('Ben'), trader('Cleo'), trader('Dan')];
const SIZE = ORDER_BYTES.resale;
const padded = (...bytes: readonly number[]): Uint8Array => {
  const all = new Uint8Array(SIZE);
  all.set(bytes);
  return all;
};

describe('order text', () => {
  it('has one size, whatever it says', () => {
    for (const supply of SUPPLIES)
      for (const order of ['x', anOrder(ann, { bid: BID }), anOrder(ann, { ask: ASK }), 'y'.repeat(1_500)])
        expect(composeOrder(order, [], supply)).to.have.length(ORDER_BYTES[supply]);
  });

  it('ends with 0x80 and zeros, as ISO/IEC 7816-4 has it', () => {
    const bytes = composeOrder('abc', ['de'], 'resale');
    expect([...bytes.subarray(0, 8)]).to.deep.equal([...utf8('abc~de'), 0x80, 0]);
    expect(bytes.subarray(8).every((byte) => byte === 0)).to.equal(true);
  });

  it('is read as it was written, up to the last byte', () => {
    for (const length of [1, 2, SIZE - 2, SIZE - 1]) {
      const text = 'z'.repeat(length);
      expect(orderParts(composeOrder(text, [], 'resale'), 'resale')).to.deep.equal([text]);
    }
    expect(orderParts(composeOrder('a', ['b', 'c'], 'ballot'), 'ballot')).to.deep.equal(['a', 'b', 'c']);
  });

  it('must fit with its mark', () => {
    expectThrows(() => composeOrder('z'.repeat(SIZE), [], 'resale'), 'ORDER_MALFORMED', 'order');
    expectThrows(() => composeOrder('z'.repeat(SIZE - 2), ['z'], 'resale'), 'ORDER_MALFORMED', 'order');
  });

  const malformed: Readonly<Record<string, Uint8Array>> = {
    'no bytes': new Uint8Array(0),
    'one byte less': composeOrder('abc', [], 'resale').subarray(0, -1),
    'one byte more': new Uint8Array([...composeOrder('abc', [], 'resale'), 0]),
    'the size of a ballot': composeOrder('abc', [], 'ballot'),
    'zeros only': padded(),
    'a mark and nothing before it': padded(0x80),
    'no mark': padded(0x61, 0x62),
    'another mark': padded(0x61, 0x81),
    'something after the mark': padded(0x61, 0x80, 0, 1),
    'text to the last byte': new Uint8Array(SIZE).fill(0x61),
  };
  for (const [what, bytes] of Object.entries(malformed)) {
    it(`rejects ${what}`, () => expectThrows(() => unpadOrder(bytes, 'resale'), 'ORDER_MALFORMED', 'order'));
  }

  it('takes the last mark, so a text may hold one before it is found to be no ASCII', () => {
    expect([...unpadOrder(padded(0x80, 0x80), 'resale')]).to.deep.equal([0x80]);
    expectThrows(() => orderParts(padded(0x80, 0x80), 'resale'), 'ORDER_MALFORMED', 'order');
    expectThrows(() => orderParts(padded(...utf8('é'), 0x80), 'resale'), 'ORDER_MALFORMED', 'order');
  });

  /** Ids and numbers as long as they can be. */
  const longest = (more: Partial<Payload<'order'>>): string => {
    const payload = { channel: 'c'.repeat(249), event: `${'M'.repeat(64)}:${'s'.repeat(48)}`, market: 99_999 };
    const rest = { jti: 'j'.repeat(64), exp: Number.MAX_SAFE_INTEGER, sequence: Number.MAX_SAFE_INTEGER };
    return anOrder(ann, { ...payload, ...rest, ...more });
  };
  const reseller = 'R'.repeat(64);
  const amount = Number.MAX_SAFE_INTEGER;
  const orders: Readonly<Record<string, string>> = {
    bid: longest({
      bid: {
        name: 'n'.repeat(48),
        priceClass: 'p'.repeat(48),
        quantity: 20,
        limitMinor: amount,
        reseller,
        allOrNothing: true,
      },
    }),
    ask: longest({
      ask: {
        ticket: `${'M'.repeat(64)}:${'s'.repeat(48)}:${'l'.repeat(16)}:${'r'.repeat(16)}:99999`,
        issue: Number.MAX_SAFE_INTEGER,
        askMinor: amount,
        reseller,
      },
    }),
  };
  for (const [what, order] of Object.entries(orders)) {
    it(`has room for the largest ${what}`, () => {
      const { order: read } = readOrder(composeOrder(order, [], 'resale'), 'resale');
      expect(read.payload.event).to.have.length(113);
    });
  }

  it('has room for three guests in a ballot', () => {
    const guests = [ben, cleo, dan];
    const bid = {
      ...BID,
      quantity: 4,
      allOrNothing: true as const,
      guests: guests.map(({ credential }) => credential),
    };
    const text = composeOrder(
      anOrder(ann, { bid }),
      guests.map((guest) => aConsent(guest, ann)),
      'ballot',
    );
    const { order, guests: consents } = readOrder(text, 'ballot');
    expect(order.payload.bid).to.deep.equal(bid);
    expect(consents.map(({ payload }) => payload.credential)).to.deep.equal(bid.guests);
    expect(consents.map(({ field }) => field)).to.deep.equal(['guests[0]', 'guests[1]', 'guests[2]']);
  });

  it('rejects more consents than a bid may have guests', () => {
    const text = utf8(Array.from({ length: 5 }, () => 'x').join('~'));
    expectThrows(() => readOrder(padded(...text, 0x80), 'resale'), 'ORDER_MALFORMED', 'guests');
  });
});

describe('order', () => {
  const read = (order: object) => () => {
    const header = { alg: 'ES256', typ: 'guichet-order+jwt', jwk: ann.jwk };
    return readOrder(composeOrder(signJws(header, order, ann), [], 'resale'), 'resale').order;
  };
  const saying = (overrides: object) => read({ ...orderOf(ann, {}), ...overrides });
  const bidding = (overrides: object) => saying({ bid: { ...BID, ...overrides } });

  it('is a bid, an ask or a cancellation of either', () => {
    const said = [{ bid: BID }, { ask: ASK }, { cancel: { bid: 'first' } }, { cancel: { ticket: ASK.ticket } }];
    for (const part of said) expect(saying(part)().payload).to.deep.include(part);
  });

  const wrong: readonly (readonly [what: string, act: () => unknown, field: string])[] = [
    ['says nothing', saying({}), 'order'],
    ['bids and asks at once', saying({ bid: BID, ask: ASK }), 'order'],
    ['cancels what it asks', saying({ ask: ASK, cancel: { ticket: ASK.ticket } }), 'order'],
    ['cancels nothing', saying({ cancel: {} }), 'order.cancel'],
    ['cancels two things', saying({ cancel: { bid: 'first', ticket: ASK.ticket } }), 'order.cancel'],
    ['has no credential', saying({ bid: BID, credential: undefined }), 'order.credential'],
    ['has no market key', saying({ bid: BID, marketKey: undefined }), 'order.marketKey'],
    ['has a sequence below zero', saying({ bid: BID, sequence: -1 }), 'order.sequence'],
    ['is of no market', saying({ bid: BID, market: 0 }), 'order.market'],
    ['bids for nothing', bidding({ quantity: 0 }), 'order.bid.quantity'],
    ['bids for too many', bidding({ quantity: 21 }), 'order.bid.quantity'],
    ['bids less than nothing', bidding({ limitMinor: -1 }), 'order.bid.limitMinor'],
    ['bids half a cent', bidding({ limitMinor: 0.5 }), 'order.bid.limitMinor'],
    ['says false of all or nothing', bidding({ allOrNothing: false }), 'order.bid.allOrNothing'],
    ['brings as many as it bids for', bidding({ guests: [ben.credential] }), 'order.bid.guests'],
    ['brings its bidder', bidding({ quantity: 2, guests: [ann.credential] }), 'order.bid.guests'],
    ['brings a guest twice', bidding({ quantity: 3, guests: [ben.credential, ben.credential] }), 'order.bid.guests'],
    [
      'brings four',
      bidding({ quantity: 9, guests: ['a', 'b', 'c', 'd'].map((c) => c.repeat(43)) }),
      'order.bid.guests',
    ],
    ['asks less than nothing', saying({ ask: { ...ASK, askMinor: -1 } }), 'order.ask.askMinor'],
    ['asks for a place', saying({ ask: { ...ASK, ticket: 'floor:A:1' } }), 'order.ask.ticket'],
  ];
  for (const [what, act, field] of wrong) {
    it(`is refused if it ${what}`, () => expectThrows(act, 'INVALID_FIELD', field));
  }

  it('is not another statement of the same signer', () => {
    const other = signStatement('guest', { ...orderOf(ann, {}), host: ben.credential, bid: 'first' }, ann);
    const act = () => readOrder(composeOrder(other, [], 'resale'), 'resale');
    expectThrows(act, 'INVALID_FIELD', 'order.header.typ');
    const order = anOrder(ann, { bid: BID });
    const twice = () => readOrder(composeOrder(order, [order.slice(0, 700)], 'resale'), 'resale');
    expectThrows(twice, 'MALFORMED_STATEMENT', 'guests[0]');
  });
});
