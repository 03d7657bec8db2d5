/** Orders of a sealed market: what a person signs, and the seal over it. */
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import type { Supply } from '../../chaincode/domain/market/orders.js';
import type { SlotContent } from '../../chaincode/domain/market/pages.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { pointNamed, secretNamed } from './curve.js';
import type { TestKey } from './keys.js';
import { CHANNEL, newId, newKey, signStatement } from './statements.js';

export const EVENT = 'OrganizerMSP:night';
export const MARKET = marketIdOf(EVENT, 1);
/** The market's key, whose secret the tests have. */
export const SECRET = secretNamed('market');
export const MARKET_KEY = pointNamed('market');

/** A person: a holder key that speaks for a credential. */
export type Trader = TestKey & { readonly credential: string };
export const trader = (name: string): Trader => ({ ...newKey(name), credential: newKey(`credential of ${name}`).kid });

const claims = () => ({ channel: CHANNEL, event: EVENT, market: 1, jti: newId(), exp: 2 ** 40 });

export const BID = { name: 'first', priceClass: 'floor', quantity: 1, limitMinor: 2_500, reseller: 'ResellerMSP' };
export const ASK = { ticket: `${EVENT}:floor:A:1`, issue: 1, askMinor: 2_000, reseller: 'ResellerMSP' };

export function orderOf(by: Trader, overrides: Partial<Payload<'order'>>): Payload<'order'> {
  const { credential } = by;
  return { ...claims(), credential, marketKey: marketKeyOf(MARKET_KEY), sequence: 0, ...overrides };
}

export const anOrder = (by: Trader, overrides: Partial<Payload<'order'>>): string =>
  signStatement('order', orderOf(by, overrides), by);

/** `guest` consents to be one of the host's bid. */
export const aConsent = (guest: Trader, host: Trader, bid: string = BID.name): string =>
  signStatement('guest', { ...claims(), credential: guest.credential, host: host.credential, bid }, guest);

interface Sealing {
  readonly market?: string;
  readonly mspId?: string;
  readonly supply?: Supply;
  readonly key?: string;
}

/** @param plaintext an order's statement, or bytes of any kind @param id the slot's */
export function sealedOrder(
  plaintext: string | Uint8Array,
  id: string,
  { market = MARKET, mspId = 'ResellerMSP', supply = 'resale', key = 'market' }: Sealing = {},
): SlotContent {
  const bytes = typeof plaintext === 'string' ? composeOrder(plaintext, [], supply) : plaintext;
  const to = pointNamed(key);
  const sealed = seal(to, bytes, orderBinding(market, to, mspId, id), secretNamed(`ephemeral of ${id}`));
  return { id, sealed: encodeSealed(sealed) };
}
