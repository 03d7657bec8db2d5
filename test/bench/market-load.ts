/** What people send to a sealed market, signed and sealed before any clock starts: a deposit and a bid of each buyer, an ask of each seller. */
import { randomUUID } from 'node:crypto';
import type { Point } from '../../chaincode/crypto/point.js';
import { marketIdOf } from '../../chaincode/domain/ids.js';
import { marketKeyOf } from '../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../chaincode/domain/market/order-text.js';
import { encodeSealed, orderBinding } from '../../chaincode/domain/market/seal.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import { seal } from '../../committee/crypto/hpke-seal.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import { signStatement } from '../../gateway/signer/sign-statement.js';
import { MARKET } from './market-ledger.js';
import { RESELLER, type MarketScene, type Person } from './market-scene.js';

export const DEPOSIT_MINOR = 6_000;
/** Prices that overlap: most can be served, not all. The highest ask keeps to the cap, which is what a first buyer paid. */
const ASKS = { from: 2_600, steps: 20, stepMinor: 100 } as const;
const BIDS = { from: 3_000, steps: 20, stepMinor: 100 } as const;

const said = ({ channel, event }: MarketScene) => ({
  channel,
  event,
  market: MARKET,
  jti: randomUUID(),
  exp: Math.floor(Date.now() / 1000) + 12 * 3600,
});

const priceIn = ({ from, steps, stepMinor }: typeof ASKS | typeof BIDS, at: number): number =>
  from + ((at * 7) % steps) * stepMinor;

/** @returns bodies of requests */
export function signDeposits(scene: MarketScene): readonly string[] {
  return scene.buyers.map(({ key, credential }) => {
    const money = { reseller: RESELLER, amountMinor: DEPOSIT_MINOR, currency: 'EUR', paymentReference: randomUUID() };
    return JSON.stringify({ statement: signStatement(key, 'deposit', { ...said(scene), credential, ...money }).jws });
  });
}

/** @returns bodies of requests, asks and bids in turn */
export function sealOrders(scene: MarketScene, key: Point): readonly string[] {
  const marketKey = marketKeyOf(key);
  const market = marketIdOf(scene.event, MARKET);
  const sealed = ({ key: signer, credential }: Person, order: Pick<Payload<'order'>, 'bid' | 'ask'>): string => {
    const { jws } = signStatement(signer, 'order', { ...said(scene), credential, marketKey, sequence: 1, ...order });
    const id = randomUUID();
    const binding = orderBinding(market, key, RESELLER, id);
    return JSON.stringify({
      id,
      sealed: encodeSealed(seal(key, composeOrder(jws, [], 'resale'), binding, randomScalar())),
    });
  };
  const asks = scene.sellers.map(({ ticket, ...seller }, at) =>
    sealed(seller, { ask: { ticket, issue: 1, askMinor: priceIn(ASKS, at), reseller: RESELLER } }),
  );
  const bids = scene.buyers.map((buyer, at) => {
    const terms = { name: 'bid', priceClass: 'standard', quantity: 1, reseller: RESELLER };
    return sealed(buyer, { bid: { ...terms, limitMinor: priceIn(BIDS, at) } });
  });
  return bids.flatMap((bid, at) => [bid, ...asks.slice(at, at + 1)]);
}
