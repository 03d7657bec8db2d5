/** Sealed markets at a gateway: opened, looked at in every state, and deposits. */
import { expect } from 'chai';
import { marketKeyOf } from '../../../../chaincode/domain/market/open-order.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import type { MarketState } from '../../../../chaincode/domain/market/records.js';
import { drive, SETTLING, steps } from '../../../support/market-steps.js';
import { ABORTABLE, CLOSES, drawing, persons, sealedMarket } from '../../../support/sealed-market.js';
import { MARKET_KEY } from '../../../support/sealed-orders.js';
import { newId, newKey } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aMarket, post, type MarketScene } from './a-market.js';
import { anOpenEvent, EVENT, newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';

const TERMS = {
  market: 1,
  supply: 'resale',
  closesAt: CLOSES,
  abortableAt: ABORTABLE,
  depositSteps: [3000],
  quotas: { ResellerMSP: 20 },
  guarantees: { ResellerMSP: 60_000 },
  sellerFeeBps: 500,
  buyerFeeBps: 500,
} as const;
const POLICY = { ...newEvent().policy, credentialRequired: true, market: 'sealed' } as const;

describe('opening a sealed market at a gateway', () => {
  let gateway: TestGateway;
  beforeEach(async () => (gateway = await aGateway()));
  afterEach(() => gateway.close());
  const begin = (policy: object = POLICY) => anOpenEvent(gateway, { policy: { ...policy } });
  const open = (terms: object) => gateway.operator.openMarket(EVENT, { ...TERMS, ...terms } as never);

  it('signs the terms with the event’s key, once under one id', async () => {
    await begin();
    const id = newId();
    const { body, replayed } = await open({ id });
    expect(body).to.include({ id, market: `${EVENT}:m1` });
    expect(replayed).to.be.false;
    expect(await open({ id })).to.deep.include({ body, replayed: true });
    const { markets, next } = await gateway.anybody.markets(EVENT);
    expect(markets).to.have.length(1);
    expect(next).to.be.undefined;
    const { market: _, ...terms } = TERMS;
    expect(markets[0]).to.deep.include({
      ...terms,
      market: `${EVENT}:m1`,
      number: 1,
      state: 'open',
      clearing: 'lottery',
    });
  });

  it('refuses terms with code and field', async () => {
    await begin();
    const refused = async (terms: object, ...expected: readonly [number, string, string]) => {
      const { code, problem } = await problemOf(open(terms));
      expect([problem.status, code, problem.field]).to.deep.equal(expected);
    };
    await refused({ market: 2 }, 409, 'STALE_MARKET', 'statement.market');
    await refused({ closesAt: '2026-01-01T00:00:00Z' }, 422, 'INVALID_MARKET', 'statement.closesAt');
    await refused({ quotas: { ResellerMSP: 20_000, VenueMSP: 1 } }, 422, 'INVALID_MARKET', 'statement.quotas');
    await refused({ quotas: { NobodyMSP: 1 } }, 404, 'UNKNOWN_ORGANIZATION', 'statement.quotas.NobodyMSP');
    await refused({ sellerFeeBps: -1 }, 400, 'INVALID_FIELD', 'sellerFeeBps');
    await refused({ supply: 'gift' }, 400, 'INVALID_FIELD', 'supply');
    await refused({ colour: 'red' }, 400, 'UNKNOWN_FIELD', 'colour');
    await open({});
    await refused({ market: 2 }, 409, 'MARKET_EXISTS', 'statement.market');
    expect((await problemOf(gateway.operator.openMarket('OrganizerMSP:nowhere', TERMS as never))).code).to.equal(
      'UNKNOWN_EVENT',
    );
    expect((await problemOf(gateway.anybody.openMarket(EVENT, TERMS as never))).code).to.equal('UNAUTHENTICATED');
  });

  it('asks for an event of persons', async () => {
    await begin({ ...POLICY, credentialRequired: false });
    const { code, problem } = await problemOf(open({}));
    expect([problem.status, code]).to.deep.equal([422, 'CREDENTIAL_NOT_REQUIRED']);
  });

  it('takes an opening that was signed elsewhere, of that event only', async () => {
    const { opening } = sealedMarket({ keyed: false });
    const { statement } = opening as unknown as { statement: string };
    const { code, problem } = await problemOf(gateway.operator.openMarket('OrganizerMSP:another', { statement }));
    expect([problem.status, code, problem.field]).to.deep.equal([422, 'WRONG_EVENT', 'statement.event']);
  });
});

describe('a sealed market at a gateway', () => {
  let scene: MarketScene;
  afterEach(() => scene.close());

  it('shows its key, and how far it is in every state', async () => {
    scene = aMarket({ terms: { quotas: { ResellerMSP: 300, VenueMSP: 3 } } });
    const { market } = scene;
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.ask(ben, market.ticket(ben, 'floor:A:1'));
    market.bid(ann);
    const gateway = await scene.open();
    const seen: Partial<Record<MarketState, object>> = {};
    for (const state of ['open', 'closed', 'frozen', 'revealed', 'cleared', 'finished'] as const) {
      drive(market, state);
      const view = await gateway.anybody.market(market.id);
      expect(view.state).to.equal(state);
      seen[state] = view.progress;
    }
    const all = { pages: 3, supplyPages: 0, supplied: 0, resultPages: 0, settled: 0, shares: [] };
    expect(seen).to.deep.equal({
      open: { ...all, frozen: 0, read: 0 },
      closed: { ...all, frozen: 0, read: 0 },
      frozen: { ...all, frozen: 3, read: 0 },
      revealed: { ...all, frozen: 3, read: 2, shares: [1, 2, 4] },
      cleared: { ...all, frozen: 3, read: 3, shares: [1, 2, 4], resultPages: 1 },
      finished: { ...all, frozen: 3, read: 3, shares: [1, 2, 4], resultPages: 1, settled: 1 },
    });
    const { key, root, secret, orders, result } = await gateway.anybody.market(market.id);
    expect(key).to.include({
      state: 'usable',
      generation: 1,
      threshold: 3,
      nodes: 4,
      marketKey: marketKeyOf(MARKET_KEY),
    });
    expect({ root, secret, orders, result }).to.deep.equal({
      root: market.record.root,
      secret: market.record.secret,
      orders: 2,
      result: { trades: 1, pages: 1 },
    });
  });

  it('says what its key was and which nodes have revealed it after the key is destroyed', async () => {
    scene = aMarket();
    const { market } = scene;
    drive(market, 'finished');
    const gateway = await scene.open();
    const { key, progress } = await gateway.anybody.market(market.id);
    market.destroyKey();
    const after = await gateway.anybody.market(market.id);
    expect(after.key).to.deep.equal({ ...key, state: 'destroyed' });
    expect(after.progress).to.deep.equal(progress);
    expect([after.key?.nodes, after.progress.shares]).to.deep.equal([4, [1, 2, 4]]);
  });

  it('counts pages one by one', async () => {
    scene = aMarket();
    const { market } = scene;
    market.bid(persons(market, 'Ann')[0]);
    drive(market, 'closed');
    market.take(steps.freeze(market, 1), { now: SETTLING });
    const gateway = await scene.open();
    expect((await gateway.anybody.market(market.id)).progress).to.include({ pages: 3, frozen: 1, read: 0 });
    drive(market, 'closed');
    for (const page of [0, 2]) market.take(steps.freeze(market, page), { now: SETTLING });
    market.take(steps.root(market), { now: SETTLING });
    drive(market, 'revealed');
    expect((await gateway.anybody.market(market.id)).progress).to.include({ frozen: 3, read: 2 });
    market.take(steps.read(market, 0), { now: SETTLING });
    expect((await gateway.anybody.market(market.id)).progress).to.include({ read: 3 });
  });

  it('shows a ballot’s places, and nodes that kept silent', async () => {
    scene = aMarket(undefined, drawing('ballot'));
    const { market } = scene;
    const gateway = await scene.open();
    drive(market, 'closed');
    market.take(steps.supply(market, 0), { now: SETTLING });
    const { places, allotments, progress } = await gateway.anybody.market(market.id);
    expect([places, allotments, progress.supplyPages, progress.supplied]).to.deep.equal([9, ['stage-a'], 1, 1]);
    market.take(steps.abort(market), { now: ABORTABLE });
    expect(await gateway.anybody.market(market.id)).to.deep.include({ state: 'aborted', silent: market.record.silent });
  });

  it('has no key before its first generation', async () => {
    scene = aMarket({ keyed: false });
    const gateway = await scene.open();
    expect(await gateway.anybody.market(scene.market.id)).not.to.have.property('key');
    const { body } = await gateway.operator.generateKey({ event: scene.market.event, market: 1, generation: 1 });
    expect(body.key).to.equal(scene.market.id);
    const { key } = await gateway.anybody.market(scene.market.id);
    expect(key).to.deep.equal({ state: 'generating', generation: 1, epoch: 1, threshold: 3 });
    expect(await gateway.anybody.key(scene.market.id)).to.include({ state: 'generating' });
  });

  it('is listed by pages', async () => {
    scene = aMarket();
    const { market } = scene;
    drive(market, 'finished');
    scene.market.scene.ledger.accept(market.next().opening);
    const gateway = await scene.open();
    const first = await gateway.anybody.markets(market.event, { limit: '1' });
    expect([first.markets.map(({ number }) => number), first.next]).to.deep.equal([[1], '1']);
    const second = await gateway.anybody.markets(market.event, { limit: '1', after: '1' });
    expect([second.markets.map(({ number }) => number), second.next]).to.deep.equal([[2], undefined]);
    const none = await gateway.anybody.markets(market.event, { after: '99999' });
    expect(none.markets).to.be.empty;
  });

  it('says which market or event there is not', async () => {
    scene = aMarket();
    const gateway = await scene.open();
    const codeOf = async (call: Promise<unknown>) => (await problemOf(call)).code;
    const { event } = scene.market;
    expect(await codeOf(gateway.anybody.market(`${event}:m2`))).to.equal('UNKNOWN_MARKET');
    expect(await codeOf(gateway.anybody.market('OrganizerMSP:nowhere:m1'))).to.equal('UNKNOWN_EVENT');
    expect(await codeOf(gateway.anybody.markets('OrganizerMSP:nowhere'))).to.equal('UNKNOWN_EVENT');
    const wrong = await problemOf(gateway.anybody.markets(event, { after: 'm1' as never }));
    expect([wrong.code, wrong.problem.field]).to.deep.equal(['INVALID_FIELD', 'query.after']);
  });
});

describe('deposits at a gateway', () => {
  let scene: MarketScene;
  beforeEach(() => (scene = aMarket()));
  afterEach(() => scene.close());
  const statementOf = (command: object) => (command as { statement: string }).statement;

  it('are recorded once for one payment, and add up', async () => {
    const { market } = scene;
    const [ann] = persons(market, 'Ann');
    const gateway = await scene.open();
    const statement = statementOf(market.deposit(ann));
    const { body } = await gateway.operator.createDeposit(market.id, statement);
    const mine = { market: market.id, credential: ann.credential, amountMinor: 3000, currency: 'EUR' };
    expect(body).to.include({ ...mine, depositedMinor: 3000 });
    expect(await gateway.operator.createDeposit(market.id, statement)).to.deep.equal({ body, replayed: true });
    const more = statementOf(market.deposit(ann, { amountMinor: 6000 }));
    expect((await gateway.operator.createDeposit(market.id, more)).body).to.include({ depositedMinor: 9000 });
    expect(await gateway.anybody.deposit(market.id, ann.credential)).to.deep.equal({
      ...{ market: market.id, credential: ann.credential, reseller: 'ResellerMSP' },
      ...{ amountMinor: 9000, heldMinor: 9000 },
    });
  });

  it('are refused with code and field, those of another organization before the ledger hears of them', async () => {
    const { market, network } = scene;
    const [ann] = persons(market, 'Ann');
    const gateway = await scene.open();
    const refused = async (command: object, ...expected: readonly [number, string, string]) => {
      const { code, problem } = await problemOf(gateway.operator.createDeposit(market.id, statementOf(command)));
      expect([problem.status, code, problem.field]).to.deep.equal(expected);
    };
    const before = network.submissions;
    const others = { reseller: 'OtherResellerMSP' };
    await refused(market.deposit(ann, others), 403, 'NOT_AUTHORISED', 'deposit.reseller');
    await refused(market.deposit(ann, { market: 2 }), 422, 'MARKET_MISMATCH', 'deposit.market');
    await refused(market.deposit(ann, { channel: 'elsewhere' }), 422, 'WRONG_CHANNEL', 'deposit.channel');
    await refused({ statement: 'a.b.c' }, 400, 'MALFORMED_STATEMENT', 'deposit');
    const signed = statementOf(market.deposit(ann));
    const forged = `${signed.slice(0, signed.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
    await refused({ statement: forged }, 403, 'SIGNATURE_INVALID', 'deposit');
    expect(network.submissions).to.equal(before);
    await refused(market.deposit(ann, { amountMinor: 1 }), 422, 'DEPOSIT_MISMATCH', 'deposit.amountMinor');
    const stray = await post(gateway, `/v1/markets/${market.id}/deposits`, {});
    expect([stray.status, stray.body.code, stray.body.field]).to.deep.equal([400, 'INVALID_FIELD', 'statement']);
    network.now = CLOSES;
    await refused(market.deposit(ann), 409, 'MARKET_NOT_OPEN', 'market');
  });

  it('are taken back by their owner at any gateway, once', async () => {
    const { market } = scene;
    const [ann] = persons(market, 'Ann');
    market.take(market.deposit(ann));
    const venue = await scene.open({ mspId: 'VenueMSP' });
    const statement = statementOf(market.withdrawal(ann));
    const { body, replayed } = await venue.anybody.withdrawDeposit(market.id, statement);
    expect(body).to.include({ market: market.id, credential: ann.credential, releasedMinor: 3000 });
    expect([replayed, body.id]).to.deep.equal([
      false,
      decodeStatement('deposit-withdrawal', statement, '').payload.jti,
    ]);
    const after = await venue.anybody.deposit(market.id, ann.credential);
    expect(after).to.include({ amountMinor: 0, heldMinor: 0 });
    expect((await venue.anybody.holder(market.event, ann.credential)).balanceMinor).to.equal(3000);
    market.take(market.deposit(ann));
    const reseller = await scene.open();
    expect(await reseller.anybody.withdrawDeposit(market.id, statement)).to.deep.equal({ body, replayed: true });
    expect(await venue.anybody.deposit(market.id, ann.credential)).to.include({ heldMinor: 3000 });
  });

  it('are not taken back by anybody else, nor across the close: the ledger never hears of it', async () => {
    const { market, network } = scene;
    const [ann, ben] = persons(market, 'Ann', 'Ben');
    market.take(market.deposit(ann));
    const gateway = await scene.open();
    const before = network.submissions;
    const refused = async (command: object, ...expected: readonly [number, string, string]) => {
      const { code, problem } = await problemOf(gateway.anybody.withdrawDeposit(market.id, statementOf(command)));
      expect([problem.status, code, problem.field]).to.deep.equal(expected);
    };
    const thief = { ...newKey('thief'), credential: ann.credential };
    await refused(market.withdrawal(thief), 403, 'KEY_NOT_VALID', 'withdrawal.header.jwk');
    await refused(market.withdrawal(ben), 409, 'NOTHING_DUE', 'withdrawal.credential');
    await refused(market.withdrawal(ann, { market: 2 }), 422, 'MARKET_MISMATCH', 'withdrawal.market');
    await refused(market.withdrawal(ann, { channel: 'elsewhere' }), 422, 'WRONG_CHANNEL', 'withdrawal.channel');
    await refused({ statement: 'a.b.c' }, 400, 'MALFORMED_STATEMENT', 'withdrawal');
    await refused(market.deposit(ann), 400, 'INVALID_FIELD', 'withdrawal.header.typ');
    drive(market, 'closed');
    await refused(market.withdrawal(ann), 409, 'MARKET_NOT_OPEN', 'market');
    expect(network.submissions).to.equal(before);
  });

  it('are not there for who has none', async () => {
    const { market } = scene;
    const [ann] = persons(market, 'Ann');
    const gateway = await scene.open();
    const { code, problem } = await problemOf(gateway.anybody.deposit(market.id, ann.credential));
    expect([code, problem.field]).to.deep.equal(['NOT_FOUND', 'credential']);
    const stray = `${market.event}:m7`;
    expect((await problemOf(gateway.anybody.deposit(stray, ann.credential))).code).to.equal('UNKNOWN_MARKET');
  });
});
