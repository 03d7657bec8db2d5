/** The tables that hold a row for a record: their keys, and the columns that follow from the record. */
import type { TableName } from '../tables.js';

export interface Layout {
  readonly key: readonly string[];
  /** Besides the key. What is not named here is kept when the record is written again. */
  readonly columns: readonly string[];
}

export const LAYOUTS = {
  organizations: { key: ['msp_id'], columns: ['name', 'roles', 'status'] },
  events: {
    key: ['event'],
    columns: ['name', 'organizer', 'venue', 'currency', 'state', 'starts_at', 'ends_at', 'record'],
  },
  gates: { key: ['event', 'gate'], columns: ['state', 'by_organizer', 'has_opened'] },
  allotments: {
    key: ['event', 'allotment'],
    columns: ['seller', 'price_class', 'total_minor', 'state', 'places', 'record'],
  },
  tickets: { key: ['event', 'place'], columns: ['allotment', 'state', 'issue', 'change', 'holder', 'record'] },
  listings: {
    key: ['event', 'place'],
    columns: ['issue', 'allotment', 'seller', 'reseller', 'ask_minor', 'total_minor', 'exp', 'state'],
  },
  holders: {
    key: ['event', 'holder'],
    columns: ['held', 'bought_primary', 'bought_resale', 'resold', 'balance_minor'],
  },
  markets: { key: ['event', 'market'], columns: ['supply', 'state', 'closes_at'] },
} as const satisfies Partial<Record<TableName, Layout>>;

export type RecordTable = keyof typeof LAYOUTS;
export const RECORD_TABLES = Object.keys(LAYOUTS) as readonly RecordTable[];

/** What JSON has. */
export type Row = Readonly<Record<string, unknown>>;

/** The same for the same row of a table, and only then. */
export const identityOf = (table: RecordTable, row: Row): string =>
  LAYOUTS[table].key.map((column) => String(row[column])).join('/');
