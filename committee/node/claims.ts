/** What every statement has that a node makes for the ledger by itself. */
import { randomBytes } from 'node:crypto';

const VALID_S = 5 * 60;
const ID_BYTES = 12;

export const newId = (): string => `n${randomBytes(ID_BYTES).toString('hex')}`;

/** For this moment: who holds it back can use it for some minutes. */
export const ownClaims = (channel: string, nowMs: number) => ({
  channel,
  jti: newId(),
  exp: Math.floor(nowMs / 1000) + VALID_S,
});
