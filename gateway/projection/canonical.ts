/** Rows as text that is the same for the same content: jsonb does not keep the order of members. */
import { LAYOUTS, type RecordTable, type Row } from './rows/layout.js';

export const canonicalRow = (table: RecordTable, row: Row): string => {
  const { key, columns } = LAYOUTS[table];
  const { record, ...rest } = Object.fromEntries([...key, ...columns].map((column) => [column, row[column]]));
  return canonical({ ...rest, record: typeof record === 'string' ? (JSON.parse(record) as unknown) : record });
};

/** @param value what JSON has, or undefined */
export const canonical = (value: unknown): string =>
  value === undefined
    ? ''
    : JSON.stringify(value, (_, inner: unknown) =>
        typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
          : inner,
      );

/** An allotment with its bitmap. */
export const canonicalAllotment = (row: string | undefined, taken: Uint8Array, sold: number): string =>
  `${row ?? ''} taken ${Buffer.from(taken).toString('hex')} sold ${sold}`;

/** Of a ticket's row, or of its last version. */
export const canonicalVersion = ({ state, issue, change, holder }: Row): string =>
  canonical({ state, issue, change, holder });

export const resaleIdentity = ({ event, place, issue, number }: Row): string =>
  [event, place, issue, number].map(String).join('/');
