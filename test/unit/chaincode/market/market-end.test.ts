/** How a market ends: settled, overtaken by the doors, aborted, or with its event; and where everybody's money is then. */
import { expect } from 'chai';
import { latestMarketKey, settledPageKey, shareKey } from '../../../../chaincode/domain/market/keys.js';
import type { MarketState } from '../../../../chaincode/domain/market/records.js';
import type { HolderRecord, TicketRecord } from '../../../../chaincode/domain/records.js';
import { ticketKeyOf } from '../../../../chaincode/domain/ticket.js';
import { submitAtOnce } from '../../../support/at-once.js';
import { balanceOf, booksOf, BY_RESELLER, countsOf } from '../../../support/market.js';
import { drive, SETTLING, steps, submitStep, tradesOf } from '../../../support/market-steps.js';
import { ABORTABLE, drawing, persons, sealedMarket, type SealedMarket } from '../../../support/sealed-market.js';
import { aPayout, aSettlement } from '../../../support/settlements.js';
import { anAdvance, anEventChange, aTransfer, DOORS, type Command } from '../../../support/statements.js';
import { expectAccepted, expectRefusal, ticketOf } from '../../../support/world.js';

/** Ann offers two tickets, Ben and Cem bid for one each, Dea too little. */
function scene() {
  const market = sealedMarket();
  const [ann, ben, cem, dea] = persons(market, 'Ann', 'Ben', 'Cem', 'Dea');
  const tickets = ['floor:A:1', 'floor:A:2'].map((seat) => market.ticket(ann, seat));
  market.ask(ann, tickets[0]!);
  market.ask(ann, tickets[1]!, { reseller: 'OtherResellerMSP' });
  for (const bidder of [ben, cem]) market.bid(bidder);
  market.bid(dea, { limitMinor: 1000 });
  return { market, ledger: market.scene.ledger, ann, bidders: [ben, cem, dea], ben, cem, dea, tickets };
}

const escrowOf = ({ scene: { ledger }, event }: SealedMarket) => booksOf(ledger, event)['escrow:deposits'] ?? 0;
const latestOf = ({ scene: { ledger }, event }: SealedMarket) => ledger.read(latestMarketKey(event))!.state;

/** Everybody's deposit is given back who has any left. */
function releaseAll({ market, bidders }: ReturnType<typeof scene>, now = SETTLING): void {
  for (const { credential } of bidders) submitStep(market, steps.release(market, credential), { now });
  expect(escrowOf(market)).to.equal(0);
  const { ledger } = market.scene;
  for (const [key, record] of ledger.records())
    if (key.startsWith(`${market.event}/h/`)) expect((record as HolderRecord).balanceMinor ?? 0).to.be.at.least(0);
}

describe('a market that is over', () => {
  it('has released everything, and each deposit once', () => {
    const at = scene();
    drive(at.market, 'finished');
    expect([at.ben, at.cem, at.dea].map((by) => balanceOf(at.ledger, at.market.event, by))).to.deep.equal([
      900, 900, 0,
    ]);
    expectRefusal(submitStep(at.market, steps.release(at.market, at.ben.credential)), 'NOTHING_DUE', 'credential');
    expectAccepted(submitStep(at.market, steps.release(at.market, at.dea.credential)));
    expect(submitStep(at.market, steps.release(at.market, at.dea.credential))).to.include({ replayed: true });
    expect(balanceOf(at.ledger, at.market.event, at.dea)).to.equal(3000);
    releaseAll(at);
    const payout = aPayout(at.market.scene.event, at.dea, 3000);
    expectAccepted(at.ledger.submit(payout, BY_RESELLER));
    expect(submitStep(at.market, steps.finish(at.market), { caller: 'ResellerMSP' })).to.include({ replayed: true });
  });

  it('does not release a deposit before', () => {
    const at = scene();
    for (const state of ['open', 'closed', 'frozen', 'revealed', 'cleared'] as const) {
      drive(at.market, state);
      expectRefusal(submitStep(at.market, steps.release(at.market, at.dea.credential)), 'MARKET_NOT_OVER', 'market');
    }
  });

  it('names its pages and allotments to be finished', () => {
    const market = drive(drawing('ballot'), 'cleared');
    expectRefusal(submitStep(market, { ...steps.finish(market), pages: 1 }), 'MARKET_MISMATCH', 'pages');
    expectRefusal(submitStep(market, { ...steps.finish(market), allotments: [] }), 'ALLOTMENT_MISMATCH', 'allotments');
  });

  it('settles a page only with all the records that it concerns, and once', () => {
    const at = scene();
    drive(at.market, 'cleared');
    const command = steps.settle(at.market, 0);
    for (const member of ['holders', 'tickets', 'allotments'] as const) {
      const some = (command[member] as string[]).slice(1);
      expectRefusal(submitStep(at.market, { ...command, [member]: some }), 'HINTS_INCOMPLETE', member);
    }
    expectRefusal(submitStep(at.market, { ...command, page: 1 }), 'PAGES_MISSING', 'page');
    expectAccepted(submitStep(at.market, command));
    expect(submitStep(at.market, command, { caller: 'ResellerMSP' })).to.include({ replayed: true });
    expect(countsOf(at.ledger, at.market.event, at.ben)).to.include({ held: 1 });
  });
});

describe('a market that is overtaken by the doors', () => {
  const opened = (at: ReturnType<typeof scene>) => at.ledger.accept(anAdvance(at.market.scene.event), { now: DOORS });
  const finish = (market: SealedMarket) => submitStep(market, steps.finish(market), { now: DOORS });

  it('settles nothing more, and ends with everything given back', () => {
    const at = scene();
    drive(at.market, 'cleared');
    expectRefusal(
      submitStep(at.market, steps.settle(at.market, 0), { now: DOORS }),
      'DOORS_OPEN',
      'schedule.doorsOpenAt',
    );
    expectRefusal(finish(at.market), 'PAGES_MISSING', 'pages');
    opened(at);
    expectRefusal(submitStep(at.market, steps.settle(at.market, 0)), 'DOORS_OPEN', 'schedule.doorsOpenAt');
    expect(expectAccepted(finish(at.market))).to.include({ lapsedPages: 1 });
    expect(ticketOf(at.ledger, at.tickets[0]!)).to.include({ holder: at.ann.credential });
    releaseAll(at, DOORS);
    expect(balanceOf(at.ledger, at.market.event, at.ben)).to.equal(3000);
  });

  it('ends without having been cleared', () => {
    const at = scene();
    drive(at.market, 'revealed');
    expectRefusal(finish(at.market), 'MARKET_NOT_CLEARED', 'market');
    opened(at);
    expectAccepted(finish(at.market));
    releaseAll(at, DOORS);
  });

  it('can’t be settled by what was held back across its end', () => {
    const at = scene();
    drive(at.market, 'cleared');
    const settle = steps.settle(at.market, 0);
    const batches = [[anAdvance(at.market.scene.event)], [settle]];
    const outcomes = submitAtOnce(at.ledger, batches, [
      { now: DOORS },
      { caller: 'VenueMSP', now: '2027-05-01T17:59:59Z' },
    ]);
    expect([outcomes[0]?.[0]?.accepted, outcomes[1]]).to.deep.equal([true, undefined]);
  });

  it('lapses a trade whose ticket is used, and gives its money back', () => {
    const at = scene();
    drive(at.market, 'cleared');
    // Two clocks: the door's is ahead, and nobody has recorded that it is open.
    const [used] = at.tickets;
    const record = ticketOf(at.ledger, used!)!;
    at.ledger.put(`${at.market.event}/t/floor/A/1`, { ...record, state: 'admitted', change: 1, entered: 1 });
    drive(at.market, 'finished');
    const trades = tradesOf(at.market);
    const lapsed = trades.findIndex(({ ticket }) => ticket === used!.ticket);
    const settled = at.ledger.read(settledPageKey(at.market.event, 1, 0));
    expect(settled).to.deep.equal({ lapsed: { [lapsed]: 'TICKET_NOT_VALID' } });
    const loser = at.bidders.find(({ credential }) => credential === trades[lapsed]!.bidder)!;
    expect(countsOf(at.ledger, at.market.event, loser)).to.include({ held: 0, boughtResale: 0, balanceMinor: 3000 });
    expect(countsOf(at.ledger, at.market.event, at.ann)).to.include({ resold: 1, balanceMinor: 1900 });
    releaseAll(at);
  });
});

describe('a trade that can’t be applied any more', () => {
  /** What would have to come past the lock: each is looked at again, whatever was read. @returns the codes of the lapses, and what is wrong in whose hands */
  function lapsed(market: SealedMarket, spoil: (before: TicketRecord | undefined) => TicketRecord): unknown[] {
    const { ledger } = market.scene;
    const [trade] = tradesOf(drive(market, 'cleared'));
    const key = ticketKeyOf({ event: market.event, ticket: trade!.ticket });
    const spoilt = spoil(ledger.read(key));
    ledger.put(key, spoilt);
    drive(market, 'finished');
    expect(ledger.read(key)).to.deep.equal(spoilt);
    return Object.values(ledger.read(settledPageKey(market.event, 1, 0))!.lapsed);
  }

  it('is of a ticket that was issued again, or is somebody else’s by now', () => {
    const offered = (change: (at: ReturnType<typeof scene>) => Partial<TicketRecord>) => {
      const at = scene();
      const codes = lapsed(at.market, (before) => ({ ...before!, ...change(at) }));
      expect(countsOf(at.ledger, at.market.event, at.ann)).to.include({ resold: 1, balanceMinor: 1900 });
      releaseAll(at);
      return codes;
    };
    expect(offered(() => ({ issue: 2 }))).to.deep.equal(['STALE_TICKET']);
    expect(offered(({ dea }) => ({ holder: dea.credential }))).to.deep.equal(['NOT_THE_HOLDER']);
  });

  it('is of a place that is taken by now', () => {
    const market = drawing('ballot', { sold: ['stage:A:9'] });
    const [ann] = persons(market, 'Ann');
    market.bid(ann, { priceClass: 'ballot' });
    const taken = ticketOf(market.scene.ledger, { event: market.event, ticket: `${market.event}:stage:A:9` })!;
    expect(lapsed(market, () => taken)).to.deep.equal(['SEAT_ALREADY_SOLD']);
    expect(balanceOf(market.scene.ledger, market.event, ann)).to.equal(3000);
    expect(escrowOf(market)).to.equal(0);
  });
});

describe('aborting a market', () => {
  const abort = (market: SealedMarket, by?: readonly number[], now = ABORTABLE) =>
    submitStep(market, steps.abort(market, by), { now });

  for (const state of ['open', 'closed', 'frozen'] as const satisfies readonly MarketState[])
    it(`gives everything back from ${state}, to nobody’s harm`, () => {
      const at = scene();
      drive(at.market, state);
      expectRefusal(abort(at.market, undefined, '2027-03-02T12:59:59Z'), 'NOTHING_DUE', 'market');
      expectAccepted(abort(at.market));
      expect([at.market.record.state, latestOf(at.market)]).to.deep.equal(['aborted', 'over']);
      releaseAll(at, ABORTABLE);
      for (const bidder of at.bidders) expect(balanceOf(at.ledger, at.market.event, bidder)).to.equal(3000);
      expectAccepted(at.ledger.submit(aTransfer(at.tickets[0]!, at.ben), { now: ABORTABLE }));
      expectRefusal(submitStep(at.market, at.market.share(1), { now: ABORTABLE }), 'MARKET_NOT_FROZEN', 'market');
    });

  for (const state of ['revealed', 'cleared'] as const)
    it(`is nobody’s way out when it is ${state}`, () => {
      const at = scene();
      drive(at.market, state);
      expectRefusal(abort(at.market), 'MARKET_NOT_OPEN', 'market');
    });

  it('names the nodes that would not close it: those of whom there is no statement', () => {
    const at = scene();
    expect(expectAccepted(abort(at.market, [1, 3]))).to.deep.include({ silent: [2, 4] });
    expect(at.market.record.silent).to.deep.equal([2, 4]);
    const unsaid = scene();
    expect(expectAccepted(abort(unsaid.market))).to.deep.include({ silent: [] });
  });

  it('is refused with as many statements as close it: then it is closed, however late', () => {
    const at = scene();
    const refused = expectRefusal(abort(at.market, [1, 2, 3]), 'NOTHING_DUE', 'statements');
    expect(refused).to.include({ needed: 3, heard: 3 });
    expectAccepted(submitStep(at.market, steps.close(at.market), { now: ABORTABLE }));
  });

  it('names nobody where all statements could not close it: the organizer has sales closed', () => {
    const market = drawing('ballot');
    market.scene.ledger.accept({ kind: 'sales.close', id: 'stop-sales', event: market.event });
    expect(expectAccepted(abort(market, [1, 2, 3]))).to.deep.include({ silent: [] });
    expect(market.record.state).to.equal('aborted');
  });

  it('names nobody who was not given the time: three minutes of a frozen market', () => {
    const late = (after: number) => new Date(Date.parse(ABORTABLE) + after * 1000).toISOString().replace('.000', '');
    const frozen = () => {
      const at = scene();
      drive(at.market, 'closed');
      drive(at.market, 'frozen', { now: ABORTABLE });
      return at.market;
    };
    expect(frozen().record.frozenAt).to.equal(ABORTABLE);
    expect(expectAccepted(abort(frozen(), undefined, late(0)))).to.deep.include({ silent: [] });
    expect(expectAccepted(abort(frozen(), undefined, late(179)))).to.deep.include({ silent: [] });
    expect(expectAccepted(abort(frozen(), undefined, late(180)))).to.deep.include({ silent: [1, 2, 3, 4] });
  });

  it('names the nodes whose share is missing', () => {
    const at = scene();
    drive(at.market, 'frozen');
    for (const index of [4, 2]) expectAccepted(submitStep(at.market, at.market.share(index)));
    expectRefusal(
      submitStep(at.market, { ...steps.abort(at.market), nodes: 2 }, { now: ABORTABLE }),
      'MARKET_MISMATCH',
    );
    expect(expectAccepted(abort(at.market))).to.deep.include({ silent: [1, 3] });
  });

  it('does not take a silent node’s word from others', () => {
    const at = scene();
    const statements = [at.market.closing(1), at.market.closing(1)];
    const command = { ...steps.abort(at.market), statements };
    expectRefusal(submitStep(at.market, command, { now: ABORTABLE }), 'SIGNER_REPEATED', 'statements[1].header.kid');
  });

  it('works without a committee, where the market never had a key', () => {
    const market = sealedMarket({ keyed: false });
    expect(expectAccepted(abort(market))).to.deep.include({ silent: [] });
  });

  it('brings a ballot’s places back on sale', () => {
    const market = drawing('ballot');
    expectRefusal(
      submitStep(market, { ...steps.abort(market), allotments: [] }, { now: ABORTABLE }),
      'ALLOTMENT_MISMATCH',
    );
    expectAccepted(abort(market));
    expect(market.scene.ledger.read(`${market.event}/a/stage-a` as never)).to.include({ state: 'open' });
  });

  it('is nobody’s way out once t shares are on the ledger: who reads what he has lost can’t undo it', () => {
    const at = scene();
    drive(at.market, 'frozen');
    for (const index of [1, 2, 3]) expectAccepted(submitStep(at.market, at.market.share(index)));
    const refused = expectRefusal(abort(at.market), 'NOTHING_DUE', 'market');
    expect(refused).to.include({ needed: 3, posted: 3 });
    expectAccepted(submitStep(at.market, at.market.share(4), { now: ABORTABLE }));
    expectRefusal(abort(at.market), 'NOTHING_DUE', 'market');
    expectAccepted(submitStep(at.market, steps.unseal(at.market), { now: ABORTABLE }));
    drive(at.market, 'finished', { now: ABORTABLE });
  });

  it('is a way out where a share that was posted is of the key no more', () => {
    const at = scene();
    drive(at.market, 'frozen');
    for (const index of [1, 2, 3]) expectAccepted(submitStep(at.market, at.market.share(index)));
    const stale = at.ledger.read(shareKey(at.market.event, 1, 2))!;
    at.ledger.put(shareKey(at.market.event, 1, 1), stale);
    expect(expectAccepted(abort(at.market))).to.deep.include({ silent: [1, 4] });
  });

  it('and revealing exclude one another', () => {
    const frozen = (posted: readonly number[]) => {
      const at = scene();
      drive(at.market, 'frozen');
      for (const index of posted) expectAccepted(submitStep(at.market, at.market.share(index)));
      return at;
    };
    const race = (at: ReturnType<typeof scene>, ...commands: readonly Command[]) =>
      submitAtOnce(
        at.ledger,
        commands.map((command) => [command]),
        { caller: 'VenueMSP', now: ABORTABLE },
      ).map((each) => each?.[0]?.accepted);
    // The third share and the abort, whichever is first.
    const [one, other] = [frozen([1, 2]), frozen([1, 2])];
    expect(race(one, one.market.share(3), steps.abort(one.market))).to.deep.equal([true, undefined]);
    expect(race(other, steps.abort(other.market), other.market.share(3))).to.deep.equal([true, undefined]);
    const three = frozen([1, 2, 3]);
    expect(race(three, steps.abort(three.market), steps.unseal(three.market))).to.deep.equal([false, true]);
  });
});

describe('a market of an event that is cancelled', () => {
  for (const state of ['open', 'closed', 'frozen', 'revealed', 'cleared'] as const)
    it(`is aborted at once from ${state}, and goes on no more`, () => {
      const at = scene();
      drive(at.market, state);
      expectRefusal(
        submitStep(at.market, steps.abort(at.market)),
        state === 'revealed' || state === 'cleared' ? 'MARKET_NOT_OPEN' : 'NOTHING_DUE',
      );
      at.ledger.accept(anEventChange(at.market.scene.event), { now: SETTLING });
      const next = {
        open: steps.close,
        closed: steps.root,
        frozen: steps.unseal,
        revealed: steps.clear,
        cleared: steps.finish,
      };
      expectRefusal(submitStep(at.market, next[state](at.market)), 'EVENT_CANCELLED', 'event');
      expectAccepted(submitStep(at.market, steps.abort(at.market)));
      releaseAll(at);
      expectRefusal(submitStep(at.market, at.market.share(1)), 'EVENT_CANCELLED', 'event');
    });

  it('is aborted although t shares are on the ledger', () => {
    const at = scene();
    drive(at.market, 'frozen');
    for (const index of [1, 2, 3]) expectAccepted(submitStep(at.market, at.market.share(index)));
    at.ledger.accept(anEventChange(at.market.scene.event), { now: SETTLING });
    expect(expectAccepted(submitStep(at.market, steps.abort(at.market)))).to.deep.include({ silent: [] });
    releaseAll(at);
  });

  it('leaves what was settled, which is then refunded like any resale', () => {
    const at = scene();
    drive(at.market, 'cleared');
    expectAccepted(submitStep(at.market, steps.settle(at.market, 0)));
    at.ledger.accept(anEventChange(at.market.scene.event), { now: SETTLING });
    expectAccepted(submitStep(at.market, steps.abort(at.market)));
    releaseAll(at);
    for (const ticket of at.tickets) {
      const record = ticketOf(at.ledger, ticket)!;
      expect([at.ben.credential, at.cem.credential]).to.include(record.holder);
      expectAccepted(at.ledger.submit(aSettlement(ticket, record), { ...BY_RESELLER, now: SETTLING }));
    }
    // Everybody is even: Ann has 22.00 for each ticket, the bidders what they deposited.
    expect(balanceOf(at.ledger, at.market.event, at.ann)).to.equal(2 * 2200);
    for (const bidder of at.bidders) expect(balanceOf(at.ledger, at.market.event, bidder)).to.equal(3000);
    const books = booksOf(at.ledger, at.market.event);
    expect([books.OrganizerMSP, books.OtherResellerMSP, books['escrow:surplus'] ?? 0]).to.deep.equal([0, 0, 0]);
    // Who collected twice for the tickets first, and three deposits.
    expect(books.ResellerMSP).to.equal(-2 * 2200 - 3 * 3000);
  });
});
