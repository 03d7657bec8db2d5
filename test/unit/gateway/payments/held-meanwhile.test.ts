/** Another gateway that shares the book gives a hold of seats while the provider is asked for their price. */
import { expect } from 'chai';
import { StoredHolds } from '../../../../gateway/holds/stored-holds.js';
import type { PaymentProvider } from '../../../../gateway/payments/provider.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { forgetHolds, holdOf } from '../../../support/hold-cases.js';
import { anOpenEvent, EVENT } from '../http/a-scene.js';
import { MemoryNetwork } from '../http/memory-network.js';
import { OPERATOR, send } from '../http/raw.js';
import { aPayingGateway, forgetPayments, otherwise, paymentIn, type PayingGateway } from './a-paying-gateway.js';
import { lendStore } from '../../../support/lent-databases.js';

const FIRST = 'floor:A:1';

describe('paid sale of seats that are held meanwhile', () => {
  let network: MemoryNetwork;
  let store: Store;
  let paying: PayingGateway;
  let book: StoredHolds;
  /** Runs once the next amount is reserved. */
  let meanwhile: (() => Promise<void>) | undefined;
  before(async () => {
    store = await lendStore();
    book = new StoredHolds(store, true);
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await forgetPayments(store);
    await forgetHolds(store);
    network = new MemoryNetwork();
    meanwhile = undefined;
    paying = await aPayingGateway({ store, network, holdBook: book, provider: slow });
    await anOpenEvent(paying.gateway);
  });
  afterEach(() => paying.close());

  const slow = (inner: PaymentProvider) =>
    otherwise(inner, {
      async authorize(order) {
        const said = await inner.authorize(order);
        const run = meanwhile;
        meanwhile = undefined;
        await run?.();
        return said;
      },
    });
  const hold = async () => {
    const added = await book.add(
      {
        ...{ hold: 'h1', caller: 'key:another', id: 'an-id-of-it', asked: 'a', event: EVENT, allotment: 'floor-a' },
        ...{ priceClass: 'standard', seats: [FIRST], sold: [], released: false },
        ...{ createdAtMs: 1_000, expiresAtMs: 1e14, latestAtMs: 1e14 },
      },
      10,
    );
    expect(added.as).to.equal('new');
  };
  const seatsOf = (body: Record<string, unknown>) =>
    (body.tickets as { ticket: string }[]).map(({ ticket }) => ticket.slice(EVENT.length + 1));

  it('is refused where the buyer named them, and nothing is taken', async () => {
    const request = paying.request({ seats: [FIRST] });
    meanwhile = hold;
    const { status, body } = await paying.buy(request, 'tok_ok');
    expect([status, body.code, body.field]).to.deep.equal([409, 'SEAT_HELD', 'request.seats[0]']);
    expect((await paying.payment(paymentIn(request))).body.state).to.equal('voided');
    expect(await paying.books()).to.deep.equal({ reserved: 0, captured: 0, refundedMinor: 0 });
  });

  it('is of others of the class where he did not', async () => {
    meanwhile = hold;
    const { status, body } = await paying.buy(paying.request(), 'tok_ok');
    expect([status, seatsOf(body)]).to.deep.equal([201, ['floor:A:2', 'floor:A:3']]);
  });

  it('is of others of the class where he had to confirm first', async () => {
    const request = paying.request();
    expect((await paying.buy(request, 'tok_action')).body.code).to.equal('PAYMENT_ACTION_REQUIRED');
    await hold();
    paying.clock.nowMs += 3_000;
    const { status, body } = await paying.buy(request, 'tok_action');
    expect([status, body.code]).to.deep.equal([201, undefined]);
    expect(seatsOf(body)).not.to.include(FIRST);
  });

  it('is not refused for the buyer’s own hold', async () => {
    const made = await holdOf(paying.gateway, { seats: [FIRST] });
    const order = { request: paying.request({ seats: [FIRST] }), hold: made.body.hold, payment: { method: 'tok_ok' } };
    const body = JSON.stringify(order);
    const sold = await send(paying.gateway, { method: 'POST', path: '/v1/sales', body, headers: OPERATOR });
    expect([sold.status, sold.body.code]).to.deep.equal([201, undefined]);
  });
});
