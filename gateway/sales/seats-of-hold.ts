/** Which seats of a hold a sale is of. */
import { refuse } from '../../chaincode/domain/refusal.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { Hold } from '../holds/hold.js';
import type { Request } from './sale-maker.js';

/** Those that the sale or the request names, else the first of the hold that nobody has. @throws {GatewayError} HOLD_MISMATCH, SEAT_HELD */
export function seatsOfHold(
  hold: Hold,
  { payload }: Request,
  sale: Payload<'sale'> | undefined,
  lost: ReadonlySet<string>,
  isInHand: (seat: string) => boolean = () => false,
): readonly string[] {
  const mismatch = (field: string) => new GatewayError('HOLD_MISMATCH', { field, hold: hold.hold });
  if (payload.event !== hold.event) throw mismatch('request.event');
  const named = sale === undefined ? payload.seats : sale.seats;
  const foreign = named?.findIndex((seat) => !hold.seats.includes(seat)) ?? -1;
  if (foreign >= 0) throw mismatch(`${sale === undefined ? 'request' : 'sale'}.seats[${foreign}]`);
  if (named) return named;
  if (payload.priceClass !== hold.priceClass) throw mismatch('request.priceClass');
  return seatsOfClass(hold, payload.quantity ?? 0, lost, isInHand);
}

/** The first that nobody has. */
function seatsOfClass(
  hold: Hold,
  quantity: number,
  lost: ReadonlySet<string>,
  isInHand: (seat: string) => boolean,
): readonly string[] {
  const left = hold.seats.filter((seat) => !lost.has(seat));
  const [gone] = lost;
  if (gone !== undefined && quantity > left.length)
    return refuse('SEAT_ALREADY_SOLD', { field: 'request.quantity', ticket: `${hold.event}:${gone}` });
  if (quantity < 1 || quantity > left.length)
    throw new GatewayError('HOLD_MISMATCH', { field: 'request.quantity', hold: hold.hold });
  const free = left.filter((seat) => !isInHand(seat));
  if (free.length >= quantity) return free.slice(0, quantity);
  const reason = 'another sale by this hold has it in hand';
  throw new GatewayError('SEAT_HELD', {
    ...{ field: 'request.quantity', place: left.find(isInHand) ?? '' },
    ...{ retryAfterS: 1, reason },
  });
}
