/** Puts the payments together: what calls and restarts share is the store, all else belongs to this process. */
import { randomUUID } from 'node:crypto';
import type { Clock, Report } from '../fabric/clock.js';
import type { Submitter } from '../fabric/ledger.js';
import type { HoldDesk } from '../holds/hold-desk.js';
import type { Records } from '../http/ports.js';
import { rehearse } from '../http/rehearsal.js';
import type { SaleDesk } from '../sales/sale-desk.js';
import type { Store } from '../store/open-store.js';
import { PaymentDrive } from './drive.js';
import { Leases } from './leases.js';
import { PaymentDesk } from './payment-desk.js';
import { PaymentStore } from './payment-store.js';
import { PaymentWorker } from './payment-worker.js';
import type { PaymentProvider } from './provider.js';
import { ProviderSteps } from './provider-steps.js';
import { RefundDesk } from './refund-desk.js';
import type { PaymentSettings } from './settings.js';
import { StripeProvider } from './stripe-provider.js';
import { TestProvider } from './test-provider.js';

export interface PaymentsOptions {
  readonly store: Store;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  readonly report: Report;
  /** Of this process alone. */
  readonly owner?: string;
}

/** What the gateway has beside. */
export interface PaymentsPlace {
  readonly mspId: string;
  readonly channel: string;
  readonly submitter: Submitter;
  readonly records: Records;
  readonly nowMs: () => number;
  readonly deskOver: (submitter: Submitter) => Pick<SaleDesk, 'sell'>;
  readonly permit: HoldDesk['permit'];
}

export interface Payments {
  readonly desk: PaymentDesk;
  readonly refunds: RefundDesk;
  readonly worker: PaymentWorker;
}

export function createPayments(options: PaymentsOptions, place: PaymentsPlace): Payments {
  const { provider, clock, report, owner = randomUUID() } = options;
  const { mspId: seller, channel, submitter, records, nowMs, deskOver, permit } = place;
  const now = () => clock.now();
  const store = new PaymentStore({ db: options.store, seller, provider: provider.name, owner, now });
  const steps = new ProviderSteps({ provider, store, now, report });
  const driving = { store, steps, submitter, records, deskOver, permit, now };
  const drive = new PaymentDrive(driving);
  const leases = new Leases({ store, clock, report });
  const rehearsal = (command: Readonly<Record<string, unknown>>) =>
    rehearse(command, { mspId: seller, channel, records, nowMs });
  return {
    desk: new PaymentDesk({ ...driving, seller, provider, drive, leases, rehearsal, report }),
    refunds: new RefundDesk({ seller, store, drive, leases }),
    worker: new PaymentWorker({ store, drive, leases, clock, report }),
  };
}

/** @returns undefined where payments are somebody else's business */
export function providerOf(
  settings: PaymentSettings,
  { store, clock, report }: Omit<PaymentsOptions, 'provider'>,
): PaymentProvider | undefined {
  const now = () => clock.now();
  if (settings.provider === 'off') return undefined;
  if (settings.provider === 'stripe') return new StripeProvider({ ...settings, now });
  report('warning', 'payments are tried with the test provider: NO MONEY MOVES; GUICHET_PAYMENTS chooses another', {});
  return new TestProvider({ db: store, now });
}
