/** One block, with the hashes that chain it to its neighbours. */
import { get, pathTo } from '../api.js';
import { el, facts, link } from '../dom.js';
import { count } from '../format.js';
import { mono } from '../parts/text.js';
import { transactionTable } from '../parts/ledger-tables.js';
import type { Block } from '../resources.js';
import type { Page, Visit } from '../router.js';

export async function blockPage([id = '']: readonly string[], { signal }: Visit): Promise<Page> {
  const { number, hash, previousHash, dataHash, transactions } = await get<Block>(pathTo('blocks', id), signal);
  const title = `Block ${count(number)}`;
  const before = number > 0 ? link(['ledger', 'blocks', String(number - 1)], '← Block before') : undefined;
  return {
    title,
    content: [
      el('nav', { class: 'crumbs', 'aria-label': 'Path' }, link(['ledger'], 'Ledger')),
      el('h1', {}, title),
      facts([
        ['Hash', mono(hash)],
        ['Previous hash', previousHash === '' ? 'none: it is the first' : mono(previousHash)],
        ['Data hash', mono(dataHash)],
      ]),
      el('p', { class: 'actions' }, before, ' ', link(['ledger', 'blocks', String(number + 1)], 'Block after →')),
      el('h2', {}, 'Transactions'),
      transactionTable(`Transactions of block ${count(number)}`, transactions),
    ],
  };
}
