/** Where holds are written. What it says of a seat is said at one moment, to all gateways that share the book. */
import type { HeldSeat, Hold, SellingSeat } from './hold.js';

export type Added =
  /** `known`: the caller has one under this id. It may be for something else. */
  | { readonly as: 'new' | 'known'; readonly hold: Hold }
  | { readonly as: 'held'; readonly seat: HeldSeat }
  /** So many seats of the event the caller holds already. */
  | { readonly as: 'limited'; readonly seats: number };

export interface HoldBook {
  /** Other gateways write it too. */
  readonly isShared: boolean;
  /** All seats or none. @param maxSeats of this event, for this caller */
  add(hold: Hold, maxSeats: number): Promise<Added>;
  find(hold: string): Promise<Hold | undefined>;
  findAsked(caller: string, id: string): Promise<Hold | undefined>;
  /** Never shortens it. @returns it as it is then; undefined if it was over before, or others have seats of it */
  extend(hold: string, expiresAtMs: number, nowMs: number): Promise<Hold | undefined>;
  /** Of its seats these are sold: nobody holds them any more. */
  sold(hold: string, seats: readonly string[]): Promise<void>;
  release(hold: string): Promise<void>;
  /** As if it had never been added. */
  takeBack(hold: string): Promise<void>;
  /** All seats of an event that are held at that time. */
  heldOf(event: string, nowMs: number): Promise<readonly HeldSeat[]>;
  /** Those among these places that are held at that time. */
  heldAmong(places: readonly Pick<HeldSeat, 'event' | 'place'>[], nowMs: number): Promise<readonly HeldSeat[]>;
  /** Sales have these in hand until then, whatever was written of them before. */
  markSelling(seats: readonly SellingSeat[]): Promise<void>;
  /** All seats of an event that sales have in hand at that time. */
  sellingOf(event: string, nowMs: number): Promise<readonly SellingSeat[]>;
  /** Those among these places that sales have in hand at that time. */
  sellingAmong(places: readonly Pick<HeldSeat, 'event' | 'place'>[], nowMs: number): Promise<readonly SellingSeat[]>;
  /** Forgets what sales had in hand until then. */
  forgetSelling(beforeMs: number): Promise<void>;
  /** Forgets holds that were over by then. */
  forget(beforeMs: number): Promise<void>;
}
