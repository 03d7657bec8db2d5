/** The export: all that is needed to recompute a market without a peer, a ledger or our code. README.md documents every member. */
import type { UsableKey } from '../../chaincode/domain/committee-records.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import {
  frozenPageKey,
  openedPageKey,
  orderKey,
  resultPageKey,
  supplyPageKey,
} from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { supplyPages } from '../../chaincode/domain/market/places.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import type { MarketAudit } from './audit.js';

export const EXPORT_FORMAT = 'guichet/market-export/v1';

/** @param throughBlock the last block that was read. @returns undefined of a market that is open: there is nothing to recompute */
export function exportOf(audit: MarketAudit, throughBlock: number): Readonly<Record<string, unknown>> | undefined {
  const { evidence, record, target } = audit;
  const { opening, rules, closings, deposits, depositKeys, shares, settlements, releases, places, allotments } =
    evidence;
  if (!record || !opening || !rules) return undefined;
  const { event, market, channel } = target;
  const { clearing, state, barred } = record;
  return {
    format: EXPORT_FORMAT,
    ...{ channel, event, market, id: marketIdOf(event, market), throughBlock, state, clearing },
    ...{ organizer: rules.organizer, venue: rules.venue, currency: rules.currency },
    ...{ policy: rules.policy, classes: rules.classes, doorsOpenAt: rules.schedule.doorsOpenAt },
    ...(barred && { barred }),
    opening,
    key: evidence.key ? keyIn(evidence.key) : null,
    ...{ deposits, depositKeys, closings, shares },
    ...sealedIn(record),
    ...{ orders: ordersOf(audit, record), pages: pagesOf(audit, record) },
    ...{ allotments: allotments.map(supplyOf), places, supply: suppliedBy(audit, record) },
    result: record.result ?? null,
    trades: tradesOf(audit, record),
    ...{ settlements, releases },
    ...{ end: evidence.end ?? null, silent: record.silent ?? null },
    held: Object.fromEntries([...audit.deposits].map(([credential, { heldMinor }]) => [credential, heldMinor])),
  };
}

const keyIn = ({ threshold, groupKey, publicShares, nodes }: UsableKey) => ({
  ...{ threshold, groupKey, publicShares, nodes },
});

/** Null of what has not come so far. */
const sealedIn = ({ frozenAt, root, orders, secret }: MarketRecord) => ({
  ...{ frozenAt: frozenAt ?? null, root: root ?? null, orderCount: orders ?? null, secret: secret ?? null },
});

function ordersOf({ replay, target: { event, market } }: MarketAudit, { quotas }: MarketRecord) {
  return orderPages(quotas).flatMap((page) =>
    slotsOfPage(page).flatMap((slot) => {
      const order = replay.get(orderKey(event, market, page.mspId, slot));
      return order ? [{ mspId: page.mspId, slot, ...order }] : [];
    }),
  );
}

/** Root, what was read, and by which records; null of a page that has not come so far. */
function pagesOf({ replay, evidence, target: { event, market } }: MarketAudit, { quotas }: MarketRecord) {
  return orderPages(quotas).map(({ page }) => ({
    page,
    root: replay.get(frozenPageKey(event, market, page))?.root ?? null,
    opened: replay.get(openedPageKey(event, market, page)) ?? null,
    ledger: evidence.pages.get(page) ?? null,
  }));
}

const supplyOf = ({
  allotment,
  priceClass,
  facePriceMinor,
  fees,
  seats,
  pool,
}: MarketAudit['evidence']['allotments'][number]) => ({
  ...{ allotment, priceClass, facePriceMinor, fees },
  ...(seats && { seats }),
  ...(pool && { pool }),
});

const suppliedBy = ({ replay, target: { event, market } }: MarketAudit, { places = 0 }: MarketRecord) =>
  Array.from({ length: supplyPages(places) }, (_, page) => replay.get(supplyPageKey(event, market, page)) ?? null);

const tradesOf = ({ replay, target: { event, market } }: MarketAudit, { result }: MarketRecord) =>
  Array.from({ length: result?.pages ?? 0 }, (_, page) => replay.get(resultPageKey(event, market, page))).flatMap(
    (page) => page?.trades ?? [],
  );
