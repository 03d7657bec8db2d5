/** Sealed orders at a gateway: each in one slot, whoever asks at once and whatever failed before. */
import { expect } from 'chai';
import { orderKey } from '../../../../chaincode/domain/market/keys.js';
import type { Submitter } from '../../../../gateway/fabric/ledger.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { CLOSES } from '../../../support/sealed-market.js';
import { newId } from '../../../support/statements.js';
import { aMarket, anOrder, placeOrder, type MarketScene } from './a-market.js';
import { send, type RawAnswer } from './raw.js';

const MANY = 50;
const slotsOf = (answers: readonly RawAnswer[]) => answers.map(({ body }) => Number(body.slot)).sort((a, b) => a - b);
const range = (to: number) => Array.from({ length: to }, (_, at) => at);

describe('sealed orders at a gateway', () => {
  let scene: MarketScene;
  const begin = (quota: number) => {
    scene = aMarket({ terms: { quotas: { ResellerMSP: quota, VenueMSP: 3 } } });
    return scene;
  };
  afterEach(() => scene.close());
  const idIn = (slot: number) =>
    scene.market.scene.ledger.read(orderKey(scene.market.event, 1, 'ResellerMSP', slot))?.id;

  it('puts an order into a slot and says where', async () => {
    const { market, open } = begin(10);
    const gateway = await open();
    const order = anOrder(market);
    const { status, body } = await placeOrder(gateway, market, order);
    expect(status).to.equal(201);
    expect(body).to.include({ id: order.id, market: market.id, mspId: 'ResellerMSP', slot: 0 });
    expect(body.tx).to.be.a('string');
    expect(body.block).to.be.a('number');
    expect(idIn(0)).to.equal(order.id);
  });

  it('gives the first receipt to the same order again, at any gateway, also when no slot is left or the market is closed', async () => {
    const { market, network, open } = begin(2);
    const [one, other] = [await open(), await open()];
    const order = anOrder(market);
    await placeOrder(one, market, order);
    const again = async (gateway: typeof one) => {
      const { status, headers, body } = await placeOrder(gateway, market, order);
      expect([status, headers.get('Idempotency-Replayed'), body.slot]).to.deep.equal([200, 'true', 0]);
    };
    await again(one);
    await again(other);
    expect((await placeOrder(other, market, anOrder(market))).body.slot).to.equal(1);
    await again(one);
    await again(await open());
    network.now = CLOSES;
    await again(one);
  });

  it(`takes ${MANY} at once at two gateways, each once, and then has no slot left`, async () => {
    const { market, open } = begin(MANY);
    const gateways = [await open(), await open()];
    const orders = range(MANY).map(() => anOrder(market));
    const answers = await Promise.all(orders.map((order, at) => placeOrder(gateways[at % 2]!, market, order)));
    expect(answers.map(({ status }) => status)).to.deep.equal(orders.map(() => 201));
    expect(slotsOf(answers)).to.deep.equal(range(MANY));
    for (const { body } of answers) expect(idIn(Number(body.slot))).to.equal(body.id);
    for (const gateway of gateways) {
      const { status, body } = await placeOrder(gateway, market, anOrder(market));
      expect([status, body.code, body.field]).to.deep.equal([409, 'ORDER_QUOTA', 'quotas.ResellerMSP']);
    }
  });

  it('puts one order that is sent many times at once into one slot', async () => {
    const { market, open } = begin(MANY);
    const gateways = [await open(), await open()];
    const order = anOrder(market);
    const answers = await Promise.all(range(20).map((at) => placeOrder(gateways[at % 2]!, market, order)));
    expect(new Set(slotsOf(answers)).size).to.equal(1);
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    const rest = await Promise.all(range(MANY - 1).map((at) => placeOrder(gateways[at % 2]!, market, anOrder(market))));
    expect(new Set(slotsOf([...rest, answers[0]!])), 'no slot is lost by it').to.deep.equal(new Set(range(MANY)));
  });

  it('goes on after a restart where the orders end', async () => {
    const { market, open } = begin(10);
    for (const slot of range(4))
      expect((await placeOrder(await open(), market, anOrder(market))).body.slot).to.equal(slot);
  });

  it('finds an order again that was committed before its answer was lost', async () => {
    const { market, network, open } = begin(10);
    let lost = true;
    const submitter: Submitter = {
      async submit(command) {
        const committed = await network.submitterOf('ResellerMSP').submit(command);
        if (lost) throw new GatewayError('OUTCOME_UNKNOWN', { tx: committed.receipt.tx });
        return committed;
      },
    };
    const gateway = await open({ submitter });
    const order = anOrder(market);
    expect((await placeOrder(gateway, market, order)).body.code).to.equal('OUTCOME_UNKNOWN');
    lost = false;
    const { status, body } = await placeOrder(gateway, market, order);
    expect([status, body.slot]).to.deep.equal([200, 0]);
    expect((await placeOrder(gateway, market, anOrder(market))).body.slot).to.equal(1);
  });

  // Regression: the quota was used up by orders that never came in, for their own repetition too.
  it('takes the same orders again after outcomes that stayed unknown, and others in the end', async () => {
    const { market, network, open } = begin(3);
    let lost = true;
    const submitter: Submitter = {
      submit(command) {
        if (lost) return Promise.reject(new GatewayError('OUTCOME_UNKNOWN', {}));
        return network.submitterOf('ResellerMSP').submit(command);
      },
    };
    const gateway = await open({ submitter });
    const orders = range(3).map(() => anOrder(market));
    for (const order of orders)
      expect((await placeOrder(gateway, market, order)).body.code).to.equal('OUTCOME_UNKNOWN');
    lost = false;
    const [first, second] = orders as [(typeof orders)[0], (typeof orders)[0]];
    expect((await placeOrder(gateway, market, first)).body.slot).to.equal(0);
    expect((await placeOrder(gateway, market, anOrder(market))).body.code, 'may still come in').to.equal('ORDER_QUOTA');
    expect((await placeOrder(gateway, market, second)).body.slot).to.equal(1);
  });

  it('gives a slot to the next where nothing came into it', async () => {
    const { market, network, open } = begin(1);
    const gateway = await open();
    network.failNext = new GatewayError('LEDGER_UNAVAILABLE');
    expect((await placeOrder(gateway, market, anOrder(market))).status).to.equal(503);
    expect((await placeOrder(gateway, market, anOrder(market))).body.slot).to.equal(0);
  });

  it('refuses what can’t be an order, with code and field', async () => {
    const { market, network, open } = begin(10);
    const [gateway, stranger] = [await open(), await open({ mspId: 'OtherResellerMSP' })];
    const order = anOrder(market);
    const refused = async (answer: Promise<RawAnswer>, ...expected: readonly unknown[]) => {
      const { status, body } = await answer;
      expect([status, body.code, body.field]).to.deep.equal(expected);
    };
    const place = (body: object, id = market.id) => placeOrder(gateway, { id }, body);
    const before = network.submissions;
    await refused(place({ ...order, sealed: order.sealed.slice(4) }), 422, 'ORDER_MALFORMED', 'sealed');
    await refused(place({ ...order, sealed: '' }), 400, 'INVALID_FIELD', 'sealed');
    await refused(place({ ...order, sealed: 'A'.repeat(16 * 1024 + 1) }), 400, 'INVALID_FIELD', 'sealed');
    await refused(place({ ...order, id: 'short' }), 400, 'INVALID_FIELD', 'id');
    await refused(place({ ...order, slot: 1 }), 400, 'UNKNOWN_FIELD', 'slot');
    await refused(place(order, `${market.event}:m2`), 404, 'UNKNOWN_MARKET', 'market');
    await refused(place(order, 'OrganizerMSP:nowhere:m1'), 404, 'UNKNOWN_EVENT', 'event');
    await refused(place(order, 'no-market'), 400, 'INVALID_FIELD', 'market');
    await refused(placeOrder(stranger, market, order), 409, 'ORDER_QUOTA', 'quotas.OtherResellerMSP');
    expect(network.submissions, 'none of it reached the ledger').to.equal(before);
    await place(order);
    await refused(place({ ...anOrder(market), id: order.id }), 409, 'COMMAND_ID_REUSED', 'jti');
    network.now = CLOSES;
    await refused(place(anOrder(market, { id: newId() })), 409, 'MARKET_NOT_OPEN', 'market');
    const path = `/v1/markets/${market.id}/orders`;
    await refused(
      send(gateway, { method: 'POST', path, body: JSON.stringify(order) }),
      401,
      'UNAUTHENTICATED',
      'Authorization',
    );
  });
});
