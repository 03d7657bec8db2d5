/** Cheats, one of each kind. Under seal they look like any other order, so they are taken in and come to nothing later. */
import { nodeSuite } from '../../../chaincode/crypto/node-suite.js';
import { marketKeyOf } from '../../../chaincode/domain/market/open-order.js';
import type { VoidCode } from '../../../chaincode/domain/market/resolve.js';
import { randomScalar } from '../../../committee/crypto/secrets.js';
import { newId, type NewBid } from '../../../committee/wallet/index.js';
import type { Answer } from '../../client/guichet-client.js';
import type { OrderReceipt } from '../../client/resources.js';
import { StoryBroken } from '../narrator.js';
import type { MarketScene } from './market.js';
import { bidding, placedAt, type Placed, type Row } from './market-orders.js';

interface Cheat {
  readonly row: Row;
  readonly place: () => Promise<Answer<OrderReceipt>>;
}

const cheat = (who: string, what: string, code: VoidCode, place: Cheat['place']): Cheat => ({
  row: { who, what, code },
  place,
});

/** @param beas an order that everybody can copy */
export async function tellCheats(scene: MarketScene, [beas]: readonly Placed[]): Promise<readonly Placed[]> {
  if (!beas) throw new StoryBroken('Bea has no order');
  const cheats = [...(await inBids(scene)), ...(await inStatements(scene)), await copyOf(scene, beas)];
  const receipts = await scene.stage.narrator.happenAtOnce(
    'Seven more orders go in, each of them a cheat: nobody can tell yet',
    cheats.map(({ place }) => place()),
  );
  return receipts.flatMap((receipt, at) => (cheats[at] ? [placedAt(cheats[at].row, receipt)] : []));
}

async function bid({ stage, hall }: MarketScene, who: string, name?: string, more?: Partial<NewBid>): Promise<string> {
  return (await (await hall.wallet(who)).bid(bidding(stage.reseller.mspId, name, more))).jws;
}

/** Bids that a rule of the market is in the way of. */
async function inBids(scene: MarketScene): Promise<readonly Cheat[]> {
  const {
    stage: { reseller },
    hall,
    crowd,
  } = scene;
  const guests = [await crowd.credentialOf('Dot')];
  return [
    cheat('Dot', 'bids without a deposit', 'DEPOSIT_MISSING', async () =>
      hall.place('Dot', reseller, await bid(scene, 'Dot')),
    ),
    cheat('Hal', 'brings a guest who knows nothing of it', 'GUEST_NOT_CONSENTING', async () =>
      hall.place('Hal', reseller, await bid(scene, 'Hal', 'seats', { quantity: 2, limitMinor: 2_000, guests })),
    ),
  ];
}

/** Orders that no wallet would sign. */
async function inStatements(scene: MarketScene): Promise<readonly Cheat[]> {
  const {
    stage: { reseller },
    hall,
  } = scene;
  const [gils, idas] = await Promise.all([bid(scene, 'Gil'), bid(scene, 'Ida')]);
  const foreign = nodeSuite.multiplyBase(randomScalar());
  if (!foreign) throw new StoryBroken('a secret has a key');
  const forged = async (who: string, order: string, changes: Parameters<typeof hall.forge>[2]) =>
    hall.place(who, reseller, await hall.forge(who, order, changes));
  const another = bidding(reseller.mspId, 'seat', { limitMinor: 4_000 });
  return [
    cheat('Gil', 'bids', 'ORDER_CONFLICT', () => hall.place('Gil', reseller, gils)),
    cheat('Gil', 'signs another bid with the same sequence', 'ORDER_CONFLICT', () =>
      forged('Gil', gils, { bid: another }),
    ),
    cheat('Ida', 'bids in another market', 'MARKET_MISMATCH', () => forged('Ida', idas, { market: 2 })),
    cheat(
      'Ida',
      'takes her gateway’s key for the market’s; it reads her bid and seals it again',
      'MARKET_KEY_MISMATCH',
      () => forged('Ida', idas, { marketKey: marketKeyOf(foreign) }),
    ),
  ];
}

/** Sealed orders are public. */
async function copyOf({ stage: { reseller }, hall }: MarketScene, { mspId, slot }: Placed): Promise<Cheat> {
  const { sealed } = await reseller.client.order(hall.market, mspId, slot);
  return cheat(mspId, 'copies Bea’s sealed order under an id of its own', 'ORDER_NOT_OPENED', () =>
    reseller.client.placeOrder(hall.market, { id: newId(), sealed }),
  );
}
