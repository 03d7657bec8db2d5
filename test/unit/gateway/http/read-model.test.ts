/** What the read model answers over HTTP: availability, search, pages, `min-block`, `ETag`. */
import { expect } from 'chai';
import { ReadModel } from '../../../../gateway/projection/read-model.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { LinkedChain } from '../../../support/linked-chain.js';
import { record } from '../../../support/read-model.js';
import { aListing } from '../../../support/resales.js';
import { aSale, CHANNEL, held } from '../../../support/statements.js';
import { onSale, type Scene } from '../../../support/world.js';
import { until } from '../../../support/until.js';
import { aGateway, NO_HOLDS, TOKEN, type TestGateway } from './a-gateway.js';
import { lendTables } from '../../../support/lent-databases.js';

/** A read waits three seconds for its block; timers may be early. */
const WAITED_MS = 2_900;

interface Page {
  readonly next?: string;
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly [list: string]: unknown;
}

describe('read model over HTTP', () => {
  let scene: Scene;
  let chain: LinkedChain;
  let readModel: ReadModel;
  let gateway: TestGateway;
  const seller = { caller: 'ResellerMSP' } as const;
  const sell = (...seats: readonly string[]) =>
    record(chain, scene.ledger, aSale(scene.floor, { seats }).command, seller);
  const id = () => scene.event.event;

  before(async () => {
    scene = onSale({ name: 'Opening night' });
    chain = LinkedChain.of(scene.ledger);
    readModel = new ReadModel({
      open: lendTables,
      blocks: chain,
      channel: CHANNEL,
      chaincode: 'guichet',
      clock: systemClock,
      random: () => 0,
      report: () => undefined,
    });
    gateway = await aGateway({ readModel });
  });
  after(async () => {
    await readModel.close();
    await gateway.close();
  });

  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${gateway.url}${path}`, { headers });
  /** Asks again if it is told to, since a busy machine may take longer than a read waits; but that has waited. */
  const read = async (path: string): Promise<Page> => {
    let page: Page = {};
    await until(async () => {
      const began = performance.now();
      page = (await (await get(path)).json()) as Page;
      if (page.code !== 'READ_MODEL_BEHIND') return true;
      expect(performance.now() - began, 'ms waited').to.be.at.least(WAITED_MS);
      return false;
    });
    return page;
  };
  const written = () => until(() => readModel.height === chain.blocks.length);

  it('is behind while it is not open', async () => {
    const response = await get(`/v1/events/${id()}/availability`);
    expect([response.status, response.headers.get('Retry-After')]).to.deep.equal([503, '1']);
    expect(await response.json()).to.include({ code: 'READ_MODEL_BEHIND' });
    readModel.start();
    await until(() => readModel.height === 1);
  });

  it('counts what is free by allotment and class', async () => {
    sell('floor:A:1', 'floor:A:2');
    const found = await read(`/v1/events/${id()}/availability?min-block=1`);
    expect(found).to.deep.equal({
      event: id(),
      currency: 'EUR',
      places: 150,
      free: 148,
      held: 0,
      classes: [{ priceClass: 'standard', places: 150, free: 148, held: 0, fromMinor: 2200 }],
      allotments: [
        {
          ...{ allotment: 'floor-a', seller: 'ResellerMSP', priceClass: 'standard', totalMinor: 2200 },
          ...{ state: 'open', places: 150, free: 148, held: 0 },
        },
      ],
    });
  });

  it('says which places are free', async () => {
    const { allotments } = await read(`/v1/events/${id()}/availability?detail=places`);
    const [floor] = allotments as { taken: string; seats: { rows: unknown[] } }[];
    const bits = Buffer.from(floor!.taken, 'base64url');
    expect([bits.length, bits[0], bits.subarray(1).every((byte) => byte === 0)]).to.deep.equal([19, 0b11, true]);
    expect(floor!.seats.rows).to.deep.equal([
      ['A', 1, 50],
      ['B', 1, 50],
      ['C', 1, 50],
    ]);
  });

  it('shows places on hold as not free, one that is sold already only once, and says that it has changed', async () => {
    const untilMs = Date.parse('2100-01-01T00:00:00Z');
    const held = ['floor:A:2', 'floor:A:3'].map((place) => ({ event: id(), place, hold: 'h1', untilMs }));
    const holdBook = { ...NO_HOLDS, heldOf: () => Promise.resolve(held) };
    const other = await aGateway({ readModel, holdBook });
    const path = `/v1/events/${id()}/availability`;
    const answer = await fetch(`${other.url}${path}`);
    expect(await answer.json()).to.deep.include({ places: 150, free: 147, held: 1 });
    const known = { 'If-None-Match': (await get(path)).headers.get('ETag')! };
    expect((await fetch(`${other.url}${path}`, { headers: known })).status).to.equal(200);
    const places = await (await fetch(`${other.url}${path}?detail=places`)).json();
    const [floor] = (places as { allotments: { taken: string }[] }).allotments;
    expect(Buffer.from(floor!.taken, 'base64url')[0]).to.equal(0b111);
    await other.close();
  });

  it('leaves out other classes, sellers and allotments', async () => {
    for (const filter of ['priceClass=gold', 'seller=VenueMSP', 'allotment=stalls']) {
      const found = await read(`/v1/events/${id()}/availability?${filter}`);
      expect(found, filter).to.deep.include({ places: 0, free: 0, classes: [], allotments: [] });
    }
    expect(await read(`/v1/events/${id()}/availability?seller=ResellerMSP&priceClass=standard`)).to.include({
      free: 148,
    });
  });

  it('answers 304 until something of the event changes', async () => {
    const path = `/v1/events/${id()}/availability`;
    const etag = (await get(path)).headers.get('ETag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      expect((await get(path, { 'If-None-Match': known })).status, known).to.equal(304);
    chain.write([
      { key: 'consortium/o/NewMSP', record: { mspId: 'NewMSP', name: 'New', roles: ['venue'], status: 'active' } },
    ]);
    await written();
    const unchanged = await get(`${path}?min-block=2`, { 'If-None-Match': etag });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('ETag')]).to.deep.equal([304, '', etag]);
    sell('floor:A:3');
    await written();
    const changed = await get(path, { 'If-None-Match': etag, 'Min-Block': '3' });
    expect([changed.status, changed.headers.get('ETag') === etag]).to.deep.equal([200, false]);
  });

  it('waits for the block of a receipt', async () => {
    const waiting = read(`/v1/events/${id()}/search/tickets?min-block=4`);
    sell('floor:A:4');
    const { tickets } = await waiting;
    expect((tickets as { place: string }[]).map(({ place }) => place)).to.include('floor:A:4');
  });

  it('says that it is behind when a block does not come', async () => {
    const response = await get(`/v1/search/events`, { 'Min-Block': '1000' });
    expect([response.status, response.headers.get('Retry-After')]).to.deep.equal([503, '1']);
    expect(await response.json()).to.deep.include({
      code: 'READ_MODEL_BEHIND',
      field: 'min-block',
      details: { field: 'min-block', block: 1000, height: 5 },
    });
  });

  it('gives tickets page by page', async () => {
    const first = await read(`/v1/events/${id()}/search/tickets?limit=3`);
    const second = await read(`/v1/events/${id()}/search/tickets?limit=3&after=${first.next!}`);
    const places = [first, second].flatMap(({ tickets }) => (tickets as { place: string }[]).map(({ place }) => place));
    expect(places).to.deep.equal(['floor:A:1', 'floor:A:2', 'floor:A:3', 'floor:A:4']);
    expect([first.next, second.next]).to.deep.equal(['floor:A:3', undefined]);
    expect(await read(`/v1/events/${id()}/search/tickets?state=void`)).to.deep.equal({ tickets: [] });
  });

  it('gives versions in the order of the ledger, page by page', async () => {
    const blocks: number[] = [];
    for (let next: string | undefined = '', pages = 0; next !== undefined && pages < 9; pages += 1) {
      const page = await read(`/v1/events/${id()}/search/history?limit=1${next === '' ? '' : `&after=${next}`}`);
      blocks.push(...(page.versions as { block: number }[]).map(({ block }) => block));
      ({ next } = page);
    }
    expect(blocks).to.deep.equal([1, 1, 3, 4]);
  });

  it('finds listings up to a price', async () => {
    const sale = aSale(scene.floor, { seats: ['floor:C:50'] });
    record(chain, scene.ledger, sale.command, seller);
    const listing = aListing(held(sale), scene.floor);
    expect(record(chain, scene.ledger, listing.command, seller)).to.include({ accepted: true });
    const found = async (filter: string) =>
      (await read(`/v1/events/${id()}/search/listings?min-block=6${filter}`)).listings as { totalMinor: number }[];
    const [{ totalMinor }] = (await found('')) as [{ totalMinor: number }];
    expect(await found(`&maxTotalMinor=${totalMinor}`)).to.have.length(1);
    for (const filter of [`&maxTotalMinor=${totalMinor - 1}`, '&state=sold', '&priceClass=gold', '&reseller=VenueMSP'])
      expect(await found(filter), filter).to.be.empty;
  });

  it('finds events by words, time, place and price class', async () => {
    const found = async (query: string) =>
      ((await read(`/v1/search/events?${query}`)).events as { event: string }[]).length;
    for (const query of [
      'q=night',
      'q=OPEN+nigh',
      'venue=VenueMSP&onSale=true',
      'priceClass=standard&currency=EUR',
      'from=2027-01-01T00:00:00Z&to=2028-01-01T00:00:00Z',
    ])
      expect(await found(query), query).to.equal(1);
    for (const query of [
      'q=opera',
      'venue=OtherMSP',
      'onSale=false',
      'priceClass=gold',
      'to=2027-01-01T00:00:00Z',
      'state=cancelled',
    ])
      expect(await found(query), query).to.equal(0);
  });

  it('shows money to the operator only', async () => {
    const path = `/v1/events/${id()}/search/accounts`;
    expect((await get(path)).status).to.equal(401);
    const { accounts } = (await (await get(path, { Authorization: `Bearer ${TOKEN}` })).json()) as {
      accounts: { balanceMinor: string }[];
    };
    expect(accounts.reduce((sum, { balanceMinor }) => sum + Number(balanceMinor), 0)).to.equal(0);
    const holders = (await (
      await get(`/v1/events/${id()}/search/holders`, { Authorization: `Bearer ${TOKEN}` })
    ).json()) as { holders: unknown[] };
    expect(holders.holders).not.to.be.empty;
  });

  for (const [path, code, field] of [
    ['/v1/events/OrganizerMSP:none/availability', 'UNKNOWN_EVENT', 'event'],
    ['/v1/events/OrganizerMSP:none/search/tickets', 'UNKNOWN_EVENT', 'event'],
    ['/v1/search/events?min-block=-1', 'INVALID_FIELD', 'query.min-block'],
    ['/v1/search/events?from=today', 'INVALID_FIELD', 'query.from'],
    ['/v1/search/events?after=nonsense', 'INVALID_FIELD', 'query.after'],
    ['/v1/search/events?tag=jazz', 'UNKNOWN_FIELD', 'query.tag'],
    ['/v1/search/events?limit=101', 'INVALID_FIELD', 'query.limit'],
    ['/v1/events/:event/search/history?after=1/x/floor:A:1', 'INVALID_FIELD', 'query.after'],
    ['/v1/events/:event/availability?detail=all', 'INVALID_FIELD', 'query.detail'],
  ] as const) {
    it(`refuses ${path}`, async () => {
      expect(await read(path.replace(':event', id()))).to.include({ code, field });
    });
  }
});
