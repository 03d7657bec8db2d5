/** Statements as CSV (RFC 4180): a header, one record for each line, CRLF after each. */
import { timeOf, type Line } from './line.js';

const COLUMNS = [
  'block',
  'index',
  'entry',
  'tx',
  'bookedAt',
  'event',
  'command',
  'kind',
  'amountMinor',
  'currency',
  'counterparty',
] as const;

/** What a spreadsheet takes for a formula (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/;

const CHUNK_CHARS = 16 * 1024;

/** @returns the text in pieces that are worth sending */
export async function* csvOf(lines: AsyncIterable<Line>): AsyncGenerator<string> {
  let chunk = recordOf(COLUMNS);
  for await (const line of lines) {
    const cells = { ...line, bookedAt: timeOf(line) };
    chunk += recordOf(COLUMNS.map((column) => cells[column] ?? ''));
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

const recordOf = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** Numbers are written by us and may begin with a minus sign; a text that does is made to be read as text. */
export function cellOf(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
