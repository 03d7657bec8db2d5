/** Gateways before a sealed market on the ledger in memory, with what persons seal for it. */
import { composeOrder } from '../../../../chaincode/domain/market/order-text.js';
import { aBid, persons, sealedMarket, type SealedMarket, type SealedOptions } from '../../../support/sealed-market.js';
import { sealedOrder } from '../../../support/sealed-orders.js';
import { newId } from '../../../support/statements.js';
import { aGateway, type GatewayOptions, type TestGateway } from './a-gateway.js';
import { MemoryNetwork } from './memory-network.js';
import { OPERATOR, send, type RawAnswer } from './raw.js';

export interface MarketScene {
  readonly market: SealedMarket;
  readonly network: MemoryNetwork;
  /** Another gateway of the organization each time. */
  readonly open: (options?: Omit<GatewayOptions, 'network'>) => Promise<TestGateway>;
  readonly close: () => Promise<void>;
}

export function aMarket(options?: SealedOptions, market = sealedMarket(options)): MarketScene {
  const network = new MemoryNetwork(market.scene.ledger);
  const gateways: TestGateway[] = [];
  return {
    market,
    network,
    async open(own = {}) {
      const gateway = await aGateway({ mspId: 'ResellerMSP', ...own, network });
      gateways.push(gateway);
      return gateway;
    },
    async close() {
      for (const gateway of gateways) await gateway.close();
    },
  };
}

export interface NewOrder {
  readonly id: string;
  readonly sealed: string;
}

/** Somebody's bid, sealed for ResellerMSP's slots unless told otherwise. */
export function anOrder(market: SealedMarket, { name = 'Ann', id = newId(), mspId = 'ResellerMSP' } = {}): NewOrder {
  const [person] = persons(market, name);
  const { supply } = market.terms;
  return sealedOrder(composeOrder(market.said(person, aBid()), [], supply), id, { market: market.id, mspId, supply });
}

export const post = (gateway: TestGateway, path: string, body: object): Promise<RawAnswer> =>
  send(gateway, { method: 'POST', path, body: JSON.stringify(body), headers: OPERATOR });

export const placeOrder = (gateway: TestGateway, market: Pick<SealedMarket, 'id'>, order: object): Promise<RawAnswer> =>
  post(gateway, `/v1/markets/${market.id}/orders`, order);
