/** A sealed market on a running network: its key is the nodes', its steps are the gateways'; people deposit, bid and ask. */
import { decodePoint } from '../../chaincode/crypto/point.js';
import type { Point } from '../../chaincode/crypto/point.js';
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { depositKey, marketKey, marketPrefix } from '../../chaincode/domain/market/keys.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import type { DepositRecord, MarketRecord, MarketState } from '../../chaincode/domain/market/records.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import type { TestKey } from './keys.js';
import { hours } from './live-scene.js';
import { EVERYBODY, RESELLER, type Party, type RealNetwork } from './real-network.js';
import { replicasAtRest } from './replicas.js';
import type { Order } from './sealed-market.js';
import { claims, newId, signStatement, type Command, type TestEvent } from './statements.js';
import { until } from './until.js';

/** What of an order is not as an honest wallet would have it. */
export interface LiveSealing {
  readonly sequence?: number;
  readonly overrides?: Partial<Payload<'order'>>;
  readonly guests?: readonly string[];
  /** Who takes it in. */
  readonly mspId?: string;
  /** In place of the order and its consents. */
  readonly plaintext?: Uint8Array;
  /** In place of the market's own. */
  readonly key?: Point;
}

export class LiveMarket {
  readonly of: { readonly event: string; readonly market: number };
  readonly id: string;
  readonly terms: Payload<'market'>;
  readonly opening: Command;
  readonly #reseller: Party;
  #key: Point | undefined;
  readonly #slots = new Map<string, number>();

  /** @param terms overrides; a resale through the reseller unless they say otherwise */
  constructor({ reseller }: RealNetwork, event: TestEvent, terms: Partial<Payload<'market'>>) {
    this.#reseller = reseller;
    this.terms = {
      ...claims(event.event),
      ...{ market: 1, supply: 'resale', closesAt: hours(0.1), abortableAt: hours(1), depositSteps: [3_000, 60_000] },
      ...{ quotas: { [RESELLER]: 300 }, guarantees: { [RESELLER]: 10_000_000 }, sellerFeeBps: 500, buyerFeeBps: 500 },
      ...terms,
    };
    this.of = { event: event.event, market: this.terms.market };
    this.id = marketIdOf(event.event, this.terms.market);
    this.opening = { kind: 'market.open', statement: signStatement('market', this.terms, event.eventKey) };
  }

  /** Until its key can be used. */
  async open(): Promise<void> {
    await this.take(this.opening);
    const { records } = this.#reseller.ledger;
    await until(async () => {
      const key = (await records.read(sharedKeyKey(this.id)))?.key;
      this.#key = key && decodePoint(key.groupKey, 'groupKey');
      return key !== undefined;
    });
  }

  async take(...commands: readonly Command[]): Promise<void> {
    await this.#reseller.ledger.accept(commands, EVERYBODY);
  }

  deposit(by: TestKey, amountMinor: number, overrides: Partial<Payload<'deposit'>> = {}): Command {
    const own = { credential: by.credential ?? '', reseller: RESELLER, amountMinor, currency: 'EUR' };
    const payload = { ...claims(this.of.event), market: this.of.market, ...own, paymentReference: newId() };
    return { kind: 'market.deposit', statement: signStatement('deposit', { ...payload, ...overrides }, by) };
  }

  /** The person's statement. */
  said(by: TestKey, order: Order, { sequence = 1, overrides = {} }: LiveSealing = {}): string {
    const own = { credential: by.credential ?? '', marketKey: marketKeyOf(this.key), sequence };
    const payload = { ...claims(this.of.event), market: this.of.market, ...own, ...order, ...overrides };
    return signStatement('order', payload, by);
  }

  consent(guest: TestKey, host: TestKey, bid = 'first'): string {
    const people = { credential: guest.credential ?? '', host: host.credential ?? '' };
    return signStatement('guest', { ...claims(this.of.event), market: this.of.market, ...people, bid }, guest);
  }

  /** In the next free slot, unless a gateway gives it one. */
  order(by: TestKey, order: Order, options: LiveSealing = {}): Command {
    const { guests = [], plaintext } = options;
    return this.sealed(plaintext ?? composeOrder(this.said(by, order, options), guests, this.terms.supply), options);
  }

  /** Whatever its bytes are. */
  sealed(plaintext: Uint8Array, { mspId = RESELLER, key = this.key }: LiveSealing = {}): Command {
    const id = newId();
    const sealed = encodeSealed(seal(key, plaintext, orderBinding(this.id, key, mspId, id), randomScalar()));
    const slot = this.#slots.get(mspId) ?? 0;
    this.#slots.set(mspId, slot + 1);
    return { kind: 'market.order', id, ...this.of, slot, sealed };
  }

  get key(): Point {
    if (!this.#key) throw new Error('the market has no key yet');
    return this.#key;
  }

  record(): Promise<MarketRecord | undefined> {
    return this.#reseller.ledger.records.read(marketKey(this.of.event, this.of.market));
  }

  async reached(...states: readonly MarketState[]): Promise<MarketRecord> {
    let record: MarketRecord | undefined;
    await until(async () => {
      record = await this.record();
      return record !== undefined && states.includes(record.state);
    });
    return record!;
  }

  /** Over, and every deposit spent or given back; every peer knows. */
  async released(state: 'finished' | 'aborted' = 'finished'): Promise<MarketRecord> {
    const record = await this.reached('finished', 'aborted');
    if (record.state !== state) throw new Error(`${this.id} is ${record.state}`);
    await until(async () => (await this.heldMinor()) === 0);
    await replicasAtRest(this.#reseller.ledger);
    return record;
  }

  /** What is held of all deposits, minor. */
  async heldMinor(): Promise<number> {
    const { records } = await this.#reseller.ledger.records.list<DepositRecord>(
      depositKey(this.of.event, this.of.market, ''),
    );
    return records.reduce((sum, { record }) => sum + record.heldMinor, 0);
  }

  /** How many of its pages of trades are settled. */
  async settledPages(): Promise<number> {
    const prefix = `${marketPrefix(this.of.event, this.of.market)}t/`;
    return (await this.#reseller.ledger.records.list(prefix)).records.length;
  }
}
