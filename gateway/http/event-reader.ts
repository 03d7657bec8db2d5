/** Reading an event with its gates as one resource. */
import type { z } from 'zod';
import { EVER, GATES, NEVER, windowOf, type Gate } from '../../chaincode/domain/gates.js';
import { eventKey, gateKey } from '../../chaincode/domain/keys.js';
import type { EventRecord, GateRecord } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import type { Records } from './ports.js';
import type { eventSchema } from './schemas.js';

export type EventResource = z.input<typeof eventSchema>;

/** @throws {Refusal} UNKNOWN_EVENT */
export async function requireEventRecord(records: Records, event: string): Promise<EventRecord> {
  const [record] = await records.read([eventKey(event)]);
  return record ?? refuse('UNKNOWN_EVENT', { field: 'event', event });
}

/** @returns the events that exist, in the order of their ids here */
export async function readEvents(records: Records, events: readonly string[]): Promise<readonly EventResource[]> {
  const width = 1 + GATES.length;
  const keys = events.flatMap((event) => [eventKey(event), ...GATES.map((gate) => gateKey(event, gate))]);
  const found = (await records.read(keys)) as readonly unknown[];
  return events.flatMap((_, index) => {
    const [event, ...gates] = found.slice(index * width, (index + 1) * width);
    return event === undefined ? [] : [resourceOf(event as EventRecord, gates as (GateRecord | undefined)[])];
  });
}

const UNRECORDED: GateRecord = { state: 'pending', byOrganizer: false };

/** @param found the gates' records in the order of GATES */
function resourceOf(record: EventRecord, found: readonly (GateRecord | undefined)[]): EventResource {
  const gates = GATES.map((gate, index) => {
    const { hasOpened, ...shown } = found[index] ?? UNRECORDED;
    return [gate, { ...shown, ...timesOf(record, gate, hasOpened) }];
  });
  return { ...record, gates: Object.fromEntries(gates) as EventResource['gates'] };
}

function timesOf(
  record: EventRecord,
  gate: Gate,
  hasOpened: GateRecord['hasOpened'],
): { readonly opensAt?: string; readonly closesAt?: string } {
  const [opens, closes] = windowOf(record, gate, hasOpened && { hasOpened });
  if (opens.at === NEVER) return {};
  return { ...(opens.at !== EVER && { opensAt: opens.at }), closesAt: closes.at };
}
