/** The settlement: each trade whole, ticket and money; and what is left of a deposit back to who made it. */
import { ticketPlace } from '../../../chaincode/domain/ids.js';
import { gateKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { depositKey, resultPageKey, settledPageKey } from '../../../chaincode/domain/market/keys.js';
import { settleTrade } from '../../../chaincode/domain/market/settle-trade.js';
import { ESCROWED_DEPOSITS, holderAccount, type Entry } from '../../../chaincode/domain/money.js';
import type { TicketRecord } from '../../../chaincode/domain/records.js';
import { adjustHolder } from '../../../chaincode/domain/ticket.js';
import { agree, differ } from '../difference.js';
import { eventOf, marketIn, type Paged, type Recompute } from './step.js';

export const settle: Recompute<Paged> = (stepping, { page }) => {
  const { state, event, market, context, evidence } = stepping;
  const record = marketIn(stepping, 'cleared');
  const rules = eventOf(stepping);
  const key = settledPageKey(event, market, page);
  const result = state.get(resultPageKey(event, market, page)) ?? differ(key, 'a page of trades', 'none');
  agree(state.get(key) === undefined, key, 'settled once', 'again');
  const doors = state.get(gateKey(event, 'doors'))?.state ?? 'pending';
  agree(doors === 'pending' && context.now < rules.schedule.doorsOpenAt, key, 'before the doors open', context.now);
  const before: Record<string, TicketRecord | null> = {};
  for (const { ticket } of result.trades) before[ticket] = state.get(ticketKey(event, ticketPlace(ticket))) ?? null;
  const settled = result.trades.map((trade) => settleTrade({ state, event: rules, market: record, context }, trade));
  const lapsed: Record<string, string> = {};
  settled.forEach(({ lapsed: code }, at) => {
    if (code !== undefined) lapsed[String(at)] = code;
  });
  state.put(key, { lapsed });
  const entries = settled.flatMap((trade) => trade.entries);
  // The ledger books no entry of nothing.
  evidence.settlements.push({ page, before, lapsed, entries: entries.filter(([, minor]) => minor !== 0) });
  return entries;
};

export const release: Recompute<{ readonly credential: string }> = (stepping, { credential }) => {
  const { state, event, market, evidence } = stepping;
  marketIn(stepping, 'finished', 'aborted');
  const key = depositKey(event, market, credential);
  const before = state.get(key) ?? differ(key, 'a deposit', 'none');
  const { heldMinor } = before;
  agree(heldMinor > 0, key, 'a deposit that is held', heldMinor);
  state.put(key, { ...before, heldMinor: 0 });
  adjustHolder(state, event, credential, { balanceMinor: heldMinor });
  const entries: Entry[] = [
    [ESCROWED_DEPOSITS, -heldMinor, 'release'],
    [holderAccount(credential), heldMinor, 'release'],
  ];
  evidence.releases.push({ credential, entries });
  return entries;
};
