/**
 * Sequences of orders: of a person's orders of one bid or for one ticket the highest counts, and one sequence twice voids both. So a wallet must not use one
 * again, nor a lower one, also when it is restored from an old backup. They grow with time, by whole ten minutes like everything that others read of a wallet's
 * clock, and inside of these by one. A restored wallet begins with those of the ten minutes to come: what the lost one has used is below, unless its clock was
 * ahead by more. Who restores one backup twice within ten minutes has two wallets that begin in the same ten minutes, each at a place of its own chance: one's later order
 * may then count less than the other's earlier one, and where both come to one number, neither counts.
 */
import { EXPIRY_STEP_S } from '../../messages/index.js';

/** Of each ten minutes. */
const NUMBERS = 2 ** 20;

const beginning = (nowMs: number, later: number): number =>
  (Math.floor(nowMs / 1000 / EXPIRY_STEP_S) + later) * NUMBERS + chance();

/** So that two that were restored from one backup at one time hardly ever meet. */
const chance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % (NUMBERS / 2);

/** @param last of this wallet at this event, in its state */
export const nextSequence = (last: number | undefined, nowMs: number): number => {
  const next = (last ?? -1) + 1;
  const earliest = Math.floor(nowMs / 1000 / EXPIRY_STEP_S) * NUMBERS;
  return next > earliest ? next : beginning(nowMs, 0);
};

/** What counts as the last one of a wallet that was restored. @param last in the backup */
export const afterRestoring = (last: number | undefined, nowMs: number): number =>
  Math.max(last ?? 0, beginning(nowMs, 1));
