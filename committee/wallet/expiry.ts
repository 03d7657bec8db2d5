/**
 * When what a wallet signs is over: on a whole ten minutes. Others read it, and of a possession the ledger does, so a finer time would show by how much this
 * wallet's clock is wrong, the same at every event.
 */
import { EXPIRY_STEP_S } from '../messages/index.js';

/** Seconds since 1970: so many from now or up to ten minutes more, never fewer. @param nowMs since 1970 */
export const expiryAfter = (validS: number, nowMs: number): number =>
  Math.ceil((nowMs / 1000 + validS) / EXPIRY_STEP_S) * EXPIRY_STEP_S;
