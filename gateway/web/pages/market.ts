/** A sealed market: what is hidden until when, how far it is and for whom it waits, then everything that was hidden. It follows the ledger. */
import { get, pathTo } from '../api.js';
import { el, facts, link, type Child } from '../dom.js';
import { count, money, plural } from '../format.js';
import { stepsOf } from '../parts/market-steps.js';
import { tradesOf } from '../parts/market-trades.js';
import { marketBadge, titleOf } from '../parts/markets.js';
import { organizationName } from '../parts/organization-name.js';
import { slotCheck } from '../parts/slot-check.js';
import { mono, time } from '../parts/text.js';
import type { Pulse } from '../pulse.js';
import type { Event, MarketView } from '../resources.js';
import type { Page, Visit } from '../router.js';

export async function marketPage([id = '']: readonly string[], { signal }: Visit, pulse: Pulse): Promise<Page> {
  const path = pathTo('markets', id);
  let wanted = pulse.block;
  const market = await get<MarketView>(path, signal);
  const event = await get<Event>(pathTo('events', market.event), signal);
  const asOf = el('p', { class: 'as-of' });
  const byline = el('div');
  const terms = el('section');
  const progress = el('section');
  const result = el('div');
  let shown = '';
  const show = (now: MarketView) => {
    const text = JSON.stringify(now);
    if (text === shown) return;
    shown = text;
    byline.replaceChildren(el('p', { class: 'byline' }, marketBadge(now), ' ', ...hiddenWords(now)));
    terms.replaceChildren(el('h2', {}, 'Terms'), termsOf(now, event.currency));
    progress.replaceChildren(el('h2', {}, 'How far it is'), stepsOf(now));
    result.replaceChildren(...resultOf(now, event.currency, signal));
  };
  show(market);
  pulse.subscribe(signal, ({ block, answering }) => {
    asOf.replaceChildren(
      block === undefined ? '' : `As of block ${count(block)}`,
      answering ? '' : ', and no answer since',
    );
    if (block === wanted) return;
    wanted = block;
    void get<MarketView>(path, signal).then(show, () => asOf.append(', which could not be read'));
  });
  const title = titleOf(market);
  return {
    title: `${title} · ${event.name}`,
    content: [
      crumbs(event),
      el('div', { class: 'heading' }, el('h1', {}, title), asOf),
      byline,
      terms,
      progress,
      result,
      slotCheck(market, event.currency, signal),
    ],
  };
}

const crumbs = ({ event, name }: Event) =>
  el('nav', { class: 'crumbs', 'aria-label': 'Path' }, link([], 'Season'), ' / ', link(['events', event], name));

/** Who can know what at this moment. */
function hiddenWords({ state, closesAt, abortableAt, key }: MarketView): readonly Child[] {
  const nodes = `any ${key?.threshold ?? 't'} of ${key?.nodes ?? 'n'} nodes of the committee`;
  if (state === 'open')
    return [
      `Prices, sides and tickets of all orders are hidden until `,
      time(closesAt, 'seconds'),
      `; only ${nodes} together could read them before.`,
    ];
  if (state === 'closed' || state === 'frozen')
    return [
      'No order comes in any more, and none can be read yet: ',
      nodes,
      ' reveal the key. From ',
      time(abortableAt, 'seconds'),
      ' on anybody may abort instead.',
    ];
  if (state === 'aborted') return ['Its orders were never read; every deposit is given back.'];
  return ['Its key is revealed: everybody can open every order and recompute the draw.'];
}

function termsOf({ closesAt, abortableAt, clearing, quotas, key, ...market }: MarketView, currency: string) {
  const fees = [market.sellerFeeBps, market.buyerFeeBps].map((bps) => `${bps / 100}%`);
  const steps = market.depositSteps.map((minor) => money(minor, currency)).join(', ');
  const slots = Object.entries(quotas).flatMap(([mspId, slots]): Child[] => [
    el('li', {}, organizationName(mspId), ` ${plural(slots, 'order')}`),
  ]);
  return facts([
    ['Closes', time(closesAt, 'seconds')],
    ['Abortable from', time(abortableAt, 'seconds')],
    ['Cleared by', clearing === 'lottery' || market.supply !== 'resale' ? 'lottery' : 'one price for all of a class'],
    ['Deposits of', steps],
    ...(market.supply === 'resale'
      ? [['Fees', `${fees[0] ?? ''} from sellers, ${fees[1] ?? ''} from buyers`] as const]
      : []),
    ['Taken in by', el('ul', { class: 'plain' }, ...slots)],
    ...(key?.marketKey === undefined ? [] : [['Key', mono(key.marketKey)] as const]),
  ]);
}

function resultOf(market: MarketView, currency: string, signal: AbortSignal): readonly Node[] {
  const { root, orders = 0, secret, result } = market;
  if (root === undefined) return [];
  const rows: (readonly [string, ...Child[]])[] = [
    ['Orders', count(orders)],
    ['Root', mono(root)],
  ];
  if (secret !== undefined) rows.push(['Secret key', mono(secret)]);
  for (const [priceClass, minor] of Object.entries(result?.prices ?? {}))
    rows.push([`Price of ${priceClass}`, money(minor, currency)]);
  const revealed = el('section', {}, el('h2', {}, secret === undefined ? 'Frozen' : 'Revealed'), facts(rows));
  return result ? [revealed, tradesOf(market, currency, signal)] : [revealed];
}
