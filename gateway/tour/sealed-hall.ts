/** One sealed market of the story: who has a wallet for it, what goes in and where it is, and the wait for its end. */
import { setTimeout } from 'node:timers/promises';
import type { Payload } from '../../chaincode/domain/statements.js';
import { decodeStatement } from '../../chaincode/domain/statements.js';
import { newId, signStatement, type MarketWallet, type SealedOrder } from '../../committee/wallet/index.js';
import type { Answer } from '../client/guichet-client.js';
import type { MarketView, OrderReceipt } from '../client/resources.js';
import { newCommandId } from '../http/command-id.js';
import type { Party, Stage } from './cast.js';
import type { Crowd } from './crowd.js';
import { StoryBroken } from './narrator.js';

export type OrderPayload = Payload<'order'>;

const PATIENCE_MS = 180_000;
/** Shorter than any step: what is tried while it settles must come in time. */
const PAUSE_MS = 50;

export class SealedHall {
  readonly #stage: Stage;
  readonly #crowd: Crowd;
  readonly #wallets = new Map<string, Promise<MarketWallet>>();
  readonly terms: MarketView;

  constructor(stage: Stage, crowd: Crowd, terms: MarketView) {
    this.#stage = stage;
    this.#crowd = crowd;
    this.terms = terms;
  }

  get market(): string {
    return this.terms.market;
  }

  /** Believes the market's key because the nodes have signed it. */
  wallet(name: string): Promise<MarketWallet> {
    const made = this.#wallets.get(name) ?? this.#crowd.person(name).marketWalletFor(this.terms);
    this.#wallets.set(name, made);
    return made;
  }

  /** @param amountMinor one of the steps */
  async deposit(name: string, amountMinor: number) {
    const { client, mspId } = this.#stage.reseller;
    const money = { reseller: mspId, amountMinor, currency: 'GBP', paymentReference: newCommandId() };
    return client.createDeposit(this.market, (await (await this.wallet(name)).deposit(money)).jws);
  }

  /** Sealed to the market's key, for this organization. */
  async seal(name: string, { mspId }: Party, order: string, guests: readonly string[] = []): Promise<SealedOrder> {
    return (await this.wallet(name)).seal({ mspId, order, guests });
  }

  async place(name: string, at: Party, order: string, guests?: readonly string[]): Promise<Answer<OrderReceipt>> {
    return at.client.placeOrder(this.market, await this.seal(name, at, order, guests));
  }

  /** The same order with something else in it, signed with the same key: no wallet does that. */
  async forge(name: string, order: string, changes: Partial<OrderPayload>): Promise<string> {
    const { key } = await this.#crowd.person(name).holderFor(this.#stage.event);
    const { payload } = decodeStatement('order', order, 'order');
    return (await signStatement(key, 'order', { ...payload, jti: newId(), ...changes })).jws;
  }

  /** Nobody in the story drives the market: nodes and gateways do. */
  until(reached: (view: MarketView) => boolean): Promise<MarketView> {
    return this.#await(() => this.#stage.venue.client.market(this.market), reached);
  }

  /** Until every deposit is spent or given back. */
  async emptied(names: readonly string[]): Promise<void> {
    const { client } = this.#stage.venue;
    for (const name of names) {
      const credential = await this.#crowd.credentialOf(name);
      await this.#await(
        () => client.deposit(this.market, credential),
        ({ heldMinor }) => heldMinor === 0,
      );
    }
  }

  /** @throws {StoryBroken} three minutes after the close */
  async #await<T>(read: () => Promise<T>, reached: (found: T) => boolean): Promise<T> {
    const end = Math.max(Date.now(), Date.parse(this.terms.closesAt)) + PATIENCE_MS;
    while (Date.now() < end) {
      const found = await read();
      if (reached(found)) return found;
      await setTimeout(PAUSE_MS);
    }
    throw new StoryBroken(`${this.market} is not so far ${PATIENCE_MS / 1000} s after its close`);
  }
}
