/** What a failed sale says of seats. */
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';

export const isSold = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.code === 'SEAT_ALREADY_SOLD';

/** The seat that the ledger says is sold. */
export function placeOf(error: unknown, event: string): string | undefined {
  if (!isSold(error)) return undefined;
  const { ticket } = error.details;
  return typeof ticket === 'string' ? ticket.slice(event.length + 1) : undefined;
}

export const isHeld = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && error.code === 'SEAT_HELD';

export const isUnknown = (error: unknown): boolean => error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN';
