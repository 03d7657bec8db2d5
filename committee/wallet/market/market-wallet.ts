/** A person in one sealed market: deposits and takes it back, bids, asks, cancels, is somebody's guest; and seals what it signs to the key that it has pinned. */
import { parseMarketId } from '../../../chaincode/domain/ids.js';
import type { Payload } from '../../../chaincode/domain/statements.js';
import { holderFor, type Holder } from '../event-credential.js';
import { expiryAfter } from '../expiry.js';
import type { WalletServices } from '../services.js';
import { signStatement, type SignedStatement } from '../statements.js';
import { newId } from '../wallet.js';
import { trustMarketKey, type MarketTerms, type TrustedMarketKey } from './market-key.js';
import { sealOrder, type SealedOrder, type Sealing } from './seal-order.js';
import { nextSequence } from './sequence.js';

type Order = Payload<'order'>;
export type NewBid = NonNullable<Order['bid']>;
export type NewAsk = NonNullable<Order['ask']>;
export type NewDeposit = Pick<Payload<'deposit'>, 'reseller' | 'amountMinor' | 'currency' | 'paymentReference'>;

/** @throws {ClientError | Fault} NO_CREDENTIAL; as trustMarketKey */
export async function marketWalletFor(terms: MarketTerms, services: WalletServices): Promise<MarketWallet> {
  const key = await trustMarketKey(terms.market, services);
  return new MarketWallet(terms, key, await holderFor(parseMarketId(terms.market).event, services), services);
}

/**
 * Of orders and consents: the last second of the year 9999, in every wallet and market. Only the close asks for it, and when that is a wallet has from a gateway alone,
 * which could let an order be over too soon, or mark it by a time of its own. What ends an order is its market, of which it is by number and key, and which opens orders once.
 */
const LASTING = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;
const DEPOSIT_VALID_S = 60 * 60;
/** Short: one that the ledger refused is not remembered there, and must not meet a later deposit. */
const WITHDRAWAL_VALID_S = 10 * 60;

export class MarketWallet {
  readonly #terms: MarketTerms;
  readonly #holder: Holder;
  readonly #services: WalletServices;
  /** X, believed because of t nodes. */
  readonly key: TrustedMarketKey;

  constructor(terms: MarketTerms, key: TrustedMarketKey, holder: Holder, services: WalletServices) {
    this.#terms = terms;
    this.#holder = holder;
    this.#services = services;
    this.key = key;
  }

  get credential(): string {
    return this.#holder.credential;
  }

  deposit(deposit: NewDeposit): Promise<SignedStatement> {
    const exp = expiryAfter(DEPOSIT_VALID_S, this.#services.now());
    return signStatement(this.#holder.key, 'deposit', { ...this.#claims(exp), ...deposit });
  }

  /** All of it, before the close; any gateway takes it. @param reseller who has the money */
  withdrawDeposit(reseller: string): Promise<SignedStatement> {
    const exp = expiryAfter(WITHDRAWAL_VALID_S, this.#services.now());
    return signStatement(this.#holder.key, 'deposit-withdrawal', { ...this.#claims(exp), reseller });
  }

  /** The same name again replaces it. */
  bid(bid: NewBid): Promise<SignedStatement> {
    return this.#order({ bid });
  }

  /** For the same ticket again replaces it. */
  ask(ask: NewAsk): Promise<SignedStatement> {
    return this.#order({ ask });
  }

  cancelBid(bid: string): Promise<SignedStatement> {
    return this.#order({ cancel: { bid } });
  }

  cancelAsk(ticket: string): Promise<SignedStatement> {
    return this.#order({ cancel: { ticket } });
  }

  /** To get one ticket of a bid. @param host the bidder's credential @param bid its name there */
  consent(host: string, bid: string): Promise<SignedStatement> {
    return signStatement(this.#holder.key, 'guest', { ...this.#claims(LASTING), host, bid });
  }

  /** @throws {Refusal} ORDER_MALFORMED where order and consents don't fit */
  seal(sealing: Pick<Sealing, 'mspId' | 'order' | 'guests'> & { readonly id?: string }): Promise<SealedOrder> {
    const { supply } = this.#terms;
    const { random } = this.#services;
    return sealOrder({ id: newId(), ...sealing, key: this.key, supply, random });
  }

  /** The sequence is stored before anybody sees it. */
  async #order(said: Pick<Order, 'bid' | 'ask' | 'cancel'>): Promise<SignedStatement> {
    const { store, now } = this.#services;
    const { event } = parseMarketId(this.#terms.market);
    let sequence = 0;
    await store.update((state) => {
      const credential = state.credentials[event] ?? { gatePasses: [] };
      sequence = nextSequence(credential.orderSequence, now());
      const changed = { ...credential, orderSequence: sequence };
      return { ...state, credentials: { ...state.credentials, [event]: changed } };
    });
    const { marketKey } = this.key;
    const payload = { ...this.#claims(LASTING), marketKey, sequence, ...said };
    return signStatement(this.#holder.key, 'order', payload);
  }

  #claims(exp: number) {
    const { event, market } = parseMarketId(this.#terms.market);
    return { channel: this.#services.channel, event, market, jti: newId(), exp, credential: this.credential };
  }
}
