/** What the read model lists of resales and sealed markets, page by page, and how far it says that it is. */
import { expect } from 'chai';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { ReadModel } from '../../../../gateway/projection/read-model.js';
import { LinkedChain } from '../../../support/linked-chain.js';
import { record } from '../../../support/read-model.js';
import { aListing, aResale } from '../../../support/resales.js';
import { sealedMarket } from '../../../support/sealed-market.js';
import { aSale, CHANNEL, held } from '../../../support/statements.js';
import { until } from '../../../support/until.js';
import { onSale } from '../../../support/world.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { OPERATOR, send } from './raw.js';
import { lendTables } from '../../../support/lent-databases.js';

const opened = (chain: LinkedChain): ReadModel =>
  new ReadModel({
    open: lendTables,
    blocks: chain,
    channel: CHANNEL,
    chaincode: 'guichet',
    clock: systemClock,
    random: () => 0,
    report: () => undefined,
  });

/** All items of a list, one a page: each page is asked for once, and the last one has no next. */
async function walk(gateway: TestGateway, path: string, member: string): Promise<readonly Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let after = ''; ;) {
    const { status, body } = await send(gateway, { path: `${path}?limit=1${after}`, headers: OPERATOR });
    expect(status).to.equal(200);
    expect(body[member]).to.have.length.at.most(1);
    found.push(...(body[member] as Record<string, unknown>[]));
    if (body.next === undefined) return found;
    after = `&after=${encodeURIComponent(body.next as string)}`;
  }
}

describe('pages of the read model', () => {
  describe('of an event on sale', () => {
    const seller = { caller: 'ResellerMSP' } as const;
    const scene = onSale();
    const chain = LinkedChain.of(scene.ledger);
    const readModel = opened(chain);
    const path = `/v1/events/${scene.event.event}/search`;
    let gateway: TestGateway;
    before(async () => {
      for (const seat of ['floor:A:1', 'floor:A:2', 'floor:B:3']) {
        const sale = aSale(scene.floor, { seats: [seat] });
        record(chain, scene.ledger, sale.command, seller);
        const listing = aListing(held(sale), scene.floor);
        record(chain, scene.ledger, listing.command, seller);
        expect(record(chain, scene.ledger, aResale(listing).command, seller)).to.include({ accepted: true });
      }
      gateway = await aGateway({ readModel });
      readModel.start();
      await until(() => readModel.height === chain.blocks.length);
    });
    after(async () => {
      await readModel.close();
      await gateway.close();
    });

    it('have each resale once', async () => {
      const resales = await walk(gateway, `${path}/resales`, 'resales');
      const tickets = ['floor:A:1', 'floor:A:2', 'floor:B:3'].map((place) => `${scene.event.event}:${place}`);
      expect(resales.map(({ ticket }) => ticket)).to.deep.equal(tickets);
    });

    for (const [list, member, count] of [
      ['tickets', 'tickets', 3],
      ['history', 'versions', 9],
      ['holders', 'holders', 6],
    ] as const) {
      it(`have each of ${list} once`, async () => {
        const found = await walk(gateway, `${path}/${list}`, member);
        expect(new Set(found.map((each) => JSON.stringify(each))).size).to.equal(count);
        expect(found).to.have.length(count);
      });
    }

    it('miss nothing and repeat nothing that was there when the first was asked for, whatever is written meanwhile', async () => {
      const first = (await send(gateway, { path: `${path}/tickets?limit=2` })).body;
      record(chain, scene.ledger, aSale(scene.floor, { seats: ['floor:A:3', 'floor:C:1'] }).command, seller);
      const second = await send(gateway, {
        path: `${path}/tickets?limit=9&after=${String(first.next)}&min-block=${chain.blocks.length - 1}`,
      });
      const places = [first, second.body].flatMap(({ tickets }) =>
        (tickets as { place: string }[]).map((each) => each.place),
      );
      expect(places).to.deep.equal(['floor:A:1', 'floor:A:2', 'floor:A:3', 'floor:B:3', 'floor:C:1']);
    });

    it('say how far they are', async () => {
      const { status, body } = await send(gateway, { path: '/v1/search/status' });
      expect([status, body]).to.deep.equal([200, { height: chain.blocks.length, ledger: chain.blocks.length }]);
    });
  });

  describe('of an event with a sealed market', () => {
    const market = sealedMarket();
    let readModel: ReadModel;
    let gateway: TestGateway;
    before(async () => {
      const chain = LinkedChain.of(market.scene.ledger);
      readModel = opened(chain);
      gateway = await aGateway({ readModel });
      readModel.start();
      await until(() => readModel.height === chain.blocks.length);
    });
    after(async () => {
      await readModel.close();
      await gateway.close();
    });

    it('have the market', async () => {
      const found = await walk(gateway, `/v1/events/${market.event}/search/markets`, 'markets');
      expect(found.map((each) => each.market)).to.deep.equal([1]);
    });
  });
});
