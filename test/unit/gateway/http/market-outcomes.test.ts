/** What a gateway says of orders once they are frozen and cleared: proofs that hold by themselves, what became of each, and the trades. */
import { expect } from 'chai';
import { checkProof } from '../../../../committee/wallet/index.js';
import { drive, SETTLING, steps } from '../../../support/market-steps.js';
import { aBid, anAsk, persons } from '../../../support/sealed-market.js';
import type { TestGateway } from './a-gateway.js';
import { aMarket, type MarketScene } from './a-market.js';
import { problemOf } from './problem-of.js';
import { send } from './raw.js';
import { sameByAnyPages } from './walk.js';

const MSP = 'ResellerMSP';

describe('orders of a market that is over', () => {
  let scene: MarketScene;
  let gateway: TestGateway;
  beforeEach(async () => {
    scene = aMarket({ terms: { quotas: { ResellerMSP: 300, VenueMSP: 3 } } });
    gateway = await scene.open();
  });
  afterEach(() => scene.close());

  /** Slots 0: an ask, 1: a bid that wins, 2: one without a deposit, 3: one that is replaced by 4, 5: nobody's, 6: a cancellation. */
  function filled() {
    const { market } = scene;
    const [ann, ben, cem, dan] = persons(market, 'Ann', 'Ben', 'Cem', 'Dan');
    const ticket = market.ticket(ben, 'floor:A:1');
    market.ask(ben, ticket);
    market.bid(ann);
    market.take(market.order(cem, aBid()));
    market.take(market.deposit(dan));
    market.take(market.order(dan, aBid({ limitMinor: 10 })));
    market.take(market.order(dan, aBid({ limitMinor: 20 }), { sequence: 1 }));
    market.take(market.order(dan, aBid(), { key: 'another' }));
    market.take(market.order(ben, { cancel: { ticket: `${market.event}:floor:A:2` } }));
    return { market, ann, ben, cem, dan, ticket };
  }
  const outcomeOf = async (slot: number) => (await gateway.anybody.order(scene.market.id, MSP, slot)).outcome!;

  it('are proven to have been in their slots, and empty slots to have been empty', async () => {
    const { market } = filled();
    drive(market, 'closed');
    const early = await problemOf(gateway.anybody.orderProof(market.id, MSP, 1));
    expect([early.problem.status, early.code, early.problem.field]).to.deep.equal([409, 'MARKET_NOT_FROZEN', 'market']);
    drive(market, 'frozen');
    const view = await gateway.anybody.market(market.id);
    const slots = [...[1, 6, 255, 256, 299].map((slot) => [MSP, slot] as const), ['VenueMSP', 2] as const];
    for (const [mspId, slot] of slots) {
      const proof = await gateway.anybody.orderProof(market.id, mspId, slot);
      expect(proof.content !== undefined, `${mspId} ${slot}`).to.equal(mspId === MSP && slot < 7);
      expect(checkProof(view, proof, proof), `${mspId} ${slot}`).to.be.true;
      const other = proof.content ? undefined : { id: 'another-order', sealed: 'A' };
      expect(checkProof(view, { mspId, slot, content: other }, proof), `${mspId} ${slot} as it was not`).to.be.false;
    }
  });

  it('say what became of them', async () => {
    const { market, ann, ben, dan, ticket } = filled();
    drive(market, 'revealed');
    expect(await gateway.anybody.order(market.id, MSP, 1)).not.to.have.property('outcome');
    drive(market, 'cleared');
    const trade = {
      ...{ bid: 'first', bidder: ann.credential, buyer: ann.credential, reseller: MSP, ticket: ticket.ticket },
      ...{ totalMinor: 2100, state: 'due' },
      resale: { seller: ben.credential, issue: 1, priceMinor: 2000, reseller: MSP },
    };
    const asked = { state: 'counted', credential: ben.credential, sequence: 0, ask: anAsk(ticket).ask };
    expect(await outcomeOf(0)).to.deep.equal({ ...asked, trades: [trade], paidMinor: 0 });
    const bid = { state: 'counted', credential: ann.credential, sequence: 0, bid: aBid().bid };
    expect(await outcomeOf(1)).to.deep.equal({ ...bid, trades: [trade], paidMinor: 0 });
    const voids = await Promise.all([2, 3, 5].map(outcomeOf));
    expect(voids.map(({ state, code }) => [state, code])).to.deep.equal([
      ['void', 'DEPOSIT_MISSING'],
      ['void', 'ORDER_REPLACED'],
      ['void', 'ORDER_NOT_OPENED'],
    ]);
    expect(voids.map(({ credential }) => credential !== undefined)).to.deep.equal([true, true, false]);
    expect(await outcomeOf(4)).to.include({ state: 'counted', credential: dan.credential, sequence: 1 });
    expect((await outcomeOf(4)).trades).to.be.empty;
    expect(await outcomeOf(6)).to.deep.include({ state: 'counted', cancel: { ticket: `${market.event}:floor:A:2` } });
    market.take(steps.settle(market, 0), { now: SETTLING });
    const settled = { ...trade, state: 'settled' };
    expect(await outcomeOf(1)).to.deep.equal({ ...bid, trades: [settled], paidMinor: 2100 });
    expect(await outcomeOf(0)).to.deep.equal({ ...asked, trades: [settled], paidMinor: 0 });
  });

  it('name the code with which a trade lapsed', async () => {
    const { market } = filled();
    drive(market, 'cleared');
    market.scene.ledger.put(`${market.event}/w/1/t/0`, { lapsed: { 0: 'TICKET_NOT_VALID' } });
    expect((await outcomeOf(1)).trades[0]).to.include({ state: 'lapsed', code: 'TICKET_NOT_VALID' });
    expect((await outcomeOf(1)).paidMinor).to.equal(0);
  });

  it('are read once, however many ask', async () => {
    const { market } = filled();
    drive(market, 'cleared');
    let pages = 0;
    const { network } = scene;
    const { read } = network;
    network.read = ((keys: readonly string[]) => {
      pages += keys.filter((key) => key.includes('/w/1/p/')).length;
      return read(keys);
    }) as typeof read;
    await Promise.all([0, 1, 2, 3, 4, 5, 6].map(outcomeOf));
    expect(pages).to.equal(3);
  });

  it('are listed as trades, by pages', async () => {
    const { market } = filled();
    expect(await gateway.anybody.marketResults(market.id)).to.deep.equal({ pages: [] });
    drive(market, 'cleared');
    const { pages, next } = await gateway.anybody.marketResults(market.id, { limit: '1' });
    expect(pages.map(({ page, trades }) => [page, trades.map(({ state }) => state)])).to.deep.equal([[0, ['due']]]);
    expect(next).to.be.undefined;
    const { result } = market.record;
    market.scene.ledger.put(`${market.event}/w/1`, { ...market.record, result: { ...result, pages: 2 } });
    expect((await gateway.anybody.marketResults(market.id, { limit: '1' })).next).to.equal('0');
    expect(
      (await gateway.anybody.marketResults(market.id, { after: '0' })).pages.map(({ page }) => page),
    ).to.deep.equal([1]);
    expect((await gateway.anybody.marketResults(market.id, { after: '99999' })).pages).to.be.empty;
    market.scene.ledger.put(`${market.event}/w/1`, { ...market.record, result: { ...result, pages: 3 } });
    const ask = (path: string) => send(gateway, { path });
    const all = await sameByAnyPages({ path: `/v1/markets/${market.id}/results`, member: 'pages', ask });
    expect(all.map(({ page }) => page)).to.deep.equal([0, 1, 2]);
  });

  it('are refused where there is none, with code and field', async () => {
    const { market } = filled();
    drive(market, 'frozen');
    const refused = async (call: Promise<unknown>, ...expected: readonly [number, string, string]) => {
      const { code, problem } = await problemOf(call);
      expect([problem.status, code, problem.field]).to.deep.equal(expected);
    };
    const { anybody } = gateway;
    await refused(anybody.order(market.id, MSP, 7), 404, 'NOT_FOUND', 'slot');
    await refused(anybody.order(market.id, MSP, 300), 404, 'NOT_FOUND', 'slot');
    await refused(anybody.order(market.id, 'NobodyMSP', 0), 404, 'NOT_FOUND', 'slot');
    await refused(anybody.orderProof(market.id, MSP, 300), 404, 'NOT_FOUND', 'slot');
    await refused(anybody.order(market.id, MSP, 100_000), 400, 'INVALID_FIELD', 'slot');
    await refused(anybody.order(market.id, MSP, -1), 400, 'INVALID_FIELD', 'slot');
    await refused(anybody.order(`${market.event}:m2`, MSP, 0), 404, 'UNKNOWN_MARKET', 'market');
    await refused(anybody.orderProof('OrganizerMSP:nowhere:m1', MSP, 0), 404, 'UNKNOWN_EVENT', 'event');
    await refused(anybody.marketResults(`${market.event}:m2`), 404, 'UNKNOWN_MARKET', 'market');
    await refused(anybody.marketResults(market.id, { limit: '101' }), 400, 'INVALID_FIELD', 'query.limit');
    await refused(anybody.marketResults(market.id, { after: '0x1' }), 400, 'INVALID_FIELD', 'query.after');
  });
});
