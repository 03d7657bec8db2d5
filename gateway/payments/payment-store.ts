/**
 * Payments on disk. One process at a time is at a payment: it has a lease, which it renews while it works and which runs out where it dies. Each change of
 * state is one SQL statement that names the state before and the process, so whoever was overtaken changes nothing.
 */
import { sql, type Kysely } from 'kysely';
import { GatewayError } from '../errors.js';
import { IN_FLIGHT_MS } from '../fabric/in-flight.js';
import { forgetPayout, keepPayout, OTHERWISE, payoutFound } from './payout-book.js';
import { FOLLOWING, UNFINISHED, type PaymentState } from './states.js';
import type { Payment, PaymentChange, PaymentTables, RefundedPayout } from './tables.js';

export const LEASE_MS = 15_000;

/** Another process is at this payment. */
export class PaymentTaken extends Error {
  override readonly name = 'PaymentTaken';
}

export interface PaymentStoreOptions {
  readonly db: Kysely<PaymentTables>;
  /** Gateways of several organizations could share a server. */
  readonly seller: string;
  /** Who moves the money here: what another one has of a payment, this one does not know. */
  readonly provider: string;
  /** This process, and no other that ever was. */
  readonly owner: string;
  readonly now: () => number;
  readonly inFlightMs?: number;
}

export interface DueQuery {
  readonly places: number;
  /** Of these, for payments that wait for their buyer. */
  readonly confirming: number;
  readonly except: readonly string[];
}

export type NewPayment = Omit<
  Payment,
  'seller' | 'state' | 'attempt' | 'owner' | 'created_at' | 'changed_at' | 'lease_until' | 'due_at' | keyof typeof FRESH
>;

/** What an attempt begins with. */
const FRESH = {
  ...{ reference: null, reason: null, problem: null, tx: null, submitted_by: null, doubt_until: 0, failures: 0 },
  ...{ refunded_minor: 0, refund: null, refunds: '[]' },
} as const;

export class PaymentStore {
  readonly #options: Required<PaymentStoreOptions>;

  constructor(options: PaymentStoreOptions) {
    this.#options = { inFlightMs: IN_FLIGHT_MS, ...options };
  }

  get owner(): string {
    return this.#options.owner;
  }

  /** How long a transaction that was sent by now may still come. */
  inDoubtUntil(): number {
    return this.#options.now() + this.#options.inFlightMs;
  }

  find(payment: string): Promise<Payment | undefined> {
    const { db, seller } = this.#options;
    return db
      .selectFrom('payment')
      .selectAll()
      .where('seller', '=', seller)
      .where('payment', '=', payment)
      .executeTakeFirst();
  }

  /** Under this process's lease. @throws {PaymentTaken} if there is one already */
  async begin(payment: NewPayment, dueMs: number): Promise<Payment> {
    const { db, seller, owner } = this.#options;
    const [now, attempt] = [this.#options.now(), 1];
    const times = { created_at: now, changed_at: now, due_at: now + dueMs, lease_until: now + LEASE_MS };
    const row = { ...payment, ...FRESH, ...times, seller, owner, attempt, state: 'created' as const };
    const written = await db
      .insertInto('payment')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    return required(written, payment.payment);
  }

  /** One more attempt at a payment that came to nothing. */
  beginAgain(before: Payment, payment: NewPayment, dueMs: number): Promise<Payment> {
    const due = { due_at: this.#options.now() + dueMs };
    return this.move(before, 'created', { ...payment, ...FRESH, ...due, attempt: before.attempt + 1 });
  }

  /** @throws {GatewayError} PAYMENTS_OFF where another provider has it */
  requireOurs({ payment, provider }: Payment): void {
    if (provider !== this.#options.provider)
      throw new GatewayError('PAYMENTS_OFF', { field: 'payment', payment, provider });
  }

  /** Payments that wait for another provider, which nobody here goes on with. */
  async unfinishedOfOthers(): Promise<number> {
    const { db, seller, provider } = this.#options;
    const found = await db
      .selectFrom('payment')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('seller', '=', seller)
      .where('provider', '<>', provider)
      .where('state', 'in', UNFINISHED)
      .executeTakeFirstOrThrow();
    return Number(found.count);
  }

  /** @returns undefined if another process is at it */
  claim(payment: string): Promise<Payment | undefined> {
    const { db, seller, provider, owner, inFlightMs } = this.#options;
    const now = this.#options.now();
    // Whoever submitted before is not here to say what became of it: the last sign of his life counts.
    const orphaned = sql<boolean>`submitted_by is not null and submitted_by <> ${owner}`;
    return db
      .updateTable('payment')
      .set({
        owner,
        lease_until: now + LEASE_MS,
        doubt_until: sql<number>`case when ${orphaned} then greatest(doubt_until, lease_until + ${inFlightMs}) else doubt_until end`,
        submitted_by: sql<string | null>`case when ${orphaned} then null else submitted_by end`,
      })
      .where('seller', '=', seller)
      .where('payment', '=', payment)
      .where('provider', '=', provider)
      .where('lease_until', '<=', now)
      .returningAll()
      .executeTakeFirst();
  }

  async renew(payment: string): Promise<void> {
    await this.#own(payment)
      .set({ lease_until: this.#options.now() + LEASE_MS })
      .execute();
  }

  /** Lets others have it. @param dueMs from now, when somebody should look at it again; null: never */
  async release(payment: string, dueMs: number | null, failures: number): Promise<void> {
    const now = this.#options.now();
    const due_at = dueMs === null ? null : now + dueMs;
    await this.#own(payment).set({ lease_until: now, due_at, failures }).execute();
  }

  /** @throws {PaymentTaken} */
  async move(before: Payment, state: PaymentState, change: PaymentChange = {}): Promise<Payment> {
    if (!FOLLOWING[before.state].includes(state)) throw new Error(`a payment goes from ${before.state} to ${state}`);
    const now = this.#options.now();
    // Whoever is at it may die: others look once his lease is over.
    const due_at = UNFINISHED.includes(state) ? now : before.due_at;
    return this.#change(before, { failures: 0, due_at, ...change, state, changed_at: now });
  }

  /** Has the ledger asked for what this payment awaits; where its answer is not known, no refusal is final for a while. @throws what `ask` does */
  async asking<T>(before: Payment, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN')
        await this.note(before, { doubt_until: this.inDoubtUntil() });
      throw error;
    }
  }

  /** Without a change of state. @throws {PaymentTaken} */
  note(before: Payment, change: PaymentChange): Promise<Payment> {
    return this.#change(before, change);
  }

  payout(payout: RefundedPayout): Promise<RefundedPayout | undefined> {
    return payoutFound(this.#options.db, payout);
  }

  /** From now on it is no payment's refund. @returns whether it was not there @throws {GatewayError} PAYMENT_MISMATCH */
  keepOtherwise(payout: RefundedPayout): Promise<boolean> {
    return this.#options.db.transaction().execute((db) => keepPayout(db, { ...payout, payment: OTHERWISE }));
  }

  /** The ledger has no such payout, and won't: nobody was paid by it. */
  forgetOtherwise(payout: RefundedPayout): Promise<void> {
    return forgetPayout(this.#options.db, { ...payout, payment: OTHERWISE });
  }

  /** From now on the payout is this payment's. @throws {PaymentTaken} @throws {GatewayError} PAYMENT_MISMATCH */
  beginRefund(before: Payment, payout: RefundedPayout, change: PaymentChange): Promise<Payment> {
    return this.#options.db.transaction().execute(async (db) => {
      await keepPayout(db, payout);
      return this.#in(db).move(before, 'refunding', change);
    });
  }

  /** The ledger has no such payout, and won't: nobody was paid by it. @throws {PaymentTaken} */
  giveUpRefund(before: Payment, payout: RefundedPayout): Promise<Payment> {
    return this.#options.db.transaction().execute(async (db) => {
      await forgetPayout(db, payout);
      return this.#in(db).move(before, 'captured', { refund: null });
    });
  }

  #in(db: Kysely<PaymentTables>): PaymentStore {
    return new PaymentStore({ ...this.#options, db });
  }

  /** Those that somebody should look at, and nobody does. */
  async due({ places, confirming, except }: DueQuery): Promise<readonly Pick<Payment, 'payment' | 'state'>[]> {
    const waiting = await this.#due('=', Math.min(places, confirming), except);
    const found = [...waiting, ...(await this.#due('<>', places, except))];
    return found.sort((a, b) => Number(a.due_at) - Number(b.due_at)).slice(0, places);
  }

  #due(waits: '=' | '<>', limit: number, except: readonly string[]) {
    const { db, seller, provider } = this.#options;
    const now = this.#options.now();
    let found = db
      .selectFrom('payment')
      .select(['payment', 'state', 'due_at'])
      .where('seller', '=', seller)
      .where('provider', '=', provider)
      .where('state', waits, 'action_required')
      .where('due_at', '<=', now)
      .where('lease_until', '<=', now);
    if (except.length > 0) found = found.where('payment', 'not in', except);
    return found.orderBy('due_at').limit(limit).execute();
  }

  /** In the order of their names. */
  list(query: { after?: string | undefined; state?: PaymentState | undefined; limit: number }): Promise<Payment[]> {
    const { db, seller } = this.#options;
    let found = db.selectFrom('payment').selectAll().where('seller', '=', seller).orderBy('payment').limit(query.limit);
    if (query.after !== undefined) found = found.where('payment', '>', query.after);
    if (query.state !== undefined) found = found.where('state', '=', query.state);
    return found.execute();
  }

  async #change({ payment, state, attempt }: Payment, change: PaymentChange): Promise<Payment> {
    const query = this.#own(payment).set(change).where('state', '=', state).where('attempt', '=', attempt);
    return required(await query.returningAll().executeTakeFirst(), payment);
  }

  #own(payment: string) {
    const { db, seller, owner } = this.#options;
    return db
      .updateTable('payment')
      .where('seller', '=', seller)
      .where('payment', '=', payment)
      .where('owner', '=', owner);
  }
}

function required(row: Payment | undefined, payment: string): Payment {
  if (!row) throw new PaymentTaken(`another process is at payment ${payment}`);
  return row;
}
