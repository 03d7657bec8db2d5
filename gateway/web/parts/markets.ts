/** An event's sealed markets, and what each kind and state is called. */
import { get, pathTo } from '../api.js';
import { el, link, table } from '../dom.js';
import { plural } from '../format.js';
import type { Market, MarketState } from '../resources.js';
import { badge, type Tone } from '../words.js';
import { orProblem } from './problem.js';
import { time } from './text.js';

export const SUPPLIES: Readonly<Record<Market['supply'], string>> = {
  resale: 'Sealed resale',
  ballot: 'Ballot',
  returns: 'Waiting list for returned tickets',
};

const STATES: Readonly<Record<MarketState, readonly [string, Tone]>> = {
  open: ['takes sealed orders', 'good'],
  closed: ['closed', 'wait'],
  frozen: ['waiting for its key', 'wait'],
  revealed: ['being opened', 'wait'],
  cleared: ['being settled', 'wait'],
  finished: ['settled', 'quiet'],
  aborted: ['aborted', 'bad'],
};

export const marketBadge = ({ state }: Pick<Market, 'state'>): HTMLElement => badge(...STATES[state]);

export const titleOf = ({ supply, number }: Pick<Market, 'supply' | 'number'>): string =>
  `${SUPPLIES[supply]}, market ${number}`;

export function marketsOf(event: string, signal: AbortSignal): HTMLElement {
  const section = el('section', {}, el('h2', {}, 'Sealed markets'));
  const load = async () => {
    const path = `${pathTo('events', event, 'markets')}?limit=100`;
    const { markets } = await get<{ markets: readonly Market[] }>(path, signal);
    section.append(markets.length === 0 ? none() : tableOf(markets));
  };
  void orProblem(load(), section);
  return section;
}

const none = () => el('p', { class: 'empty' }, 'No sealed market has been opened for this event.');

const tableOf = (markets: readonly Market[]): HTMLElement =>
  table(
    'Sealed markets of this event',
    ['Market', 'State', 'Closes', 'Result'],
    markets.map((market) => [
      link(['markets', market.market], titleOf(market)),
      marketBadge(market),
      time(market.closesAt, 'seconds'),
      market.result ? plural(market.result.trades, 'trade') : 'not yet',
    ]),
  );
