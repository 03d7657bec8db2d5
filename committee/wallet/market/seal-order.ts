/** Seals an order: whoever takes it in, and everybody else, can neither read it nor put it anywhere else. */
import { composeOrder } from '../../../chaincode/domain/market/order-text.js';
import type { Supply } from '../../../chaincode/domain/market/orders.js';
import { encodeSealed, orderBinding } from '../../../chaincode/domain/market/seal.js';
import type { RandomScalar } from '../../crypto/secrets.js';
import { sealInBrowser } from '../../crypto/seal-in-browser.js';
import type { TrustedMarketKey } from './market-key.js';

export interface Sealing {
  readonly key: TrustedMarketKey;
  readonly supply: Supply;
  /** The organization that takes it in: the only one that can. */
  readonly mspId: string;
  /** The order's statement, compact. */
  readonly order: string;
  /** The guests' consents. */
  readonly guests?: readonly string[];
  /** Names it at that organization; another one if it is sealed again. */
  readonly id: string;
  readonly random: RandomScalar;
}

/** What is sent to that organization's gateway, any number of times. */
export interface SealedOrder {
  readonly id: string;
  readonly sealed: string;
}

/** @throws {Refusal} ORDER_MALFORMED where order and consents don't fit */
export async function sealOrder({
  key: { market, point },
  supply,
  mspId,
  order,
  guests = [],
  id,
  random,
}: Sealing): Promise<SealedOrder> {
  const plaintext = composeOrder(order, guests, supply);
  const sealed = await sealInBrowser(point, plaintext, orderBinding(market, point, mspId, id), random());
  return { id, sealed: encodeSealed(sealed) };
}
