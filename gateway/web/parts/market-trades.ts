/** Who got what at which price, by pages. */
import { get, pathTo } from '../api.js';
import { button, el, link, table, type Child } from '../dom.js';
import { money, partsOfTicket, placeWords } from '../format.js';
import type { MarketView, ResultPage, Trade } from '../resources.js';
import { badge } from '../words.js';
import { orProblem } from './problem.js';
import { short } from './text.js';

export function tradesOf({ market }: MarketView, currency: string, signal: AbortSignal): HTMLElement {
  const list = el('div');
  const more = el('p', { class: 'actions' });
  const shown: Trade[] = [];
  const load = async (after?: string) => {
    const query = new URLSearchParams({ limit: '4', ...(after !== undefined && { after }) });
    const path = `${pathTo('markets', market, 'results')}?${query.toString()}`;
    const { pages, next } = await get<{ pages: readonly ResultPage[]; next?: string }>(path, signal);
    shown.push(...pages.flatMap(({ trades }) => trades));
    list.replaceChildren(shown.length === 0 ? none() : tradeTable(shown, currency));
    more.replaceChildren(
      ...(next === undefined ? [] : [button('More trades', () => void orProblem(load(next), more))]),
    );
  };
  void orProblem(load(), list);
  return el('section', {}, el('h2', {}, 'Result'), list, more);
}

const none = () => el('p', { class: 'empty' }, 'No bid and no offer met.');

export const tradeTable = (trades: readonly Trade[], currency: string): HTMLElement =>
  table(
    'Tickets that change hands by this market',
    ['Place', 'Paid in all', 'Of that the seller asked', 'To', 'From', 'State'],
    trades.map(({ ticket, totalMinor, resale, buyer, ...trade }): readonly Child[] => [
      link(['tickets', ticket], placeWords(partsOfTicket(ticket).place)),
      el('strong', {}, money(totalMinor, currency)),
      resale ? money(resale.priceMinor, currency) : 'sold at its price',
      short(buyer),
      resale ? short(resale.seller) : 'the organizer',
      stateOf(trade),
    ]),
  );

function stateOf({ state, code }: Pick<Trade, 'state' | 'code'>): HTMLElement {
  if (state === 'settled') return badge('settled', 'good');
  if (state === 'due') return badge('due', 'wait');
  return badge(code === undefined ? 'lapsed' : `lapsed: ${code}`, 'bad');
}
