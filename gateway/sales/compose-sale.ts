/** What a seller signs for a purchase request: the seats, and the price that the allotment gives them, to the unit. */
import { addMinor, multiplyMinor } from '../../chaincode/domain/money.js';
import type { AllotmentRecord } from '../../chaincode/domain/records.js';
import { holderIn, type Payload, type Statement } from '../../chaincode/domain/statements.js';

/** The sale is valid as long as the request is. @throws {Refusal} AMOUNT_OVERFLOW */
export function composeSale(
  request: Statement<'purchase'>,
  { allotment, facePriceMinor, fees }: AllotmentRecord,
  seats: readonly string[],
): Payload<'sale'> {
  const { channel, event, exp, seller, currency, paymentReference } = request.payload;
  const feesMinor = fees.reduce((sum, fee) => addMinor(sum, fee.amountMinor, 'sale.feesMinor'), 0);
  const eachMinor = addMinor(facePriceMinor, feesMinor, 'sale.totalMinor');
  return {
    channel,
    event,
    exp,
    jti: paymentReference,
    seller,
    request: request.digest,
    buyer: holderIn(request),
    allotment,
    seats: [...seats],
    facePriceMinor,
    feesMinor,
    totalMinor: multiplyMinor(eachMinor, seats.length, 'sale.totalMinor'),
    currency,
  };
}
