/** How much of the ledger a page of listings costs, of which anybody may ask for any number. */
import { expect } from 'chai';
import { listingKey, listingPrefix } from '../../../../chaincode/domain/keys.js';
import type { ListingRecord } from '../../../../chaincode/domain/records.js';
import { readListings, type ListingPage } from '../../../../gateway/http/listing-reader.js';
import type { ListedRecord, Records } from '../../../../gateway/http/ports.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { signListing } from './a-resale.js';
import { aFan, anOpenEvent, EVENT } from './a-scene.js';

const OPEN = ['floor:A:1', 'floor:A:2', 'floor:A:3'];

describe('pages of listings', () => {
  let gateway: TestGateway;
  let reads: number;
  let lists: number;

  before(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    const seller = aFan();
    await gateway.operator.sell({ request: seller.request({ seats: OPEN }) });
    for (const place of OPEN)
      await gateway.operator.createListing(signListing({ ticket: `${EVENT}:${place}` }, seller));
  });
  after(() => gateway.close());
  beforeEach(() => ([reads, lists] = [0, 0]));

  /** The ledger with so many listings more, sold and in places before all others. */
  const withSold = async (count: number): Promise<Records> => {
    const { network } = gateway;
    const open = await network.list({ prefix: listingPrefix(EVENT), limit: 100 });
    const record: ListingRecord = { ...(open[0]!.record as ListingRecord), state: 'sold' };
    const places = Array.from({ length: count }, (_, index) => `balcony:${index + 1}`);
    const all: ListedRecord[] = [...places.map((place) => ({ key: listingKey(EVENT, place), record })), ...open];
    all.sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      history: network.history,
      read: ((keys: Parameters<Records['read']>[0]) => {
        reads += 1;
        return network.read(keys);
      }) as Records['read'],
      list: ({ after = '', limit }) => {
        lists += 1;
        return Promise.resolve(all.filter(({ key }) => key > after).slice(0, limit));
      },
    };
  };
  const page = (records: Records, limit: number, after?: string): Promise<ListingPage> =>
    readListings(records, EVENT, { after, limit, nowMs: Date.parse(gateway.network.now) });
  const placesOf = ({ listings }: ListingPage) => listings.map(({ ticket }) => ticket.slice(EVENT.length + 1));

  it('cost a few queries, however few are asked for and however many are sold', async () => {
    const records = await withSold(5_000);
    const { listings, next } = await page(records, 1);
    expect(listings).to.be.empty;
    expect(next).to.be.a('string');
    expect([lists, reads]).to.deep.equal([10, 1]);
  });

  it('lead past what is sold to what is open', async () => {
    const records = await withSold(2_500);
    const shown: string[] = [];
    let calls = 0;
    let after: string | undefined;
    do {
      const found = await page(records, 1, after);
      shown.push(...placesOf(found));
      after = found.next;
      calls += 1;
    } while (after !== undefined);
    expect(shown).to.deep.equal(OPEN);
    expect(calls).to.equal(5);
  });

  it('go on after the last one shown, and no further than there is something', async () => {
    const records = await withSold(0);
    const first = await page(records, 2);
    expect([placesOf(first), first.next]).to.deep.equal([OPEN.slice(0, 2), OPEN[1]]);
    const second = await page(records, 2, first.next);
    expect([placesOf(second), second.next]).to.deep.equal([OPEN.slice(2), undefined]);
    expect((await page(records, 3)).next).to.equal(undefined);
  });

  it('that are filled by the last of the ledger’s page go on after it', async () => {
    const records = await withSold(97);
    const { next } = await page(records, 3);
    expect(next).to.equal(OPEN[2]);
    expect(await page(records, 3, next)).to.deep.equal({ listings: [] });
  });
});
