/** Each step of a sealed market with what is done of it, and the nodes that are waited for. */
import { el, table, type Child } from '../dom.js';
import type { MarketState, MarketView } from '../resources.js';
import { badge } from '../words.js';

const ORDER: readonly MarketState[] = ['open', 'closed', 'frozen', 'revealed', 'cleared', 'finished'];

export function stepsOf(market: MarketView): HTMLElement {
  const { state, progress, key, result } = market;
  const { pages, supplyPages, resultPages } = progress;
  const step = (name: string, done: MarketState, words: Child): readonly Child[] => [name, badgeOf(state, done), words];
  const rows = [
    step('Closed by the nodes’ clocks', 'closed', state === 'open' ? 'not before its time' : ''),
    step('Frozen', 'frozen', `${progress.frozen} of ${pages} pages`),
    step('Key revealed', 'revealed', sharesOf(market)),
    step('Opened', 'cleared', `${progress.read} of ${pages} pages${supplyOf(progress.supplied, supplyPages)}`),
    step('Cleared', 'cleared', result ? `${result.trades} trades` : ''),
    step('Settled', 'finished', result ? `${progress.settled} of ${resultPages} pages` : ''),
  ];
  const words = el('p', { class: 'quiet' }, 'Gateways take these steps by themselves; any of them is enough.');
  const silent = silentOf(market);
  return el(
    'div',
    {},
    table('Steps', ['Step', 'State', 'So far'], rows),
    words,
    silent.length === 0
      ? undefined
      : el(
          'p',
          {},
          `Silent: ${silent.map((index) => `node ${index}`).join(', ')}${key ? ` of ${key.nodes ?? '?'}` : ''}.`,
        ),
  );
}

const supplyOf = (supplied: number, pages: number): string =>
  pages === 0 ? '' : `, ${supplied} of ${pages} of places`;

function badgeOf(state: MarketState, done: MarketState): HTMLElement {
  if (state === 'aborted') return badge('aborted', 'bad');
  return ORDER.indexOf(state) >= ORDER.indexOf(done) ? badge('done', 'good') : badge('not yet', 'wait');
}

/** None as long as there is no key. */
function sharesOf({ progress: { shares }, key }: MarketView): string {
  if (key?.nodes === undefined) return '';
  return `${shares.length} shares of ${key.nodes}, ${key.threshold} are needed`;
}

/** Where it was aborted those that the ledger names; while it waits those without a share. */
function silentOf({ state, silent, progress: { shares }, key }: MarketView): readonly number[] {
  if (state === 'aborted') return silent ?? [];
  if (state !== 'frozen') return [];
  const all = Array.from({ length: key?.nodes ?? 0 }, (_, at) => at + 1);
  return all.filter((index) => !shares.includes(index));
}
