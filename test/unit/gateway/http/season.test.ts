import { expect } from 'chai';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { loadSeason } from '../../../../gateway/season/load.js';
import { readSeason } from '../../../../gateway/season/programme.js';
import { aGateway, type TestGateway } from './a-gateway.js';

describe('sample season', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
    gateway.network.now = nowTimestamp();
  });
  afterEach(() => gateway.close());

  const load = () =>
    loadSeason({
      organizer: 'OrganizerMSP',
      reseller: 'ResellerMSP',
      venue: 'VenueMSP',
      client: gateway.operator,
      report: () => undefined,
    });

  it('loads an arena of at least 15,000 numbered seats, a theatre and a matinee', async () => {
    const { events, places } = await load();
    expect(events).to.equal(3);
    expect(places).to.be.greaterThan(20_000);
    const [arena] = readSeason();
    const numbered = arena!.seating.reduce((sum, { sections, rows, seats }) => sum + sections.length * rows * seats, 0);
    expect(numbered).to.be.at.least(15_000);
  });

  it('is on sale at once, and one of its doors is open', async () => {
    await load();
    const { events } = await gateway.anybody.events();
    expect(events.map(({ gates }) => gates.sales.state)).to.deep.equal(['open', 'open', 'open']);
    expect(events.filter(({ gates }) => gates.doors.state === 'open')).to.have.lengthOf(1);
    expect(new Set(events.map(({ currency }) => currency))).to.deep.equal(new Set(['GBP', 'EUR']));
  });

  it('does nothing new the second time', async () => {
    await load();
    expect(await load()).to.deep.equal({ events: 0, allotments: 0, places: 0, listings: 0, resales: 0 });
  });

  it('has offers in every event, and a resale that was taken', async () => {
    const { listings, resales } = await load();
    expect([listings, resales]).to.deep.equal([9, 3]);
    const { events } = await gateway.anybody.events();
    const offered = await Promise.all(events.map(({ event }) => gateway.anybody.listings(event)));
    expect(offered.map((page) => page.listings.length)).to.deep.equal([3, 2, 1]);
    expect(await gateway.anybody.ticket('OrganizerMSP:petit-theatre-matinee:strapontins:2')).to.include({ hops: 1 });
  });

  it('follows a law in each event', async () => {
    await load();
    const { events } = await gateway.anybody.events();
    expect(events.map(({ policy }) => policy.jurisdiction)).to.deep.equal(['UK', 'FR', 'BE']);
  });
});
