/** The command of a step: what it has to name, so that the ledger can load it, is found out here. */
import { allotmentKey, ticketKey } from '../../chaincode/domain/keys.js';
import { parseTicketId } from '../../chaincode/domain/ids.js';
import { decodePage, neededFor, type Opening } from '../../chaincode/domain/market/decode-page.js';
import { orderKey, resultPageKey } from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { placesOnPage, supplyPages } from '../../chaincode/domain/market/places.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import { namesIn } from '../../chaincode/domain/rules/market-settle.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { Closings } from './closings.js';
import { idOf, type Step } from './step.js';
import type { MarketView } from './view.js';

export interface CommandSources {
  readonly channel: string;
  readonly records: Records;
  readonly closings: Closings;
}

export type Command = Readonly<Record<string, unknown>>;

type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;
type Members<S> = (step: S, view: MarketView, sources: CommandSources) => Promise<Command> | Command;

/** What a command has beyond kind, event and market. */
const MEMBERS: { readonly [K in Step['kind']]: Members<StepOf<K>> } = {
  close: (_, view, sources) => closeMembers(view, sources),
  freeze: ({ page }, { record: { quotas } }) => ({ quotas, page }),
  root: (_, { record: { quotas } }) => ({ quotas }),
  supply: ({ page }, view, sources) => supplyMembers(page, view, sources),
  unseal: (_, { key }) => ({ nodes: key?.nodes ?? 0 }),
  read: ({ page }, view, sources) => readMembers(page, view, sources),
  clear: ({ part }, { record: { quotas, places = 0 } }) => ({ quotas, supplyPages: supplyPages(places), part }),
  settle: ({ page }, view, sources) => settleMembers(page, view, sources),
  finish: (_, { record: { result, allotments = [] } }) => ({ pages: result?.pages ?? 0, allotments }),
  abort: (_, view, sources) => abortMembers(view, sources),
  release: ({ credential }) => ({ credential }),
};

/** @throws {ClientError} NODES_TOO_FEW, {GatewayError} LEDGER_UNAVAILABLE */
export async function commandOf(step: Step, view: MarketView, sources: CommandSources): Promise<Command> {
  const { event, market } = view;
  const members = MEMBERS[step.kind] as Members<Step>;
  return { kind: `market.${step.kind}`, event, market, ...(await members(step, view, sources)) };
}

async function closeMembers(view: MarketView, { closings }: CommandSources): Promise<Command> {
  return { statements: view.key ? await closings.enough(view, view.key) : [] };
}

/** Who would not say that the time has come is named, by our word. */
async function abortMembers(view: MarketView, { closings }: CommandSources): Promise<Command> {
  const { record, key, cancelled } = view;
  const isAsked = record.state === 'open' && key !== undefined && !cancelled;
  const statements = isAsked ? { statements: await closings.all(view, key) } : {};
  return { nodes: key?.nodes ?? 0, allotments: record.allotments ?? [], ...statements };
}

async function supplyMembers(page: number, { event, record }: MarketView, { records }: CommandSources) {
  const { allotments = [] } = record;
  const found = await records.read(allotments.map((allotment) => allotmentKey(event, allotment)));
  const places = placesOnPage(
    found.flatMap((each) => each ?? []),
    page,
  );
  return { page, allotments, places: places.map(([, place]) => place) };
}

/** The page's orders are opened here as the ledger will open them: the secret is known by now. */
async function readMembers(number: number, view: MarketView, { channel, records }: CommandSources): Promise<Command> {
  const { event, market, record } = view;
  const { quotas, supply, closesAt, secret = '' } = record;
  const page = orderPages(quotas)[number];
  if (!page) throw new GatewayError('INTERNAL', { field: 'page', page: number });
  const slots = slotsOfPage(page);
  const orders = await records.read(slots.map((slot) => orderKey(event, market, page.mspId, slot)));
  const opening: Opening = { channel, event, market, id: idOf(view), supply, closesAt, secret };
  // Where its slots begin among all is of no account for what is named.
  const sealed = slots.map((slot, at) => ({ slot, order: orders[at] }));
  const needed = neededFor(decodePage(opening, page, 0, sealed), event);
  const tickets = [...needed.tickets];
  const found = await records.read(tickets.map((ticket) => ticketKey(event, parseTicketId(ticket).place)));
  const allotments = new Set(found.flatMap((ticket) => ticket?.allotment ?? []));
  return { quotas, page: number, holders: [...needed.holders], tickets, allotments: [...allotments] };
}

async function settleMembers(page: number, { event, market }: MarketView, { records }: CommandSources) {
  const [result] = await records.read([resultPageKey(event, market, page)]);
  return { page, ...namesIn(result?.trades ?? []) };
}
