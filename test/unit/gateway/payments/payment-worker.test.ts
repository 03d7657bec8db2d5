import { expect } from 'chai';
import { Leases } from '../../../../gateway/payments/leases.js';
import { PaymentStore, type NewPayment } from '../../../../gateway/payments/payment-store.js';
import { PaymentWorker } from '../../../../gateway/payments/payment-worker.js';
import { ProviderRefused } from '../../../../gateway/payments/provider-steps.js';
import type { PaymentState } from '../../../../gateway/payments/states.js';
import type { Payment } from '../../../../gateway/payments/tables.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { until } from '../../../support/until.js';
import { forgetPayments, HandClock } from './a-paying-gateway.js';
import { lendStore } from '../../../support/lent-databases.js';

const NEW: Omit<NewPayment, 'payment'> = {
  ...{ provider: 'test', event: 'OrganizerMSP:e', buyer: 'a-buyer', request: 'r', digest: 'd', sale: 's' },
  ...{ sale_given: false, allotment: null, hold: null, hold_caller: null },
  ...{ amount_minor: 1, currency: 'EUR', method: null, return_url: null },
};

describe('worker of payments', () => {
  let db: Store;
  let store: PaymentStore;
  let clock: HandClock;
  let worker: PaymentWorker;
  let begun: string[];
  /** What is under way until it is let go of. */
  let slow: Map<string, () => void>;
  let isSlow: (payment: Payment) => boolean;
  before(async () => {
    db = await lendStore();
  });
  after(() => db.destroy());
  beforeEach(async () => {
    await forgetPayments(db);
    begun = [];
    slow = new Map();
    isSlow = () => false;
    clock = new HandClock();
    const report = () => undefined;
    store = new PaymentStore({ db, seller: 'OrganizerMSP', provider: 'test', owner: 'this-one', now: clock.now });
    const leases = new Leases({ store, clock, report });
    const advance = async (payment: Payment) => {
      begun.push(payment.payment);
      if (isSlow(payment)) await new Promise<void>((resolve) => slow.set(payment.payment, resolve));
      return payment;
    };
    worker = new PaymentWorker({ store, drive: { advance }, leases, clock, report });
  });

  const due = async (count: number, state: PaymentState, name: string) => {
    for (let index = 0; index < count; index += 1)
      await store.begin({ ...NEW, payment: `test.${name}-${String(index).padStart(3, '0')}` }, 0);
    const change = { state, lease_until: 0, due_at: clock.nowMs };
    await db.updateTable('payment').set(change).where('payment', 'like', `test.${name}-%`).execute();
  };
  const letGo = () => slow.forEach((end) => end());

  it('goes on with others while one is slow', async () => {
    await due(40, 'sold', 'p');
    isSlow = ({ payment }) => payment === 'test.p-000';
    const round = worker.round();
    try {
      await until(() => Promise.resolve(begun.length === 40));
    } finally {
      letGo();
      await round;
    }
  });

  it('has so many in hand at once, and no more', async () => {
    await due(40, 'sold', 'p');
    isSlow = () => true;
    const round = worker.round();
    await until(() => Promise.resolve(begun.length >= 32));
    slow.get(begun[0]!)?.();
    await until(() => Promise.resolve(begun.length >= 33));
    expect(begun).to.have.length(33);
    isSlow = () => false;
    letGo();
    await round;
    expect(new Set(begun).size).to.equal(40);
  });

  it('leaves buyers who confirm a quarter of the places', async () => {
    await due(40, 'action_required', 'a');
    await db.updateTable('payment').set({ due_at: 1 }).execute();
    await due(40, 'sold', 'p');
    isSlow = () => true;
    const round = worker.round();
    await until(() => Promise.resolve(begun.length >= 32));
    expect(begun.filter((name) => name.startsWith('test.a-'))).to.have.length(8);
    isSlow = () => false;
    letGo();
    await round;
    expect(new Set(begun).size).to.equal(80);
  });

  it('tries each once in a round, also where it is due again at once', async () => {
    await due(1, 'action_required', 'a');
    await db.updateTable('payment').set({ changed_at: 0 }).execute();
    await worker.round();
    expect(begun).to.deep.equal(['test.a-000']);
    await worker.round();
    expect(begun).to.deep.equal(['test.a-000', 'test.a-000']);
  });

  it('begins nothing once it was closed, and waits for what it began', async () => {
    await due(2, 'sold', 'p');
    isSlow = () => true;
    const round = worker.round();
    await until(() => Promise.resolve(begun.length === 2));
    await due(1, 'sold', 'q');
    let isClosed = false;
    const closed = worker.close().then(() => (isClosed = true));
    slow.get('test.p-000')?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).to.be.false;
    letGo();
    await Promise.all([closed, round]);
    expect(begun).to.deep.equal(['test.p-000', 'test.p-001']);
  });

  for (const [what, failure, minutes] of [
    ['is refused by the provider is asked again within the hour', () => new ProviderRefused('no'), 60],
    ['fails otherwise is tried again within the minute', () => new Error('no'), 1],
  ] as const)
    it(`what ${what}`, async () => {
      await due(1, 'sold', 'p');
      await db.updateTable('payment').set({ failures: 30 }).execute();
      const leases = new Leases({ store, clock, report: () => undefined });
      const run = async () => {
        await store.claim('test.p-000');
        throw failure();
      };
      const told: unknown = await leases.holding('test.p-000', run).catch((error: unknown) => error);
      expect(told).to.be.instanceOf(Error);
      expect((await store.find('test.p-000'))?.due_at).to.equal(clock.nowMs + minutes * 60_000);
    });
});
