import { expect } from 'chai';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { readDoorList } from '../../../../gateway/http/door-list.js';
import type { ListQuery, Records } from '../../../../gateway/http/ports.js';
import { syncDoorList } from '../../../../gateway/client/door-list.js';
import type { DoorListPage } from '../../../../gateway/client/resources.js';
import { DOORS, newKey, SCHEDULE } from '../../../support/statements.js';
import { aGateway, TOKEN, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newAllotment, signReturn, signScan, signTransfer, type Fan } from './a-scene.js';
import { problemOf } from './problem-of.js';
import { signListing } from './a-resale.js';

const ticketAt = (place: string) => `${EVENT}:${place}`;

describe('door list', () => {
  let gateway: TestGateway;
  let venue: TestGateway;
  let ada: Fan;
  let ben: Fan;
  before(async () => {
    gateway = await aGateway();
    venue = await aGateway({ mspId: 'VenueMSP', network: gateway.network });
    await anOpenEvent(gateway);
    await gateway.operator.createAllotment(
      EVENT,
      newAllotment({ allotment: 'pool', pool: { section: 'standing', from: 1, to: 9 } }),
    );
    [ada, ben] = [aFan(), aFan()];
    const seats = [1, 2, 3, 4, 5].map((seat) => `floor:A:${seat}`);
    await gateway.operator.sell({ request: ada.request({ seats }) });
    await gateway.operator.sell({ request: ben.request({ seats: ['standing:7'] }), allotment: 'pool' });
    const given = signTransfer({ ticket: ticketAt('floor:A:2') }, ada, ben);
    await gateway.anybody.transfer(given.transfer, given.acceptance);
    await gateway.operator.createListing(signListing({ ticket: ticketAt('floor:A:3') }, ada));
    await gateway.operator.takeBack(signReturn({ ticket: ticketAt('floor:A:4') }, ada));
    const device = newKey('device');
    const registration = { device: 'north-gate-1', jwk: device.jwk, notAfter: SCHEDULE.endsAt };
    await venue.operator.registerDevice(EVENT, registration);
    gateway.network.now = DOORS;
    await venue.operator.advance(EVENT);
    const { scan, presentation } = signScan({ ticket: ticketAt('floor:A:5') }, device, ada);
    await venue.anybody.admit(scan, presentation);
  });
  after(() => Promise.all([gateway.close(), venue.close()]));

  it('has every ticket that may still be shown, with its version and its holder, and nothing else of it', async () => {
    const { tickets, next, ...of } = await venue.operator.doorList(EVENT);
    const about = (place: string, state: string, { key }: Fan, change = 0) => ({
      ...{ ticket: ticketAt(place), issue: 1, change, state, holder: key.kid },
    });
    expect(tickets).to.deep.equal([
      about('floor:A:1', 'sold', ada),
      about('floor:A:2', 'sold', ben, 1),
      about('floor:A:3', 'listed', ada, 1),
      about('floor:A:5', 'admitted', ada, 1),
      about('standing:7', 'sold', ben),
    ]);
    const { height } = await gateway.network.info();
    expect([next, of]).to.deep.equal([undefined, { event: EVENT, height, syncedAt: DOORS }]);
  });

  it('comes in pages, of which one may be short and still have a next one', async () => {
    const page = async (after = ''): Promise<DoorListPage> => {
      const query = after === '' ? 'limit=2' : `limit=2&after=${after}`;
      const response = await fetch(`${venue.url}/v1/events/${EVENT}/door-list?${query}`, {
        headers: { Authorization: `Bearer ${TOKEN}` },
      });
      return (await response.json()) as DoorListPage;
    };
    const seen: [number, string | undefined][] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const { tickets, next }: DoorListPage = await page(after);
      seen.push([tickets.length, next]);
      after = next;
    }
    expect(seen).to.deep.equal([
      [2, 'floor:A:2'],
      // A returned one is in between.
      [1, 'floor:A:4'],
      [2, undefined],
    ]);
  });

  it('comes in pages of up to 1,000, the most that the ledger lists at once', async () => {
    const { operator, network } = venue;
    const asked: number[] = [];
    const list = network.list;
    network.list = (query) => {
      asked.push(query.limit);
      return list(query);
    };
    try {
      expect((await operator.doorList(EVENT)).tickets).to.have.length(5);
    } finally {
      network.list = list;
    }
    expect(asked).to.deep.equal([1_000]);
  });

  it('has a next page after a full one of 1,000, and none after one that is not', async () => {
    const [event] = await venue.network.read([eventKey(EVENT)]);
    const ticket = { state: 'sold', issue: 1, change: 0, holder: ada.key.kid };
    const places = Array.from({ length: 1_500 }, (_, seat) => ({ key: `${EVENT}/t/floor/A/${seat}`, record: ticket }));
    const records = {
      read: () => Promise.resolve([event]),
      list: ({ limit, after }: ListQuery) => {
        if (limit > 1_000) throw new RangeError('the ledger refuses that');
        const from = after === undefined ? 0 : places.findIndex(({ key }) => key === after) + 1;
        return Promise.resolve(places.slice(from, from + limit));
      },
    } as unknown as Records;
    const first = await readDoorList(records, EVENT, { after: undefined, limit: 1_000 });
    expect([first.tickets.length, first.next]).to.deep.equal([1_000, 'floor:A:999']);
    const second = await readDoorList(records, EVENT, { after: first.next, limit: 1_000 });
    expect([second.tickets.length, second.next]).to.deep.equal([500, undefined]);
    const third = await readDoorList(records, EVENT, { after: 'floor:A:999', limit: 500 });
    expect([third.tickets.length, third.next]).to.deep.equal([500, undefined]);
  });

  it('is for whoever acts for the organization', async () => {
    expect((await problemOf(venue.anybody.doorList(EVENT))).code).to.equal('UNAUTHENTICATED');
    expect((await problemOf(venue.operator.doorList('OrganizerMSP:nope'))).code).to.equal('UNKNOWN_EVENT');
  });

  it('is put together by a device, and as old as its first page', async () => {
    const all = await venue.operator.doorList(EVENT);
    const [one, two] = [all.tickets.slice(0, 3), all.tickets.slice(3)];
    const asked: (string | undefined)[] = [];
    const later = { ...all, tickets: two, height: all.height + 9, syncedAt: '2027-05-01T19:00:00Z' };
    const doorList = (_: string, after?: string) => {
      asked.push(after);
      return Promise.resolve(after === undefined ? { ...all, tickets: one, next: 'floor:A:3' } : later);
    };
    const { holders, tickets, syncedAt, height } = await syncDoorList({ doorList }, EVENT);
    expect(asked).to.deep.equal([undefined, 'floor:A:3']);
    expect([syncedAt, height]).to.deep.equal([all.syncedAt, all.height]);
    expect([...tickets.values()]).to.deep.equal(all.tickets);
    expect(holders.get(ticketAt('floor:A:2'))).to.equal(ben.key.kid);
  });
});
