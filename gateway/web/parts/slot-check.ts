/** “Check it yourself”: what was in a slot when the market was frozen, its way to the root recomputed here, and what became of it. */
import { get, pathTo, Problem } from '../api.js';
import { el, facts, type Child } from '../dom.js';
import { rootOf } from '../proof/inclusion.js';
import type { MarketView, OrderProof, SealedOrder } from '../resources.js';
import { tradeTable } from './market-trades.js';
import { problemView } from './problem.js';
import { mono, short } from './text.js';

type Frozen = Pick<MarketView, 'market' | 'quotas' | 'root'>;

export function slotCheck({ market, quotas }: MarketView, currency: string, signal: AbortSignal): HTMLElement {
  const organization = el('select', { id: 'slot-organization' });
  organization.append(...Object.keys(quotas).map((mspId) => el('option', { value: mspId }, mspId)));
  const slot = el('input', { id: 'slot-number', type: 'number', min: 0, value: 0, required: true });
  const result = el('div', { 'aria-live': 'polite' });
  const form = el(
    'form',
    { class: 'look-up' },
    el('label', { for: 'slot-organization' }, 'Organization that took the order in'),
    el('div', { class: 'field' }, organization),
    el('label', { for: 'slot-number' }, 'Slot'),
    el('div', { class: 'field' }, slot, el('button', { type: 'submit' }, 'Check')),
  );
  const run = async () => {
    result.replaceChildren(el('p', { class: 'loading' }, 'Recomputing…'));
    try {
      const of = [organization.value, slot.value] as const;
      result.replaceChildren(...(await findings(market, of, signal)), ...(await outcome(market, of, currency, signal)));
    } catch (error) {
      result.replaceChildren(problemView(error, 2));
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  return el('section', { class: 'check' }, el('h2', {}, 'Check it yourself'), about(), form, result);
}

const about = () =>
  el(
    'p',
    {},
    'From the freeze on your browser recomputes the hashes from a slot to the root of all orders. Compare the root with other organizations’ gateways: it is all that has to be believed.',
  );

type Of = readonly [mspId: string, slot: string];

async function findings(market: string, [mspId, slot]: Of, signal: AbortSignal): Promise<readonly HTMLElement[]> {
  const [frozen, proof] = await Promise.all([
    get<Frozen>(pathTo('markets', market), signal),
    get<OrderProof>(pathTo('markets', market, 'orders', mspId, slot, 'proof'), signal),
  ]);
  // What was asked for, whatever was answered.
  const computed = await rootOf({ market, quotas: frozen.quotas }, { ...proof, mspId, slot: Number(slot) });
  const holds = computed !== undefined && computed === frozen.root;
  const hashes = proof.inPage.length + proof.inMarket.length;
  const what = proof.content ? 'This order was' : 'Nothing was';
  const verdict = holds
    ? `✔ ${what} in slot ${slot} of ${mspId}: ${hashes} hashes lead to the root.`
    : `✘ The proof does not lead to the root: it was not shown what was in slot ${slot} of ${mspId}.`;
  const rows: (readonly [string, ...Child[]])[] = [['Recomputed root', mono(computed ?? 'none')]];
  if (proof.content) rows.push(['Order', mono(proof.content.id)], ['Sealed', short(proof.content.sealed, 40)]);
  return [el('p', { class: holds ? 'verdict good' : 'verdict bad' }, verdict), facts(rows)];
}

/** An empty slot has none. */
async function outcome(
  market: string,
  [mspId, slot]: Of,
  currency: string,
  signal: AbortSignal,
): Promise<readonly Node[]> {
  try {
    const { outcome: found } = await get<SealedOrder>(pathTo('markets', market, 'orders', mspId, slot), signal);
    if (!found) return [el('p', {}, 'What became of it is known once the market is cleared.')];
    const { state, code, credential, trades } = found;
    const words = state === 'counted' ? 'It counts.' : `It is void: ${code ?? 'nobody’s word'}.`;
    const whose = credential === undefined ? [] : [' Signed by the pseudonym ', short(credential), '.'];
    return [el('p', {}, words, ...whose), ...(trades.length === 0 ? [] : [tradeTable(trades, currency)])];
  } catch (error) {
    if (error instanceof Problem && error.document.code === 'NOT_FOUND') return [];
    throw error;
  }
}
