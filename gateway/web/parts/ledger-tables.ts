/** Tables of the ledger: transactions and nodes. */
import { el, link, table, type Child } from '../dom.js';
import { count } from '../format.js';
import { short, time } from './text.js';
import type { Node, TransactionSummary } from '../resources.js';
import { badge } from '../words.js';
import { organizationName } from './organization-name.js';

export const validityBadge = (code: string): HTMLElement => badge(code, code === 'VALID' ? 'good' : 'bad');

export function transactionTable(caption: string, transactions: readonly TransactionSummary[]): HTMLElement {
  return table(
    caption,
    ['Transaction', 'Time', 'By', 'Function', 'Commands', 'Validation'],
    transactions.map(({ tx, timestamp, mspId, code, commands, function: called }) => [
      tx === '' ? '–' : link(['ledger', 'transactions', tx], short(tx, 16)),
      time(timestamp, 'seconds'),
      mspId === undefined ? '–' : organizationName(mspId),
      called === 'CONFIG' ? 'channel configuration' : (called ?? '–'),
      commands,
      validityBadge(code),
    ]),
  );
}

/** @param height of the gateway's own peer, to tell who is behind; orderers have none of their own here */
export function nodeTable(caption: string, nodes: readonly Node[], height: number): HTMLElement {
  const heights = nodes.some((node) => node.height !== undefined);
  const heightOf = ({ height: own }: Node): readonly Child[] => {
    if (!heights) return [];
    return [own === undefined ? '–' : `${count(own)}${own < height ? `, ${count(height - own)} behind` : ''}`];
  };
  return table(
    caption,
    ['Organization', 'Address', 'State', ...(heights ? ['Height'] : [])],
    nodes.map((node) => [
      organizationName(node.mspId),
      el('code', {}, node.address),
      node.reachable ? badge('answers', 'good') : badge('no answer', 'bad'),
      ...heightOf(node),
    ]),
  );
}
