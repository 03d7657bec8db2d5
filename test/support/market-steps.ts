/** A market's steps as anybody drives them: what each command names is found out first, as a gateway does it. */
import type { Outcome } from '../../chaincode/domain/batch.js';
import { allotmentKey, ticketKey } from '../../chaincode/domain/keys.js';
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { decodePage, neededFor } from '../../chaincode/domain/market/decode-page.js';
import { openedPageKey, orderKey, resultPageKey } from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { placesOnPage, supplyPages } from '../../chaincode/domain/market/places.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type { MarketState, OpenedPageRecord, TradeRecord } from '../../chaincode/domain/market/records.js';
import { PAGES_PER_CLEARING } from '../../chaincode/domain/rules/market-clear.js';
import { namesIn } from '../../chaincode/domain/rules/market-settle.js';
import type { SealedMarket } from './sealed-market.js';
import { CHANNEL, type Command } from './statements.js';
import type { SubmitOptions } from './test-ledger.js';

/** A little after the close; everything happens then. */
export const SETTLING = '2027-03-02T12:00:10Z';
export const BY_VENUE = { caller: 'VenueMSP', now: SETTLING };

export const pagesOf = ({ terms: { quotas } }: SealedMarket) => orderPages(quotas);

export const steps = {
  close: (market: SealedMarket, by: readonly number[] = market.holders.slice(0, 3)): Command => ({
    kind: 'market.close',
    ...market.of(),
    statements: by.map((index) => market.closing(index)),
  }),
  freeze: (market: SealedMarket, page: number): Command => ({
    kind: 'market.freeze',
    ...market.of(),
    quotas: market.terms.quotas,
    page,
  }),
  root: (market: SealedMarket): Command => ({ kind: 'market.root', ...market.of(), quotas: market.terms.quotas }),
  supply(market: SealedMarket, page: number): Command {
    const { allotments = [] } = market.terms;
    const records = allotments.map((allotment) => market.scene.ledger.read(allotmentKey(market.event, allotment))!);
    const places = placesOnPage(records, page).map(([, place]) => place);
    return { kind: 'market.supply', ...market.of(), page, allotments, places };
  },
  unseal: (market: SealedMarket): Command => ({ kind: 'market.unseal', ...market.of(), nodes: 4 }),
  read(market: SealedMarket, number: number): Command {
    const { event, id, terms, record } = market;
    const { ledger } = market.scene;
    const page = pagesOf(market)[number]!;
    const opening = { ...market.of(), channel: CHANNEL, id, supply: terms.supply, closesAt: terms.closesAt };
    const slots = slotsOfPage(page).map((slot) => ({
      slot,
      order: ledger.read(orderKey(event, market.number, page.mspId, slot)),
    }));
    const { holders, tickets } = neededFor(decodePage({ ...opening, secret: record.secret! }, page, 0, slots), event);
    const allotments = [...tickets].flatMap(
      (ticket) => ledger.read(ticketKey(event, parseTicketId(ticket).place))?.allotment ?? [],
    );
    return {
      kind: 'market.read',
      ...market.of(),
      quotas: terms.quotas,
      page: number,
      holders: [...holders],
      tickets: [...tickets],
      allotments: [...new Set(allotments)],
    };
  },
  clear: (market: SealedMarket): Command => ({
    kind: 'market.clear',
    ...market.of(),
    quotas: market.terms.quotas,
    supplyPages: supplyPages(market.record.places ?? 0),
    part: (market.record.clearedPages ?? 0) / PAGES_PER_CLEARING,
  }),
  settle(market: SealedMarket, page: number): Command {
    const { trades } = market.scene.ledger.read(resultPageKey(market.event, market.number, page))!;
    return { kind: 'market.settle', ...market.of(), page, ...namesIn(trades) };
  },
  finish: (market: SealedMarket): Command => ({
    kind: 'market.finish',
    ...market.of(),
    pages: market.record.result?.pages ?? 0,
    allotments: market.terms.allotments ?? [],
  }),
  abort: (market: SealedMarket, by?: readonly number[]): Command => ({
    kind: 'market.abort',
    ...market.of(),
    nodes: 4,
    allotments: market.terms.allotments ?? [],
    ...(by && { statements: by.map((index) => market.closing(index)) }),
  }),
  release: (market: SealedMarket, credential: string): Command => ({
    kind: 'market.release',
    ...market.of(),
    credential,
  }),
};

/** What brings a market out of each state, one command at a time. */
const NEXT: Readonly<
  Record<Exclude<MarketState, 'finished' | 'aborted'>, (market: SealedMarket) => readonly Command[]>
> = {
  open: (market) => [steps.close(market)],
  closed: (market) => [...pagesOf(market).map(({ page }) => steps.freeze(market, page)), steps.root(market)],
  frozen: (market) => [...[1, 2, 4].map((index) => market.share(index)), steps.unseal(market)],
  revealed: (market) => [
    ...pagesOf(market).flatMap(({ page }) => (isRead(market, page) ? [] : [steps.read(market, page)])),
    ...Array.from({ length: supplyPages(market.record.places ?? 0) }, (_, page) => steps.supply(market, page)),
    steps.clear(market),
  ],
  cleared: (market) => [
    ...Array.from({ length: market.record.result!.pages }, (_, page) => steps.settle(market, page)),
    steps.finish(market),
  ],
};

const isRead = ({ scene: { ledger }, event, number }: SealedMarket, page: number): boolean =>
  ledger.read(openedPageKey(event, number, page)) !== undefined;

/** Until the market is in this state; everything must be accepted. */
export function drive(market: SealedMarket, until: MarketState, options: SubmitOptions = {}): SealedMarket {
  while (market.record.state !== until) {
    const { state } = market.record;
    if (state === 'finished' || state === 'aborted') throw new Error(`the market is ${state}`);
    for (const command of NEXT[state](market)) market.scene.ledger.accept(command, { ...BY_VENUE, ...options });
  }
  return market;
}

export const submitStep = (market: SealedMarket, command: Command, options: SubmitOptions = {}): Outcome =>
  market.scene.ledger.submit(command, { ...BY_VENUE, ...options });

/** Every trade, page by page. */
export const tradesOf = ({ scene: { ledger }, event, number, record }: SealedMarket): readonly TradeRecord[] =>
  Array.from({ length: record.result?.pages ?? 0 }, (_, page) =>
    ledger.read(resultPageKey(event, number, page))!,
  ).flatMap(({ trades }) => trades);

/** Everything that was read, in the slots' order. */
export const ordersOf = (market: SealedMarket): OpenedPageRecord['orders'] =>
  pagesOf(market).flatMap(
    ({ page }) => market.scene.ledger.read(openedPageKey(market.event, market.number, page))?.orders ?? [],
  );

/** The codes with which orders are void, in the slots' order; undefined for one that is not. */
export const voidsOf = (market: SealedMarket) => ordersOf(market).map(({ void: code }) => code);
