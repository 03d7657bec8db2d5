/** Which payout is the refund of which payment. A payout is refunded of one payment, and of that once. */
import type { Kysely } from 'kysely';
import type { Statement } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { PaymentTables, RefundedPayout } from './tables.js';

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

/** Belongs into a transaction. @throws {GatewayError} PAYMENT_MISMATCH */
export async function keepPayout(db: Kysely<PaymentTables>, payout: RefundedPayout): Promise<void> {
  await db
    .insertInto('payment_payout')
    .values(payout)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  requireSamePayout(await payoutFound(db, payout), payout);
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
  if (found && found.payment !== payment)
    throw new GatewayError('PAYMENT_MISMATCH', { field: 'payment', expected: found.payment });
  if (found && found.digest !== digest) throw new GatewayError('PAYMENT_MISMATCH', { field: 'payout.jti' });
}
