/**
 * Sealed markets on the ledger, whatever is sent to them and whenever they end: no money is made or lost, nothing is negative, nobody has more tickets than
 * he may or pays more than he said, and a ticket has one owner.
 */
import fc from 'fast-check';
import { expect } from 'chai';
import { holderKey } from '../../chaincode/domain/keys.js';
import type { HolderRecord } from '../../chaincode/domain/records.js';
import type { DepositRecord } from '../../chaincode/domain/market/records.js';
import { booksOf } from '../support/market.js';
import { drive, SETTLING, steps, submitStep, tradesOf } from '../support/market-steps.js';
import { aBid, ABORTABLE, persons, sealedMarket } from '../support/sealed-market.js';
import { anEventChange } from '../support/statements.js';
import { ticketOf } from '../support/world.js';

const NAMES = ['Ann', 'Ben', 'Cem', 'Dea', 'Eva', 'Fay'] as const;
const LIMIT = 3;
const person = fc.nat({ max: NAMES.length - 1 });
const price = fc.integer({ min: 0, max: 2500 });

const bid = fc.record({
  by: person,
  name: fc.constantFrom('a', 'b'),
  sequence: fc.nat({ max: 1 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  limitMinor: price,
  all: fc.boolean(),
});
const ask = fc.record({
  by: person,
  seat: fc.integer({ min: 1, max: NAMES.length }),
  askMinor: price,
  sequence: fc.nat({ max: 1 }),
});
const ends = fc.constantFrom('finished', 'aborted', 'cancelled in between');

const course = fc.record({
  clearing: fc.constantFrom('lottery' as const, 'uniform-price' as const),
  /** Who takes his deposit back, and whether he then makes it again. */
  withdrawn: fc.array(fc.record({ by: person, again: fc.boolean() }), { maxLength: 3 }),
  deposits: fc.array(fc.nat({ max: 2 }), { minLength: NAMES.length, maxLength: NAMES.length }),
  bids: fc.array(bid, { maxLength: 8 }),
  asks: fc.array(ask, { maxLength: 8 }),
  ends,
});

function run({
  clearing,
  deposits,
  withdrawn,
  bids,
  asks,
  ends: end,
}: typeof course extends fc.Arbitrary<infer T> ? T : never) {
  const policy = {
    clearing,
    capBps: 12_000,
    organizerRoyaltyBps: 300,
    venueBps: 100,
    perPersonLimit: { primary: 9, resale: LIMIT },
  };
  const market = sealedMarket({ policy });
  const people = persons(market, ...NAMES);
  const tickets = people.map((by, at) => market.ticket(by, `floor:A:${at + 1}`));
  people.forEach((by, at) => {
    const amountMinor = [0, 3000, 12_000][deposits[at]!]!;
    if (amountMinor > 0) market.take(market.deposit(by, { amountMinor }));
  });
  for (const { by, again } of withdrawn) {
    const taken = market.scene.ledger.submit(market.withdrawal(people[by]!), { caller: 'VenueMSP' });
    if (taken.accepted && again) market.take(market.deposit(people[by]!));
  }
  for (const { by, name, sequence, quantity, limitMinor, all } of bids)
    market.take(
      market.order(people[by]!, aBid({ name, quantity, limitMinor, ...(all && { allOrNothing: true as const }) }), {
        sequence,
      }),
    );
  for (const { by, seat, askMinor, sequence } of asks)
    market.take(
      market.order(
        people[by]!,
        { ask: { ticket: tickets[seat - 1]!.ticket, issue: 1, askMinor, reseller: 'OtherResellerMSP' } },
        { sequence },
      ),
    );
  const { ledger } = market.scene;
  if (end === 'finished') drive(market, 'finished');
  if (end === 'aborted') {
    drive(market, 'frozen');
    ledger.accept(steps.abort(market), { now: ABORTABLE });
  }
  if (end === 'cancelled in between') {
    drive(market, 'cleared');
    if (tradesOf(market).length > 0) submitStep(market, steps.settle(market, 0));
    ledger.accept(anEventChange(market.scene.event), { now: SETTLING });
    ledger.accept(steps.abort(market), { now: SETTLING });
  }
  for (const { credential } of people) submitStep(market, steps.release(market, credential));
  return { market, people, tickets };
}

describe('the money of a sealed market', () => {
  it('is all there when it is over, with whoever it belongs to', () => {
    fc.assert(
      fc.property(course, (given) => {
        const { market, people, tickets } = run(given);
        const { ledger } = market.scene;
        const books = booksOf(ledger, market.event);
        expect(Object.values(books).reduce((sum, minor) => sum + minor, 0)).to.equal(0);
        expect(books['escrow:deposits'] ?? 0).to.equal(0);
        expect(books['escrow:surplus'] ?? 0).to.be.at.least(0);
        for (const [key, record] of ledger.records()) {
          if (key.startsWith(`${market.event}/w/1/d/`)) expect((record as DepositRecord).heldMinor).to.equal(0);
          if (!key.startsWith(`${market.event}/h/`)) continue;
          const { balanceMinor = 0, boughtResale = 0 } = record as HolderRecord;
          expect(balanceMinor).to.be.at.least(0);
          expect(balanceMinor).to.equal(books[`holder:${key.split('/').at(-1)!}`] ?? 0);
          expect(boughtResale).to.be.at.most(LIMIT);
        }
        const held = people.map(({ credential }) => ledger.read(holderKey(market.event, credential))!.held);
        expect(held.reduce((sum, count) => sum + count, 0)).to.equal(tickets.length);
        const settled = tickets.map((ticket) => ticketOf(ledger, ticket)!);
        for (const { resales = [], paidMinor } of settled)
          for (const { totalMinor } of resales) {
            expect(totalMinor).to.equal(paidMinor);
            expect(totalMinor).to.be.at.most(2640);
          }
      }),
      { numRuns: 15 },
    );
  });
});
