/** A paid order and one that is paid elsewhere want the same seat: they have different ways to the ledger, and one contest. */
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../../../gateway/store/open-store.js';
import { sell } from '../../../support/hold-cases.js';
import { lendStore } from '../../../support/lent-databases.js';
import { until } from '../../../support/until.js';
import { HeldSubmitter } from '../http/a-held-submitter.js';
import { anOpenEvent } from '../http/a-scene.js';
import { MemoryNetwork } from '../http/memory-network.js';
import { aPayingGateway, forgetPayments, type PayingGateway } from './a-paying-gateway.js';

const SEAT = 'floor:A:1';

describe('paid and unpaid orders for one seat', () => {
  let network: MemoryNetwork;
  let store: Store;
  let way: HeldSubmitter;
  let paying: PayingGateway;
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await forgetPayments(store);
    network = new MemoryNetwork();
    way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
    paying = await aPayingGateway({ store, network, submitter: way });
    await anOpenEvent(paying.gateway);
  });
  afterEach(async () => {
    way.release();
    await paying.close();
  });

  it('are sent one at a time', async () => {
    const { submissions } = network;
    way.hold();
    const paid = paying.buy(paying.request({ seats: [SEAT] }), 'tok_ok');
    await until(async () => (await paying.books()).reserved === 1);
    const unpaid = sell(paying.gateway, { seats: [SEAT] });
    // For it to come as far as it does.
    await sleep(100);
    way.release();
    expect((await paid).status).to.equal(201);
    expect((await unpaid).body.code).to.equal('SEAT_ALREADY_SOLD');
    expect(network.submissions).to.equal(submissions + 1);
  });
});
