/** Proofs of inclusion: what was in a slot, or that nothing was. A page's slots never change once it is frozen, so a few pages stay in memory. */
import { fromBase64url, toBase64url } from '../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { frozenPageKey, orderKey } from '../../chaincode/domain/market/keys.js';
import { orderPages, proveSlot, slotLeaf, type OrderPage } from '../../chaincode/domain/market/pages.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type { MarketRecord, OrderRecord } from '../../chaincode/domain/market/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { requireMarketRecord } from '../http/market-reader.js';
import type { Records } from '../http/ports.js';
import { Kept } from './kept.js';

/** Of 256 orders each, about 600 kB. */
const MAX_PAGES = 16;
/** Of up to 150 hashes. */
const MAX_MARKETS = 100;

export interface SlotOf {
  /** Market id. */
  readonly market: string;
  readonly mspId: string;
  readonly slot: number;
}

interface Proof extends SlotOf {
  readonly content?: OrderRecord;
  readonly root: string;
  readonly inPage: string[];
  readonly inMarket: string[];
}

/** @throws {GatewayError} NOT_FOUND for a slot that there is not */
export function pageOfSlot({ quotas }: Pick<MarketRecord, 'quotas'>, { mspId, slot }: SlotOf): OrderPage {
  const page = orderPages(quotas).find(
    ({ mspId: of, from, count }) => of === mspId && from <= slot && slot < from + count,
  );
  if (!page) throw new GatewayError('NOT_FOUND', { field: 'slot', quota: quotas[mspId] ?? 0 });
  return page;
}

export class OrderProofs {
  readonly #records: Records;
  readonly #pages = new Kept<readonly (OrderRecord | undefined)[]>(MAX_PAGES);
  readonly #roots = new Kept<readonly Uint8Array[]>(MAX_MARKETS);

  constructor(records: Records) {
    this.#records = records;
  }

  /** @throws {Refusal | GatewayError} UNKNOWN_EVENT, UNKNOWN_MARKET, NOT_FOUND; MARKET_NOT_FROZEN before it is */
  async prove(of: SlotOf): Promise<Proof> {
    const record = await requireMarketRecord(this.#records, of.market);
    const page = pageOfSlot(record, of);
    const { root, state } = record;
    if (root === undefined) return refuse('MARKET_NOT_FROZEN', { field: 'market', state });
    const [found, roots] = await Promise.all([this.#contentOf(of.market, page), this.#rootsOf(of.market, record)]);
    const leaves = found.map((content, at) => slotLeaf({ ...of, slot: page.from + at }, content));
    const { inPage, inMarket } = proveSlot(nodeSuite, [leaves, of.slot - page.from], [roots, page.page]);
    const content = found[of.slot - page.from];
    const paths = { inPage: inPage.map(toBase64url), inMarket: inMarket.map(toBase64url) };
    return { ...of, ...(content && { content }), root, ...paths };
  }

  #contentOf(id: string, page: OrderPage): Promise<readonly (OrderRecord | undefined)[]> {
    const { event, market } = parseMarketId(id);
    return this.#pages.get(`${id}/${page.page}`, () =>
      this.#records.read(slotsOfPage(page).map((slot) => orderKey(event, market, page.mspId, slot))),
    );
  }

  #rootsOf(id: string, { quotas }: MarketRecord): Promise<readonly Uint8Array[]> {
    const { event, market } = parseMarketId(id);
    return this.#roots.get(id, async () => {
      const frozen = await this.#records.read(orderPages(quotas).map(({ page }) => frozenPageKey(event, market, page)));
      return frozen.map((page) => fromBase64url(page?.root ?? '') ?? new Uint8Array(0));
    });
  }
}
