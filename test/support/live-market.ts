/** A sealed market on a running network: its key is the nodes', its steps are the gateways'; people deposit, bid and ask. */
import { decodePoint } from '../../chaincode/crypto/point.js';
import { sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { depositKey, marketKey, marketPrefix } from '../../chaincode/domain/market/keys.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import type { DepositRecord, MarketRecord } from '../../chaincode/domain/market/records.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import type { TestKey } from './keys.js';
import { hours } from './live-scene.js';
import { EVERYBODY, RESELLER, type Party, type RealNetwork } from './real-network.js';
import type { Order } from './sealed-market.js';
import { claims, newId, signStatement, type Command, type TestEvent } from './statements.js';
import { until } from './until.js';

export class LiveMarket {
  readonly of: { readonly event: string; readonly market: number };
  readonly id: string;
  readonly #reseller: Party;
  readonly #opening: Command;
  #marketKey: ReturnType<typeof decodePoint> | undefined;
  #slots = 0;

  /** @param terms overrides; a resale through the reseller unless they say otherwise */
  constructor({ reseller }: RealNetwork, event: TestEvent, terms: Partial<Payload<'market'>>) {
    this.#reseller = reseller;
    const all: Payload<'market'> = {
      ...claims(event.event),
      ...{ market: 1, supply: 'resale', closesAt: hours(0.1), abortableAt: hours(1), depositSteps: [3_000, 60_000] },
      ...{ quotas: { [RESELLER]: 300 }, guarantees: { [RESELLER]: 10_000_000 }, sellerFeeBps: 500, buyerFeeBps: 500 },
      ...terms,
    };
    this.of = { event: event.event, market: all.market };
    this.id = marketIdOf(event.event, all.market);
    this.#opening = { kind: 'market.open', statement: signStatement('market', all, event.eventKey) };
  }

  /** Until its key can be used. */
  async open(): Promise<void> {
    await this.take(this.#opening);
    const { records } = this.#reseller.ledger;
    await until(async () => {
      const key = (await records.read(sharedKeyKey(this.id)))?.key;
      this.#marketKey = key && decodePoint(key.groupKey, 'groupKey');
      return key !== undefined;
    });
  }

  async take(...commands: readonly Command[]): Promise<void> {
    await this.#reseller.ledger.accept(commands, EVERYBODY);
  }

  deposit(by: TestKey, amountMinor: number): Command {
    const own = { credential: by.credential ?? '', reseller: RESELLER, amountMinor, currency: 'EUR' };
    const payload = { ...claims(this.of.event), market: this.of.market, ...own, paymentReference: newId() };
    return { kind: 'market.deposit', statement: signStatement('deposit', payload, by) };
  }

  /** In the next free slot. */
  order(by: TestKey, order: Order): Command {
    const key = this.#marketKey;
    if (!key) throw new Error('the market has no key yet');
    const own = { credential: by.credential ?? '', marketKey: marketKeyOf(key), sequence: 1, ...order };
    const statement = signStatement('order', { ...claims(this.of.event), market: this.of.market, ...own }, by);
    const id = newId();
    const plaintext = composeOrder(statement, [], 'resale');
    const sealed = encodeSealed(seal(key, plaintext, orderBinding(this.id, key, RESELLER, id), randomScalar()));
    return { kind: 'market.order', id, ...this.of, slot: this.#slots++, sealed };
  }

  record(): Promise<MarketRecord | undefined> {
    return this.#reseller.ledger.records.read(marketKey(this.of.event, this.of.market));
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
