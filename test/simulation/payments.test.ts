/**
 * Wherever the gateway dies, however late or often the provider answers and whatever the ledger keeps to itself: in the end a sale that is on the ledger
 * is taken once, and for one that is not nothing is reserved or taken.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { PaymentDesk } from '../../gateway/payments/payment-desk.js';
import { PaymentDrive } from '../../gateway/payments/drive.js';
import { Leases } from '../../gateway/payments/leases.js';
import { PaymentStore } from '../../gateway/payments/payment-store.js';
import { PaymentWorker } from '../../gateway/payments/payment-worker.js';
import { ProviderSteps } from '../../gateway/payments/provider-steps.js';
import { TestProvider } from '../../gateway/payments/test-provider.js';
import type { Submitter } from '../../gateway/fabric/ledger.js';
import type { SaleOrder } from '../../gateway/sales/sale-desk.js';
import { openStore, type Store } from '../../gateway/store/open-store.js';
import {
  LEDGER_FAULTS,
  Mortal,
  PROVIDER_FAULTS,
  troubled,
  TroubledLedger,
  type LedgerFault,
  type ProviderFault,
} from '../support/payment-chaos.js';
import { aSale, anAllotment, anEvent, newId, newKey } from '../support/statements.js';

const RUNS = { numRuns: 60 };
const SELLER = 'ResellerMSP';
const ROUNDS = 60;
const BUYER = newKey('a buyer');
const FLOOR = anAllotment(anEvent());

const mishaps = fc.record({
  /** Each process but the last dies at such a call. */
  deaths: fc.array(fc.record({ at: fc.integer({ min: 1, max: 20 }), after: fc.boolean() }), { maxLength: 4 }),
  provider: fc.array(fc.constantFrom(...PROVIDER_FAULTS), { maxLength: 8 }),
  ledger: fc.array(fc.constantFrom(...LEDGER_FAULTS, 'refuses', 'unknown, and comes'), { maxLength: 6 }),
  delayMs: fc.integer({ min: 0, max: 180_000 }),
  method: fc.constantFrom('tok_ok', 'tok_ok', 'tok_ok', 'tok_ok', 'tok_declined', 'tok_action', 'tok_action_never'),
  /** How often the shop asks again, with so much time between. */
  attempts: fc.constantFrom(1, 1, 1, 2, 5),
  pauseMs: fc.integer({ min: 1_000, max: 60_000 }),
});
type Mishaps = typeof mishaps extends fc.Arbitrary<infer M> ? M : never;

describe('payments in spite of everything', () => {
  let store: Store;
  before(async () => {
    store = await openStore({ memory: true }, () => undefined);
  });
  after(() => store.destroy());

  it('one capture for each sale on the ledger, and none without', () =>
    fc.assert(
      fc.asyncProperty(mishaps, async (all) => {
        const scene = new Scene(store, all);
        await scene.play();
        await scene.expectSettled();
      }),
      RUNS,
    ));
});

class Scene {
  readonly #sale = aSale(FLOOR, { buyer: BUYER, request: { paymentReference: `test.${newId()}` } });
  readonly #ledger = new TroubledLedger(() => this.#nowMs);
  readonly #provider;
  readonly #faults: LedgerFault[];
  #nowMs = 1_800_000_000_000;
  #process!: { readonly mortal: Mortal; readonly desk: PaymentDesk; readonly worker: PaymentWorker };
  #started = 0;

  constructor(
    private readonly store: Store,
    private readonly mishaps: Mishaps,
  ) {
    const faults: ProviderFault[] = [...mishaps.provider];
    this.#faults = [...mishaps.ledger];
    this.#provider = troubled(new TestProvider({ db: store, now: () => this.#nowMs }), () => faults.shift() ?? 'none');
    this.#start();
  }

  async play(): Promise<void> {
    const { attempts, pauseMs, method } = this.mishaps;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const order = { request: String(this.#sale.command.request), sale: String(this.#sale.command.sale), method };
      await this.#process.desk.sell(order).catch(() => undefined);
      await this.#pass(pauseMs);
    }
    for (let round = 0; round < ROUNDS; round += 1) await this.#pass(30_000);
  }

  async expectSettled(): Promise<void> {
    const name = this.#sale.request.paymentReference;
    const payment = await this.store
      .selectFrom('payment')
      .select('state')
      .where('payment', '=', name)
      .executeTakeFirst();
    const charges = await this.store
      .selectFrom('payment_test_charge')
      .select('state')
      .where('key', 'like', `guichet.${SELLER}.${name}.%`)
      .execute();
    const isSold = this.#ledger.has(name);
    const count = (state: string) => charges.filter((each) => each.state === state).length;
    expect([count('captured'), count('authorized'), count('action_required')]).to.deep.equal([isSold ? 1 : 0, 0, 0]);
    expect(payment?.state ?? 'none').to.be.oneOf(isSold ? ['captured'] : ['voided', 'failed', 'none']);
  }

  /** Time, and whoever died is started again. */
  async #pass(ms: number): Promise<void> {
    this.#nowMs += ms;
    if (this.#process.mortal.isDead) this.#start();
    await this.#process.worker.round();
  }

  #start(): void {
    const mortal = new Mortal(this.mishaps.deaths[this.#started]);
    this.#started += 1;
    const now = () => this.#nowMs;
    const owner = `process-${this.#started}`;
    const store = mortal.port(new PaymentStore({ db: this.store, provider: 'test', seller: SELLER, owner, now }));
    const report = () => undefined;
    const provider = mortal.port(this.#provider);
    const records = mortal.port({ read: this.#ledger.read }) as never;
    const submitter = mortal.port(this.#ledger.submitter(() => this.#faults.shift() ?? 'none', this.mishaps.delayMs));
    const deskOver = (through: Submitter) => ({ sell: (order: SaleOrder) => submitted(order, through) });
    const steps = new ProviderSteps({ provider, store, now, report });
    const permit = () => Promise.resolve();
    const driving = { store, steps, submitter, records, deskOver, permit, now };
    const drive = new PaymentDrive(driving);
    const clock = { now, after: () => () => undefined };
    const leases = new Leases({ store, clock, report });
    const rehearsal = () => Promise.resolve();
    const desk = new PaymentDesk({ ...driving, seller: SELLER, provider, drive, leases, rehearsal, report });
    this.#process = { mortal, desk, worker: new PaymentWorker({ store, drive, leases, clock, report }) };
  }
}

async function submitted({ request, sale }: SaleOrder, through: Submitter) {
  return { committed: await through.submit({ kind: 'ticket.sell', request, sale }), sale: undefined };
}
