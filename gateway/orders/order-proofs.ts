/** Proofs of inclusion: what was in a slot, or that nothing was. A page's slots never change once it is frozen, so the hashes of many stay in memory. */
import { fromBase64url, toBase64url } from '../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { frozenPageKey, orderKey } from '../../chaincode/domain/market/keys.js';
import { orderPages, slotLeaf, type OrderPage } from '../../chaincode/domain/market/pages.js';
import { slotsOfPage } from '../../chaincode/domain/market/quotas.js';
import type { MarketRecord, OrderRecord } from '../../chaincode/domain/market/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import { requireMarketRecord } from '../http/market-reader.js';
import type { Records } from '../http/ports.js';
import { HashTree } from './hash-tree.js';
import { Kept } from './kept.js';
import { Line } from '../line.js';

/** Of 256 slots each, 16 kB. The largest market has about a hundred. */
const MAX_PAGES = 1_024;
const MAX_MARKETS = 100;
/** Each reads 256 orders, about 600 kB. */
const READERS = { atOnce: 2, waiting: 100 } as const;

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
  readonly #pages = new Kept<HashTree>(MAX_PAGES);
  readonly #markets = new Kept<HashTree>(MAX_MARKETS);
  readonly #readers = new Line(READERS);

  constructor(records: Records) {
    this.#records = records;
  }

  /** @throws {Refusal | GatewayError} UNKNOWN_EVENT, UNKNOWN_MARKET, NOT_FOUND; MARKET_NOT_FROZEN before it is; QUEUE_FULL where too many pages are asked for at once */
  async prove(of: SlotOf): Promise<Proof> {
    const record = await requireMarketRecord(this.#records, of.market);
    const page = pageOfSlot(record, of);
    const { root, state } = record;
    if (root === undefined) return refuse('MARKET_NOT_FROZEN', { field: 'market', state });
    const [content, inPage, inMarket] = await Promise.all([
      this.#contentOf(of),
      this.#pageOf(of.market, page),
      this.#marketOf(of.market, record),
    ]);
    const paths = {
      inPage: inPage.pathOf(of.slot - page.from).map(toBase64url),
      inMarket: inMarket.pathOf(page.page).map(toBase64url),
    };
    return { ...of, ...(content && { content }), root, ...paths };
  }

  async #contentOf({ market: id, mspId, slot }: SlotOf): Promise<OrderRecord | undefined> {
    const { event, market } = parseMarketId(id);
    const [content] = await this.#records.read([orderKey(event, market, mspId, slot)]);
    return content;
  }

  #pageOf(id: string, page: OrderPage): Promise<HashTree> {
    const { event, market } = parseMarketId(id);
    const { mspId } = page;
    const read = async () => {
      const slots = slotsOfPage(page);
      const found = await this.#records.read(slots.map((slot) => orderKey(event, market, mspId, slot)));
      const leaves = slots.map((slot, at) => slotLeaf({ market: id, mspId, slot }, found[at]));
      return new HashTree(nodeSuite, leaves);
    };
    return this.#pages.get(`${id}/${page.page}`, () => this.#readers.run(read));
  }

  #marketOf(id: string, { quotas }: MarketRecord): Promise<HashTree> {
    const { event, market } = parseMarketId(id);
    return this.#markets.get(id, async () => {
      const frozen = await this.#records.read(orderPages(quotas).map(({ page }) => frozenPageKey(event, market, page)));
      const roots = frozen.map((page) => fromBase64url(page?.root ?? '') ?? new Uint8Array(0));
      return new HashTree(nodeSuite, roots);
    });
  }
}
