/**
 * Reads from the own peer what decides about a market. Steps that were seen to be taken are not asked for again, for they never become untaken; that is all
 * that is kept here, and nothing is lost with it.
 */
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import type { UsableKey } from '../../chaincode/domain/committee-records.js';
import { eventKey, gateKey } from '../../chaincode/domain/keys.js';
import { holdersOf } from '../../chaincode/domain/market/holders.js';
import { depositKey, marketKey, shareKey } from '../../chaincode/domain/market/keys.js';
import { orderPages } from '../../chaincode/domain/market/pages.js';
import { supplyPages } from '../../chaincode/domain/market/places.js';
import type { DepositRecord, MarketRecord } from '../../chaincode/domain/market/records.js';
import { countedShares } from '../../chaincode/domain/market/shares.js';
import { isOver } from '../../chaincode/domain/market/standing.js';
import type { CommandResult } from '../../chaincode/domain/records.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import type { Records } from '../http/ports.js';
import { idOf, memoryOf, stepId, type MarketOf, type PagedStep, type Step } from './step.js';
import { NOTHING_MISSING, type MarketView } from './view.js';

/** Keys of one question. */
const KEYS_AT_ONCE = 1_000;

export class ViewReader {
  readonly #records: Records;
  readonly #of: MarketOf;
  /** Steps that were taken, with what their receipts say. */
  readonly #taken = new Map<string, CommandResult>();

  constructor(records: Records, of: MarketOf) {
    this.#records = records;
    this.#of = of;
  }

  /** The ledger has said so, also if the peer that is asked is some blocks behind. */
  took(step: Step, result: CommandResult): void {
    this.#taken.set(stepId(step), result);
  }

  hasTaken(step: Step): boolean {
    return this.#taken.has(stepId(step));
  }

  /** @throws {Refusal} UNKNOWN_MARKET, {GatewayError} LEDGER_UNAVAILABLE */
  async view(): Promise<MarketView> {
    const { event, market } = this.#of;
    const [record, rules, doors, shared] = await this.#records.read([
      marketKey(event, market),
      eventKey(event),
      gateKey(event, 'doors'),
      sharedKeyKey(idOf(this.#of)),
    ]);
    if (!record || !rules) return refuse('UNKNOWN_MARKET', { field: 'market', market: idOf(this.#of) });
    const key = shared?.key && {
      ...{ epoch: shared.key.epoch, threshold: shared.key.threshold },
      ...{ nodes: shared.key.nodes.length, holders: holdersOf(shared.key) },
    };
    return {
      ...this.#of,
      record,
      cancelled: rules.state === 'cancelled',
      doorsOpenAt: rules.schedule.doorsOpenAt,
      doorsOpened: (doors?.state ?? 'pending') !== 'pending',
      ...(key && { key }),
      missing: { ...NOTHING_MISSING, ...(await this.#missing(record)) },
      shares: record.state === 'frozen' ? await this.#shares(shared?.key) : 0,
      held: isOver(record.state) ? await this.#held() : [],
    };
  }

  async #missing({ state, quotas, places = 0, result }: MarketRecord): Promise<Partial<MarketView['missing']>> {
    const orders = orderPages(quotas).length;
    const supply = supplyPages(places);
    if (state === 'closed')
      return { freeze: await this.#untaken('freeze', orders), supply: await this.#untaken('supply', supply) };
    if (state === 'frozen') return { supply: await this.#untaken('supply', supply) };
    if (state === 'revealed')
      return { read: await this.#unread(orders), supply: await this.#untaken('supply', supply) };
    if (state === 'cleared') return { settle: await this.#untaken('settle', result?.pages ?? 0) };
    return {};
  }

  /** How many orders a page has is remembered where it was frozen: on an empty one there is nothing to open. */
  async #unread(count: number): Promise<number[]> {
    await this.#untaken('freeze', count);
    const unread = await this.#untaken('read', count);
    return unread.filter((page) => this.#taken.get(stepId({ kind: 'freeze', page }))?.orders !== 0);
  }

  async #untaken(kind: PagedStep, count: number): Promise<number[]> {
    const all = Array.from({ length: count }, (_, page) => ({ kind, page }) as const);
    const unknown = all.filter((step) => !this.hasTaken(step));
    for (let from = 0; from < unknown.length; from += KEYS_AT_ONCE) {
      const some = unknown.slice(from, from + KEYS_AT_ONCE);
      const found = await this.#records.read(some.map((step) => memoryOf(this.#of, step)));
      some.forEach((step, at) => {
        const remembered = found[at];
        if (remembered) this.took(step, remembered.result ?? {});
      });
    }
    return all.filter((step) => !this.hasTaken(step)).map(({ page }) => page);
  }

  /** As many as the ledger would count. */
  async #shares(key: UsableKey | undefined): Promise<number> {
    if (!key) return 0;
    const { event, market } = this.#of;
    const keys = key.nodes.map((_, at) => shareKey(event, market, at + 1));
    return countedShares(key, await this.#records.read(keys)).size;
  }

  async #held(): Promise<string[]> {
    const prefix = depositKey(this.#of.event, this.#of.market, '');
    const held: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.#records.list({ prefix, ...(after !== undefined && { after }), limit: KEYS_AT_ONCE });
      for (const { key, record } of page) {
        const credential = key.slice(prefix.length);
        const isHeld = (record as DepositRecord).heldMinor > 0;
        if (isHeld && !this.hasTaken({ kind: 'release', credential })) held.push(credential);
      }
      after = page.at(-1)?.key;
      if (page.length < KEYS_AT_ONCE) return held;
    }
  }
}
