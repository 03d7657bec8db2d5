/**
 * From a record's key to its row: pure, and the same for records out of blocks and out of the world state. The rules write nothing that has no row here;
 * colluding endorsers could write anything, and that must not stop the projection: it has no row, and an alarm says so.
 */
import { eventId, mspId, placeId, slugId } from '../../../chaincode/domain/ids.js';
import { ORGANIZATION_PREFIX } from '../../../chaincode/domain/keys.js';
import { allotmentRow, eventRow, gateRow, marketRow, organizationRow } from './event-rows.js';
import { identityOf, type RecordTable, type Row } from './layout.js';
import { holderRow, listingRow, ticketRow } from './ticket-rows.js';

/** Where a record's row is, whatever the record says. */
export interface RowPlace {
  readonly table: RecordTable;
  readonly keys: Row;
  readonly identity: string;
  /** Makes the row of a record; undefined for what is none. */
  row(record: unknown): Row | undefined;
}

interface Found extends Pick<RowPlace, 'table' | 'keys'> {
  /** @param text the record as JSON */
  row(record: unknown, text: string): Row | undefined;
}

const KINDS: Readonly<Record<string, (event: string, rest: readonly string[]) => Found | undefined>> = {
  e: (event, rest) =>
    rest.length > 0 ? undefined : { table: 'events', keys: { event }, row: (record) => eventRow(event, record) },
  x: (event, [gate = '', ...more]) =>
    isOne(more, gate, slugId) && {
      table: 'gates',
      keys: { event, gate },
      row: (record) => gateRow(event, gate, record),
    },
  a: (event, [allotment = '', ...more]) =>
    isOne(more, allotment, slugId) && {
      table: 'allotments',
      keys: { event, allotment },
      row: (record) => allotmentRow(event, allotment, record),
    },
  t: (event, path) => {
    const place = placeOf(path);
    return place === undefined
      ? undefined
      : { table: 'tickets', keys: { event, place }, row: (record, text) => ticketRow(event, place, record, text) };
  },
  l: (event, path) => {
    const place = placeOf(path);
    return place === undefined
      ? undefined
      : { table: 'listings', keys: { event, place }, row: (record) => listingRow(event, place, record) };
  },
  h: (event, [holder = '', ...more]) =>
    more.length > 0 || holder === ''
      ? undefined
      : { table: 'holders', keys: { event, holder }, row: (record) => holderRow(event, holder, record) },
  w: (event, [number, ...more]) => {
    const market = numberOf(number);
    return market && more.length === 0
      ? { table: 'markets', keys: { event, market }, row: (record) => marketRow(event, market, record) }
      : undefined;
  },
};

/** @returns undefined for keys that the read model has no table for */
export function rowPlaceOf(key: string): RowPlace | undefined {
  const found = key.startsWith(ORGANIZATION_PREFIX)
    ? organization(key.slice(ORGANIZATION_PREFIX.length))
    : ofEvent(key);
  if (!found) return undefined;
  const row = (record: unknown) => {
    const text = storable(record);
    return text === undefined ? undefined : found.row(record, text);
  };
  return { table: found.table, keys: found.keys, identity: identityOf(found.table, found.keys), row };
}

/** The event that a key belongs to; undefined for the consortium's. */
export function eventOfKey(key: string): string | undefined {
  const event = key.slice(0, Math.max(0, key.indexOf('/')));
  const known = isEvent.get(event);
  if (known !== undefined) return known ? event : undefined;
  if (isEvent.size >= MAX_KNOWN) isEvent.clear();
  const { success } = eventId.safeParse(event);
  isEvent.set(event, success);
  return success ? event : undefined;
}

/** Every write is asked for its event, and there are few of them at a time. */
const isEvent = new Map<string, boolean>();
const MAX_KNOWN = 1_000;

function organization(msp: string): Found | undefined {
  if (!mspId.safeParse(msp).success) return undefined;
  return { table: 'organizations', keys: { msp_id: msp }, row: (record) => organizationRow(msp, record) };
}

function ofEvent(key: string): Found | undefined {
  const [, kind = '', ...rest] = key.split('/');
  const event = Object.hasOwn(KINDS, kind) ? eventOfKey(key) : undefined;
  return event === undefined ? undefined : KINDS[kind]?.(event, rest);
}

/** @returns true or undefined, so that it can be followed by what it guards */
const isOne = (more: readonly string[], id: string, schema: typeof slugId): true | undefined =>
  (more.length === 0 && schema.safeParse(id).success) || undefined;

function placeOf(path: readonly string[]): string | undefined {
  const place = path.join(':');
  return placeId.safeParse(place).success ? place : undefined;
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : undefined;

/** PostgreSQL keeps no NUL and no half of a surrogate pair; JSON.stringify writes both as escapes. */
const NOT_STORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** @returns the record as JSON */
function storable(record: unknown): string | undefined {
  if (record === undefined) return undefined;
  const text = JSON.stringify(record);
  return text.includes('\\u') && NOT_STORABLE.test(text) ? undefined : text;
}
