/** What a market's blocks come to: seconds from the close to each step, bytes by kind of transaction, and transactions of the committee's nodes. */
import { groupBy } from '../../chaincode/domain/market/group-by.js';
import type { WatchedTransaction } from './market-watch.js';

/** The steps, by the command that ends each. What is read, settled and released ends with the last of its kind. */
const STEPS = {
  closed: 'market.close',
  frozen: 'market.root',
  revealed: 'market.unseal',
  read: 'market.read',
  cleared: 'market.clear',
  settled: 'market.settle',
  finished: 'market.finish',
  released: 'market.release',
} as const;

/** What nodes alone send. */
const BY_NODES: ReadonlySet<string> = new Set(['key.generate', 'key.post', 'key.advance', 'market.reveal']);

const rounded = (value: number) => Number(value.toFixed(2));

/** @param closesAtMs the time that the opening names */
export function stepSeconds(transactions: readonly WatchedTransaction[], closesAtMs: number): Record<string, number> {
  const steps = Object.entries(STEPS).flatMap(([step, kind]): (readonly [string, number])[] => {
    const last = transactions.filter(({ valid, kinds }) => valid && kinds.includes(kind)).at(-1);
    return last ? [[step, rounded((last.atMs - closesAtMs) / 1000)]] : [];
  });
  return Object.fromEntries(steps);
}

/** @returns by kind of its first command: how many transactions and commands, how many bytes, and how many transactions were in vain */
export function transactionsByKind(transactions: readonly WatchedTransaction[]): object {
  const kinds = groupBy(transactions, ({ kinds: [kind = 'none'] }) => kind);
  return Object.fromEntries(
    [...kinds].map(([kind, of]) => {
      const valid = of.filter((transaction) => transaction.valid);
      const commands = valid.reduce((sum, transaction) => sum + transaction.kinds.length, 0);
      const bytes = of.reduce((sum, transaction) => sum + transaction.bytes, 0);
      const largest = of.reduce((most, transaction) => Math.max(most, transaction.bytes), 0);
      return [kind, { transactions: valid.length, commands, bytes, largest, invalid: of.length - valid.length }];
    }),
  );
}

/** Transactions of all nodes together, in vain or not. */
export const byNodes = (transactions: readonly WatchedTransaction[]): number =>
  transactions.filter(({ kinds }) => kinds.some((kind) => BY_NODES.has(kind))).length;
