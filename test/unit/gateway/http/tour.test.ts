import { expect } from 'chai';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { tellStory } from '../../../../gateway/tour/story.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { MemoryNetwork } from './memory-network.js';

describe('tour', () => {
  let gateways: TestGateway[];
  beforeEach(async () => {
    const network = new MemoryNetwork();
    network.now = nowTimestamp();
    gateways = await Promise.all(
      ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'].map((mspId) => aGateway({ mspId, network })),
    );
  });
  afterEach(() => Promise.all(gateways.map((gateway) => gateway.close())));

  it('holds in every step', async () => {
    const [organizer, reseller, venue] = gateways.map(({ mspId, operator, services }) => ({
      mspId,
      client: operator,
      signer: services.signer,
    }));
    const lines: string[] = [];
    const { held, refused } = await tellStory(
      { organizer: organizer!, reseller: reseller!, venue: venue! },
      { write: (line) => lines.push(line), colours: false },
    );
    expect(held).to.be.greaterThan(20);
    expect(refused).to.equal(11);
    expect(lines.join('')).to.include('SEAT_ALREADY_SOLD  at sale.seats[0]');
  });
});
