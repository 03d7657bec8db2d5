/** An export computed again by the chaincode's own functions, from its evidence and nothing else. */
import { encodeRecord } from '../../chaincode/ledger/codec.js';
import { enrolmentKey } from '../../chaincode/domain/committee-keys.js';
import { allotmentKey, holderKey } from '../../chaincode/domain/keys.js';
import { clearMarket, type Cleared } from '../../chaincode/domain/market/clear.js';
import { decodePage, isDecoded } from '../../chaincode/domain/market/decode-page.js';
import { judgeOrder } from '../../chaincode/domain/market/judge-order.js';
import { depositKey } from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { peopleIn } from '../../chaincode/domain/market/people.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type {
  MarketRecord,
  OpenedPageRecord,
  SupplyPageRecord,
  TradeRecord,
} from '../../chaincode/domain/market/records.js';
import type { EventRecord } from '../../chaincode/domain/records.js';
import { decodeStatement, typOf, type Payload } from '../../chaincode/domain/statements.js';
import { ticketKeyOf } from '../../chaincode/domain/ticket.js';
import type { PageEvidence } from '../../gateway/audit/evidence.js';
import { Expected, Replay } from '../../gateway/audit/replay.js';

/** What of an export the tests look at. */
export interface Exported {
  readonly channel: string;
  readonly event: string;
  readonly market: number;
  readonly id: string;
  readonly clearing: MarketRecord['clearing'];
  readonly policy: EventRecord['policy'];
  readonly classes: EventRecord['classes'];
  readonly barred?: readonly string[];
  readonly opening: { readonly statement: string };
  readonly deposits: readonly string[];
  readonly root: string;
  readonly secret: string;
  readonly orders: readonly {
    readonly mspId: string;
    readonly slot: number;
    readonly id: string;
    readonly sealed: string;
  }[];
  readonly pages: readonly { readonly opened: OpenedPageRecord; readonly ledger: PageEvidence | null }[];
  readonly supply: readonly SupplyPageRecord[];
  readonly trades: readonly TradeRecord[];
}

export interface Recomputed extends Cleared {
  readonly pages: readonly OpenedPageRecord[];
}

export function recomputed(exported: Exported): Recomputed {
  const { channel, event, market, id, clearing, policy, classes, root, secret } = exported;
  const { exp, jti, ...terms } = decodeStatement('market', exported.opening.statement, 'opening').payload;
  const barred = exported.barred && { barred: exported.barred };
  const record: MarketRecord = { ...terms, ...barred, clearing, root, secret, state: 'revealed', statement: '' };
  const rules = { event, policy, classes } as EventRecord;
  const opening = { channel, event, market, id, supply: terms.supply, closesAt: terms.closesAt, secret };
  let before = 0;
  const pages = orderPages(terms.quotas).map((page): OpenedPageRecord => {
    const state = new Expected(replayOf(exported, page.page));
    const bench = { state, event: rules, market: record, opening };
    const slots = slotsOfPage(page).map((slot) => ({ slot, order: orderIn(exported, page.mspId, slot) }));
    const decoded = decodePage(opening, page, before, slots);
    before += page.count;
    const orders = decoded.map((order) => (isDecoded(order) ? judgeOrder(bench, order) : order));
    return { orders, people: peopleIn(state, rules, record, orders) };
  });
  return { pages, ...clearMarket(rules, record, pages, exported.supply) };
}

const orderIn = ({ orders }: Exported, mspId: string, slot: number) =>
  orders.find((order) => order.mspId === mspId && order.slot === slot);

function replayOf({ event, market, deposits, pages }: Exported, page: number): Replay {
  const replay = new Replay(event);
  const put = (key: string, record: unknown) => replay.apply([{ key, value: encodeRecord(record) }]);
  const sums = new Map<string, number>();
  for (const compact of deposits) {
    const { credential, reseller, amountMinor } = depositIn(compact);
    sums.set(credential, amountMinor === undefined ? 0 : (sums.get(credential) ?? 0) + amountMinor);
    put(depositKey(event, market, credential), { reseller, amountMinor: sums.get(credential) });
  }
  const { enrolments = {}, holders = {}, tickets = {} } = pages[page]?.ledger ?? {};
  for (const [credential, { key }] of Object.entries(enrolments)) put(enrolmentKey(event, credential), { key });
  for (const [credential, counts] of Object.entries(holders)) put(holderKey(event, credential), counts);
  for (const [ticket, { priceClass, facePriceMinor, ...held }] of Object.entries(tickets)) {
    put(ticketKeyOf({ event, ticket }), held);
    put(allotmentKey(event, held.allotment), { priceClass, facePriceMinor });
  }
  return replay;
}

/** Of a deposit, or of its withdrawal, which takes all of it. */
function depositIn(compact: string): Pick<Payload<'deposit'>, 'credential' | 'reseller'> & { amountMinor?: number } {
  const header: unknown = JSON.parse(Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString());
  const withdrawn = (header as { typ: string }).typ === typOf('deposit-withdrawal');
  return decodeStatement(withdrawn ? 'deposit-withdrawal' : 'deposit', compact, 'deposit').payload;
}
