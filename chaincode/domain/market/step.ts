/**
 * The steps of a market that anybody may drive, so that no single one can stall it. Each is remembered by what it is, not by who asks: of many who drive at
 * once the first takes it, and the others get its receipt.
 */
import { z } from 'zod';
import { sha256 } from '../../crypto/jwk.js';
import { requireCaller } from '../authority.js';
import { eventId, marketIdOf, marketNumber } from '../ids.js';
import { commandKey, organizationKey, type Key } from '../keys.js';
import { parseWith } from '../parse.js';
import type { CommandRecord } from '../records.js';
import type { Prepared } from '../rule.js';

/** Which market. */
export const ofMarket = { event: eventId, market: marketNumber };
/** Pages are counted from 0. */
export const pageNumber = z.int().min(0).max(99_999);

interface Step {
  readonly kind: string;
  readonly event: string;
  readonly market: number;
}

/** Where it is remembered that the step was taken. @param which as `prepareStep` has it */
export const stepKey = ({ kind, event, market }: Step, which: readonly (string | number)[]): Key<CommandRecord> =>
  commandKey(event, marketIdOf(event, market), [kind, ...which].join('.'));

/** @param which tells the step from others of its kind in the same market: a page, a person */
export function prepareStep<T extends Step>(
  schema: z.ZodType<T>,
  raw: unknown,
  callerMsp: string,
  which: (command: T) => readonly (string | number)[],
  rest: (command: T) => Pick<Prepared, 'reads' | 'writes' | 'decide'>,
): Prepared {
  const command = parseWith(schema, raw, '');
  const { kind, event } = command;
  const { reads, writes, decide } = rest(command);
  const memory = stepKey(command, which(command));
  return {
    kind,
    event,
    memory,
    digest: sha256(memory),
    reads: [organizationKey(callerMsp), ...reads],
    writes,
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'box-office', 'committee', 'admin');
      return decide(state, context);
    },
  };
}
