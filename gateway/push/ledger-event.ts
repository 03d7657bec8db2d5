/** What happened on the ledger, as it is pushed: one event for each command that a valid transaction newly accepted. The members are those that Standard Webhooks recommends, and where it stands. */
import { z } from 'zod';
import { eventId, mspId } from '../../chaincode/domain/ids.js';
import { EVENT_TYPES } from './event-types.js';
import { isAfter, POSITION, type Position } from './position.js';

export const eventType = z.enum(EVENT_TYPES);

export const ledgerEventSchema = z
  .strictObject({
    id: z.string().regex(POSITION).meta({ description: '`<block>-<transaction>-<command>`, each counted from 0' }),
    type: eventType,
    timestamp: z.iso.datetime().meta({ description: "of the transaction, its client's word" }),
    block: z.int().min(0),
    tx: z.string(),
    submitter: mspId,
    event: eventId.optional().meta({ description: 'absent for what concerns the consortium' }),
    data: z
      .record(z.string(), z.unknown())
      .meta({ description: 'what the command says beyond that; never who a holder is' }),
  })
  .meta({ id: 'LedgerEvent' });
export type LedgerEvent = Readonly<z.infer<typeof ledgerEventSchema>>;

/** An event with its position, so that nobody takes its id apart. */
export interface PlacedEvent {
  readonly at: Required<Position>;
  readonly event: LedgerEvent;
}

export interface EventBlock {
  readonly number: number;
  readonly events: readonly PlacedEvent[];
}

export interface EventFilter {
  readonly event?: string | undefined;
  /** All, if absent. */
  readonly types?: ReadonlySet<string> | undefined;
}

/** What of a block a reader wants who is at that position. */
export function wantedIn(
  { events }: EventBlock,
  { event: of, types }: EventFilter,
  position: Position | undefined,
): readonly PlacedEvent[] {
  return events.filter(
    ({ at, event }) =>
      (of === undefined || event.event === of) &&
      (types === undefined || types.has(event.type)) &&
      (position === undefined || isAfter(at, position)),
  );
}
