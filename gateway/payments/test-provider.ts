/**
 * The provider of those who have none: it moves no money and says so. Its books are durable and its own, as a real one's are; what it does with a method
 * is in the method's name. So all that a real one may do can be tried: decline, ask the buyer, keep silent before or after it has done as asked.
 */
import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { PaymentTables } from './tables.js';
import {
  ProviderUnavailable,
  type AmountOrder,
  type AuthorizeOrder,
  type DeclineReason,
  type PaymentOrder,
  type PaymentProvider,
  type ProviderPayment,
  type ProviderRefund,
} from './provider.js';
import type { Selectable } from 'kysely';

type Charge = Selectable<PaymentTables['payment_test_charge']>;

const DECLINES: Readonly<Record<string, DeclineReason>> = {
  tok_declined: 'card_declined',
  tok_insufficient_funds: 'insufficient_funds',
  tok_expired: 'expired_card',
};
/** The buyer of `tok_action` confirms after so long; the one of `tok_action_never` does not. */
const CONFIRMED_AFTER_MS = 2_000;

export const TEST_METHODS = {
  tok_ok: 'pays',
  tok_declined: 'is declined',
  tok_insufficient_funds: 'is declined, for that reason',
  tok_expired: 'is declined, for that reason',
  tok_action: 'asks the buyer, who confirms after two seconds',
  tok_action_never: 'asks the buyer, who does nothing',
  tok_unavailable: 'is never answered, and nothing is done',
  tok_late: 'is reserved, and answered the second time only',
  tok_late_capture: 'pays, and the capture is answered the second time only',
} as const;

export interface TestProviderOptions {
  readonly db: Kysely<PaymentTables>;
  readonly now: () => number;
}

export class TestProvider implements PaymentProvider {
  readonly name = 'test';
  readonly isTest = true;
  readonly #db: Kysely<PaymentTables>;
  readonly #now: () => number;

  constructor({ db, now }: TestProviderOptions) {
    this.#db = db;
    this.#now = now;
  }

  async authorize({ key, amountMinor, currency, method }: AuthorizeOrder): Promise<ProviderPayment> {
    if (method === 'tok_unavailable') throw this.#silent();
    const state = stateAtFirst(method);
    const reference = `test_${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
    const charge = { key, reference, state, amount_minor: amountMinor, currency, method };
    await this.#db
      .insertInto('payment_test_charge')
      .values({ ...charge, silences: 0, asked_at: this.#now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if (method === 'tok_late') await this.#keepSilentOnce(reference);
    return this.find(reference);
  }

  async capture({ reference, amountMinor, currency }: AmountOrder): Promise<ProviderPayment> {
    await this.#db
      .updateTable('payment_test_charge')
      .set({ state: 'captured' })
      .where('reference', '=', reference)
      .where('state', '=', 'authorized')
      .where('amount_minor', '=', amountMinor)
      .where('currency', '=', currency)
      .execute();
    if ((await this.#charge(reference))?.method === 'tok_late_capture') await this.#keepSilentOnce(reference);
    return this.find(reference);
  }

  async void({ reference }: PaymentOrder): Promise<ProviderPayment> {
    await this.#db
      .updateTable('payment_test_charge')
      .set({ state: 'voided' })
      .where('reference', '=', reference)
      .where('state', 'in', ['authorized', 'action_required'])
      .execute();
    return this.find(reference);
  }

  async refund({ key, reference, amountMinor }: AmountOrder): Promise<ProviderRefund> {
    return this.#db.transaction().execute(async (db): Promise<ProviderRefund> => {
      const charge = await db
        .selectFrom('payment_test_charge')
        .select(['amount_minor', 'state'])
        .where('reference', '=', reference)
        .forUpdate()
        .executeTakeFirst();
      const refunds = await db
        .selectFrom('payment_test_refund')
        .selectAll()
        .where('reference', '=', reference)
        .execute();
      if (refunds.some((each) => each.key === key)) return { is: 'refunded' };
      const before = refunds.reduce((sum, each) => sum + each.amount_minor, 0);
      if (charge?.state !== 'captured') return { is: 'refused', reason: 'nothing was captured' };
      if (before + amountMinor > charge.amount_minor) return { is: 'refused', reason: 'more than was captured' };
      await db.insertInto('payment_test_refund').values({ key, reference, amount_minor: amountMinor }).execute();
      return { is: 'refunded' };
    });
  }

  async find(reference: string): Promise<ProviderPayment> {
    const charge = await this.#charge(reference);
    if (!charge) return { is: 'none' };
    if (charge.state === 'declined')
      return { is: 'declined', reference, reason: DECLINES[charge.method] ?? 'invalid_method' };
    if (charge.state !== 'action_required') return { is: charge.state, reference };
    return this.#asked(charge);
  }

  async #asked({ reference, method, asked_at }: Charge): Promise<ProviderPayment> {
    if (method === 'tok_action_never' || this.#now() - asked_at < CONFIRMED_AFTER_MS)
      return {
        is: 'action_required',
        reference,
        action: { type: 'redirect', url: `https://payments.invalid/${reference}` },
      };
    await this.#db
      .updateTable('payment_test_charge')
      .set({ state: 'authorized' })
      .where('reference', '=', reference)
      .where('state', '=', 'action_required')
      .execute();
    return { is: 'authorized', reference };
  }

  /** It has done as asked, and does not say so the first time. */
  async #keepSilentOnce(reference: string): Promise<void> {
    const first = await this.#db
      .updateTable('payment_test_charge')
      .set({ silences: 1 })
      .where('reference', '=', reference)
      .where('silences', '=', 0)
      .returning('key')
      .executeTakeFirst();
    if (first) throw this.#silent();
  }

  #charge(reference: string): Promise<Charge | undefined> {
    return this.#db.selectFrom('payment_test_charge').selectAll().where('reference', '=', reference).executeTakeFirst();
  }

  #silent(): ProviderUnavailable {
    return new ProviderUnavailable(this.name, 'does not answer');
  }
}

function stateAtFirst(method: string): Charge['state'] {
  if (method.startsWith('tok_action')) return 'action_required';
  return method in DECLINES || !(method in TEST_METHODS) ? 'declined' : 'authorized';
}
