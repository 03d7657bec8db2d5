/** The freeze: the root of each page, and the market's out of the orders themselves, whatever the pages' records say. */
import { toBase64url } from '../../../chaincode/crypto/bytes.js';
import { treeHash } from '../../../chaincode/crypto/merkle.js';
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { marketIdOf } from '../../../chaincode/domain/ids.js';
import { frozenPageKey, marketKey, openedPageKey, orderKey } from '../../../chaincode/domain/market/keys.js';
import { orderPages, slotLeaf, type OrderPage } from '../../../chaincode/domain/market/pages.js';
import { slotsOfPage } from '../../../chaincode/domain/market/quotas.js';
import { agree, differ } from '../difference.js';
import { marketIn, type Paged, type Recompute, type Stepping } from './step.js';

interface Leaves {
  readonly root: Uint8Array;
  readonly orders: number;
}

function leavesOf({ state, event, market }: Stepping, page: OrderPage): Leaves {
  const { mspId } = page;
  const id = marketIdOf(event, market);
  const found = slotsOfPage(page).map((slot) => ({ slot, order: state.get(orderKey(event, market, mspId, slot)) }));
  const leaves = found.map(({ slot, order }) => slotLeaf({ market: id, mspId, slot }, order));
  return { root: treeHash(nodeSuite, leaves), orders: found.filter(({ order }) => order !== undefined).length };
}

export const freeze: Recompute<Paged> = (stepping, { page: number }) => {
  const { state, event, market } = stepping;
  const { quotas } = marketIn(stepping, 'closed');
  const key = frozenPageKey(event, market, number);
  const page = orderPages(quotas)[number] ?? differ(key, 'a page of the quotas', number);
  const { root, orders } = leavesOf(stepping, page);
  state.put(key, { root: toBase64url(root), orders });
  if (orders === 0) state.put(openedPageKey(event, market, number), { orders: [], people: {} });
  return [];
};

export const root: Recompute = (stepping) => {
  const { state, event, market, context } = stepping;
  const before = marketIn(stepping, 'closed');
  const pages = orderPages(before.quotas);
  for (const { page } of pages) {
    const key = frozenPageKey(event, market, page);
    agree(state.get(key) !== undefined, key, 'a frozen page', 'none');
  }
  const leaves = pages.map((page) => leavesOf(stepping, page));
  const whole = treeHash(
    nodeSuite,
    leaves.map((page) => page.root),
  );
  const orders = leaves.reduce((sum, page) => sum + page.orders, 0);
  const frozen = { frozenAt: context.now, root: toBase64url(whole), orders };
  state.put(marketKey(event, market), { ...before, state: 'frozen', ...frozen });
  return [];
};
