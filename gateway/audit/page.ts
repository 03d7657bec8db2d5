/** What `npm run audit` prints: what was recomputed, and the first difference if there is one. */
import type { AuditReport } from './run.js';

export const isSound = ({ difference, unknown }: AuditReport): boolean =>
  difference === undefined && unknown === undefined;

const ENDS = ['finished', 'aborted'];

export function pageOf(report: AuditReport): string {
  const { market, throughBlock, transactions, unknown } = report;
  const read = `${transactions} transactions through block ${throughBlock}`;
  if (unknown) return `${market}: there is no such ${unknown} on the ledger (${read})\n`;
  return [`${market}, ${read}`, ...stepsIn(report), ...verdictOn(report), ''].join('\n');
}

function stepsIn({ steps }: AuditReport): readonly string[] {
  return Object.entries(steps).map(([kind, count]) => `  ${kind.padEnd(16)} ${String(count).padStart(6)} agree`);
}

function verdictOn(report: AuditReport): readonly string[] {
  const { difference, state, figures, market } = report;
  if (difference) {
    const { key, expected, found, block, tx } = difference;
    const at = tx === undefined ? [] : [`  in       block ${block ?? 0}, transaction ${tx}`];
    return [`THE FIRST DIFFERENCE: ${key}`, `  expected ${text(expected)}`, `  found    ${text(found)}`, ...at];
  }
  const { orders, opened, void: voided, trades, lapsed, depositedMinor, tradedMinor, heldMinor } = figures;
  const money = `${depositedMinor} deposited, ${tradedMinor} for tickets, ${heldMinor} held`;
  const sums = `${orders} orders (${opened} opened, ${voided} void), ${trades} trades (${lapsed} lapsed), ${money}`;
  const verdict = ENDS.includes(state) ? `${state}; everything agrees` : `${state}, not over; so far everything agrees`;
  return [`${market}: ${verdict}. ${sums}`];
}

const text = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
