/** Why a hold is refused, or is over. */
import { GatewayError } from '../errors.js';
import type { HeldSeat, Hold, HoldState } from './hold.js';

export interface HoldOrder {
  readonly caller: string;
  readonly id: string;
  readonly event: string;
  readonly seats?: readonly string[] | undefined;
  readonly priceClass?: string | undefined;
  readonly quantity?: number | undefined;
  readonly allotment?: string | undefined;
  readonly minutes: number;
}

export function seatHeld({ place, untilMs }: HeldSeat, nowMs: number, field: string): GatewayError {
  const retryAfterS = Math.max(1, Math.ceil((untilMs - nowMs) / 1000));
  return new GatewayError('SEAT_HELD', { field, place, expiresAt: new Date(untilMs).toISOString(), retryAfterS });
}

export function seatWanted(order: HoldOrder, place: string): GatewayError {
  const reason = 'somebody is about to have it';
  return new GatewayError('SEAT_HELD', { field: fieldOf(order, place), place, retryAfterS: 1, reason });
}

export function holdOver({ expiresAtMs }: Hold, state: HoldState): GatewayError {
  return new GatewayError('HOLD_OVER', { field: 'hold', state, expiresAt: new Date(expiresAtMs).toISOString() });
}

export const fieldOf = ({ seats }: HoldOrder, place?: string): string => {
  if (!seats) return 'priceClass';
  return place === undefined ? 'seats' : `seats[${seats.indexOf(place)}]`;
};
