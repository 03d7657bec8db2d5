/** Which payout is the refund of which payment. A payout is refunded of one payment, and of that once; or paid otherwise, and never refunded. */
import type { Kysely } from 'kysely';
import type { Statement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { PaymentTables, RefundedPayout } from './tables.js';

/** No payment's: the money goes another way. */
export const OTHERWISE = '';

/** As the refund of a payment it is that one's alone. */
export const payoutOf = (
  seller: string,
  payment: string,
  { signer: holder, digest, payload: { event, jti } }: Statement<'payout'>,
): RefundedPayout => ({ seller, event, holder, jti, digest, payment });

export function payoutFound(db: Kysely<PaymentTables>, { seller, event, holder, jti }: RefundedPayout) {
  return db
    .selectFrom('payment_payout')
    .selectAll()
    .where('seller', '=', seller)
    .where('event', '=', event)
    .where('holder', '=', holder)
    .where('jti', '=', jti)
    .executeTakeFirst();
}

/** Belongs into a transaction. @returns whether it was not there @throws {GatewayError} PAYMENT_MISMATCH */
export async function keepPayout(db: Kysely<PaymentTables>, payout: RefundedPayout): Promise<boolean> {
  const written = await db
    .insertInto('payment_payout')
    .values(payout)
    .onConflict((conflict) => conflict.doNothing())
    .returning('jti')
    .executeTakeFirst();
  requireSamePayout(await payoutFound(db, payout), payout);
  return written !== undefined;
}

export async function forgetPayout(db: Kysely<PaymentTables>, payout: RefundedPayout): Promise<void> {
  const { seller, event, holder, jti, payment } = payout;
  await db
    .deleteFrom('payment_payout')
    .where('seller', '=', seller)
    .where('event', '=', event)
    .where('holder', '=', holder)
    .where('jti', '=', jti)
    .where('payment', '=', payment)
    .execute();
}

/** @throws {GatewayError} PAYMENT_MISMATCH */
export function requireSamePayout(found: RefundedPayout | undefined, { payment, digest }: RefundedPayout): void {
  if (!found) return;
  if (found.payment !== payment) throw notOf(payment, found);
  // Of what is paid otherwise the ledger says whether it is the same.
  if (found.digest !== digest && payment !== OTHERWISE)
    throw new GatewayError('PAYMENT_MISMATCH', { field: 'payout.jti' });
}

function notOf(payment: string, found: RefundedPayout): GatewayError {
  if (found.payment === OTHERWISE) return paidOtherwise();
  if (payment === OTHERWISE) return new GatewayError('PAYMENT_MISMATCH', { field: 'payout', payment: found.payment });
  return new GatewayError('PAYMENT_MISMATCH', { field: 'payment', expected: found.payment });
}

/** Whoever had the ledger take it down has paid it too, and not to the card. */
export const paidOtherwise = (): GatewayError =>
  new GatewayError('PAYMENT_MISMATCH', {
    field: 'payout',
    reason: 'it is paid otherwise than as the refund of a payment',
  });
