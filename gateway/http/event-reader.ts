/** Reading an event with its gates as one resource. */
import type { z } from 'zod';
import { eventKey, gateKey } from '../../chaincode/domain/keys.js';
import type { EventRecord, GateRecord } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { GATES } from '../../chaincode/domain/schedule.js';
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

function resourceOf(
  record: EventRecord,
  [sales, transfers, doors]: readonly (GateRecord | undefined)[],
): EventResource {
  const closed: GateRecord = { state: 'pending', byOrganizer: false };
  return { ...record, gates: { sales: sales ?? closed, transfers: transfers ?? closed, doors: doors ?? closed } };
}
