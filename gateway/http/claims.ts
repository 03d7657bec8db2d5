/** What the gateway fills into a statement that its signer signs. */
import type { Place } from './services.js';

/**
 * The last second of the year 9999: the same request under the same id must be the same bytes for ever, whatever became of the schedule meanwhile.
 * Nothing is kept alive by it: the ledger remembers every id, and what may be said once only names a change number or makes something new.
 */
const EXP = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

export const claimsOf = ({ channel }: Place, event: string, id: string) => ({ channel, event, jti: id, exp: EXP });
