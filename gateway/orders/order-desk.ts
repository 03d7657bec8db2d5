/**
 * Takes sealed orders in: chooses a slot of this organization for each and submits it. The ledger knows an order by its id, whatever the slot, so an order that is
 * sent again after any failure is in one slot only, and its receipt says in which.
 */
import { prepareCommand } from '../../chaincode/domain/batch.js';
import { parseMarketId } from '../../chaincode/domain/ids.js';
import { marketKey, orderKey } from '../../chaincode/domain/market/keys.js';
import { requireSealedForm } from '../../chaincode/domain/market/open-order.js';
import type { MarketRecord } from '../../chaincode/domain/market/records.js';
import { Refusal, refuse } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { Committed, Submitter } from '../fabric/ledger.js';
import { requireMarketRecord } from '../http/market-reader.js';
import type { Records } from '../http/ports.js';
import { RecordCache } from '../http/record-cache.js';
import { SlotBook } from './slot-book.js';

/** Markets whose slots are in memory; more of one organization are hardly open at once, and a book that is gone is made again. */
const MAX_BOOKS = 100;

export interface OrderDeskOptions {
  readonly mspId: string;
  readonly submitter: Submitter;
  readonly records: Records;
  /** From 0 to 1. */
  readonly random?: () => number;
  /** Milliseconds since 1970. */
  readonly nowMs?: () => number;
}

export interface SealedOrder {
  /** Market id. */
  readonly market: string;
  /** The client's, to which it is sealed. */
  readonly id: string;
  readonly sealed: string;
}

export class OrderDesk {
  readonly #options: OrderDeskOptions;
  readonly #books = new Map<string, SlotBook>();
  /** Of these only what never changes is used. */
  readonly #markets = new RecordCache(MAX_BOOKS);

  constructor(options: OrderDeskOptions) {
    this.#options = options;
  }

  /** @returns with the slot in the receipt @throws {Refusal | GatewayError} */
  async place(order: SealedOrder): Promise<Committed> {
    const { supply, quotas } = await this.#market(order.market);
    requireSealedForm(order.sealed, supply, 'sealed');
    const quota = quotas[this.#options.mspId] ?? 0;
    const book = this.#bookOf(order.market, quota);
    // Every slot is tried once at most.
    for (;;) {
      const slot = await book.take(order.id);
      if (slot === undefined) return this.#placedBefore(order, quota);
      const committed = await this.#submit(order, slot, book);
      if (committed) return committed;
    }
  }

  /** @returns undefined if somebody else's order is in the slot */
  async #submit(order: SealedOrder, slot: number, book: SlotBook): Promise<Committed | undefined> {
    try {
      const committed = await this.#options.submitter.submit(commandOf(order, slot));
      if (committed.receipt.slot !== slot) book.giveBack(slot);
      return committed;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'ORDER_SLOT_TAKEN') {
        await book.isTaken(slot);
        return undefined;
      }
      if (error instanceof GatewayError && error.code === 'OUTCOME_UNKNOWN') book.isUnknown(slot, order.id);
      else book.giveBack(slot);
      throw error;
    }
  }

  /** There is no slot left; but if this very order is in one, the answer is its receipt. */
  async #placedBefore(order: SealedOrder, quota: number): Promise<Committed> {
    const { mspId, records } = this.#options;
    const { memory, digest } = prepareCommand(commandOf(order, 0), mspId);
    const [placed] = await records.read([memory]);
    if (placed?.digest === digest) {
      const receipt = { tx: placed.tx, ...placed.result };
      return { receipt, replayed: true, block: undefined };
    }
    return refuse('ORDER_QUOTA', { field: `quotas.${mspId}`, quota });
  }

  async #market(id: string): Promise<Pick<MarketRecord, 'supply' | 'quotas'>> {
    const { event, market } = parseMarketId(id);
    const key = marketKey(event, market);
    const known = this.#markets.get(key);
    if (known) return known;
    const record = await requireMarketRecord(this.#options.records, id);
    this.#markets.keep(key, record);
    return record;
  }

  #bookOf(id: string, quota: number): SlotBook {
    const known = this.#books.get(id);
    if (known) return known;
    const { mspId, records, random, nowMs } = this.#options;
    const { event, market } = parseMarketId(id);
    const taken = async (slots: readonly number[]) => {
      const found = await records.read(slots.map((slot) => orderKey(event, market, mspId, slot)));
      return found.map((order) => order !== undefined);
    };
    const book = new SlotBook({ quota, taken, ...(random && { random }), ...(nowMs && { nowMs }) });
    const [oldest] = this.#books.keys();
    if (this.#books.size >= MAX_BOOKS && oldest !== undefined) this.#books.delete(oldest);
    this.#books.set(id, book);
    return book;
  }
}

const commandOf = ({ market: marketOf, id, sealed }: SealedOrder, slot: number) => {
  const { event, market } = parseMarketId(marketOf);
  return { kind: 'market.order', id, event, market, slot, sealed } as const;
};
