/** What the ledger says of a market while it runs, and what must hold once it is over. Read from one peer's world state. */
import { setTimeout as sleep } from 'node:timers/promises';
import { decodePoint, type Point } from '../../chaincode/crypto/point.js';
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { groupBy } from '../../chaincode/domain/market/group-by.js';
import { marketKey, marketPrefix } from '../../chaincode/domain/market/keys.js';
import type {
  DepositRecord,
  MarketRecord,
  OpenedPageRecord,
  SettledPageRecord,
} from '../../chaincode/domain/market/records.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { Connection } from '../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import { FabricRecords } from '../../gateway/fabric/records.js';
import { withLedger } from './ledger-check.js';
import type { MarketCheck } from './market-check.js';
import { checkMoney } from './resale-check.js';

export const MARKET = 1;
const POLL_MS = 500;
const KEY_MS = 60_000;

const countsOf = (codes: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]));

export class MarketLedger {
  readonly #profile: FabricProfile;
  readonly #event: string;
  readonly #connection: Connection;
  readonly #records: FabricRecords;

  constructor(profile: FabricProfile, event: string) {
    this.#profile = profile;
    this.#event = event;
    this.#connection = new Connection({ profile, clock: systemClock });
    this.#records = new FabricRecords(this.#connection);
  }

  close(): void {
    this.#connection.close();
  }

  /** Waits for X. */
  async key(): Promise<Point> {
    const of = sharedKeyKey(marketIdOf(this.#event, MARKET));
    const usable = await this.#until(KEY_MS, async () => (await this.#records.read(of))?.key);
    return decodePoint(usable.groupKey, 'groupKey');
  }

  /** Waits until the market is over and all deposits are given back. @throws {Error} saying how far it came */
  async end(limitMs: number): Promise<MarketRecord> {
    const over = await this.#until(limitMs, async () => {
      const record = await this.#records.read(marketKey(this.#event, MARKET));
      return record?.state === 'finished' || record?.state === 'aborted' ? record : undefined;
    });
    await this.#until(limitMs, async () => ((await this.#heldMinor()) === 0 ? true : undefined));
    return over;
  }

  /** @returns how many orders were read, and what should be none: void orders by code, trades that lapsed, money that does not add up */
  async check(): Promise<MarketCheck> {
    const prefix = marketPrefix(this.#event, MARKET);
    return withLedger(this.#profile, async (readAll) => {
      const pages = await readAll<OpenedPageRecord>(`${prefix}p/`);
      const settled = await readAll<SettledPageRecord>(`${prefix}t/`);
      const orders = pages.flatMap(({ record }) => record.orders);
      const voids = countsOf(orders.flatMap((order) => order.void ?? []));
      const lapsed = settled.reduce((sum, { record }) => sum + Object.keys(record.lapsed).length, 0);
      return { read: orders.length, voids, lapsed, ...(await checkMoney(readAll, this.#event)) };
    });
  }

  async #heldMinor(): Promise<number> {
    const deposits = await withLedger(this.#profile, (readAll) =>
      readAll<DepositRecord>(`${marketPrefix(this.#event, MARKET)}d/`),
    );
    return deposits.reduce((sum, { record }) => sum + record.heldMinor, 0);
  }

  async #until<T>(limitMs: number, look: () => Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (performance.now() > deadline) {
        const { state } = (await this.#records.read(marketKey(this.#event, MARKET))) ?? {};
        throw new Error(`after ${limitMs / 1000} s the market is ${state ?? 'not there'}`);
      }
      await sleep(POLL_MS);
    }
  }
}
