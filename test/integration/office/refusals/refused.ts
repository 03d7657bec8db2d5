/** A command that must be refused, and who sends it. */
import type { RefusalCode } from '../../../../chaincode/domain/refusal.js';
import { newId, type Command } from '../../../support/statements.js';

export type Refused = readonly [by: 'organizer' | 'reseller' | 'venue', command: () => Command];
export type Refusals = Readonly<Partial<Record<RefusalCode, Refused>>>;

export const unsigned = (kind: string, event: string): Command => ({ kind, id: newId(), event });
