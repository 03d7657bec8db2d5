/** A gateway that takes payments, with the test provider and its store in memory. */
import { TestProvider } from '../../../../gateway/payments/test-provider.js';
import type { PaymentProvider } from '../../../../gateway/payments/provider.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import type { HoldBook } from '../../../../gateway/holds/hold-book.js';
import type { Submitter } from '../../../../gateway/fabric/ledger.js';
import { newId } from '../../../support/statements.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { aFan, type Fan } from '../http/a-scene.js';
import type { MemoryNetwork } from '../http/memory-network.js';
import { OPERATOR, send, type RawAnswer } from '../http/raw.js';

/** A clock that stands still until it is moved; what waits for time waits for that. */
export class HandClock {
  nowMs = Date.parse('2027-01-01T00:00:00Z');
  readonly now = () => this.nowMs;
  readonly after = () => () => undefined;
}

export interface Books {
  readonly reserved: number;
  readonly captured: number;
  readonly refundedMinor: number;
}

export interface PayingGateway {
  readonly gateway: TestGateway;
  readonly store: Store;
  readonly clock: HandClock;
  readonly reports: string[];
  /** A request that will be paid here. */
  request(overrides?: Parameters<Fan['request']>[0], fan?: Fan): string;
  buy(request: string, method: string, headers?: Readonly<Record<string, string>>): Promise<RawAnswer>;
  payment(name: string): Promise<RawAnswer>;
  /** What is due after so long. */
  later(ms: number): Promise<void>;
  /** How many charges the provider has in either state, and what went back. */
  books(): Promise<Books>;
  close(): Promise<void>;
}

export interface PayingOptions {
  readonly network?: MemoryNetwork;
  readonly submitter?: Submitter;
  readonly provider?: (inner: PaymentProvider) => PaymentProvider;
  readonly holdBook?: HoldBook;
  /** Gateways of one organization may share it, and who is started anew has it still. */
  readonly store: Store;
}

/** A provider that does some things otherwise. */
export const otherwise = (inner: PaymentProvider, ways: Partial<PaymentProvider>): PaymentProvider => ({
  ...{ name: inner.name, isTest: inner.isTest },
  authorize: (order) => inner.authorize(order),
  capture: (order) => inner.capture(order),
  void: (order) => inner.void(order),
  refund: (order) => inner.refund(order),
  find: (reference) => inner.find(reference),
  ...ways,
});

export async function forgetPayments(store: Store): Promise<void> {
  for (const table of ['payment', 'payment_payout', 'payment_test_charge', 'payment_test_refund'] as const)
    await store.deleteFrom(table).execute();
}

export const paymentIn = (request: string): string =>
  (JSON.parse(Buffer.from(request.split('.')[1]!, 'base64url').toString()) as { paymentReference: string })
    .paymentReference;

export async function aPayingGateway(options: PayingOptions): Promise<PayingGateway> {
  const { provider: wrapped = (inner: PaymentProvider) => inner, network, submitter, store, holdBook } = options;
  const clock = new HandClock();
  const reports: string[] = [];
  const payments = {
    store,
    clock,
    provider: wrapped(new TestProvider({ db: store, now: clock.now })),
    report: (level: string, message: string) => void reports.push(`${level} ${message}`),
  };
  const gateway = await aGateway({
    payments,
    ...(network && { network }),
    ...(submitter && { submitter }),
    ...(holdBook && { holdBook }),
  });
  const count = async (state: 'authorized' | 'captured') => {
    const rows = await store.selectFrom('payment_test_charge').select('key').where('state', '=', state).execute();
    return rows.length;
  };
  return {
    gateway,
    store,
    clock,
    reports,
    request: (overrides = {}, fan = aFan()) => fan.request({ paymentReference: `test.${newId()}`, ...overrides }),
    buy: (request, method, headers = {}) =>
      send(gateway, {
        method: 'POST',
        path: '/v1/sales',
        body: JSON.stringify({ request, payment: { method } }),
        headers: { ...OPERATOR, ...headers },
      }),
    payment: (name) => send(gateway, { path: `/v1/payments/${name}`, headers: OPERATOR }),
    async later(ms) {
      clock.nowMs += ms;
      await gateway.services.payments!.worker.round();
    },
    async books() {
      const refunds = await store.selectFrom('payment_test_refund').select('amount_minor').execute();
      const refundedMinor = refunds.reduce((sum, each) => sum + each.amount_minor, 0);
      return { reserved: await count('authorized'), captured: await count('captured'), refundedMinor };
    },
    close: () => gateway.close(),
  };
}
