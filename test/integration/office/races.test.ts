/** Races through real gateways: the same seat, the same allowance and the same payment from two organizations at once, and bad neighbours. */
import { expect } from 'chai';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import type { HolderRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import { accepted, attempt, readEverywhere } from '../../support/attempts.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { scrape, watch, type Samples } from '../../support/scraped.js';
import { aSale, newKey, type SaleOptions, type TestSale } from '../../support/statements.js';
import { until } from '../../support/until.js';

const SEATS = 20;
const LIMIT = 4;
const RETRIES = 100;

describe('races between gateways', () => {
  let network: RealNetwork;
  /** What the last race did to the reseller's gateway. */
  let told: {
    readonly before: Samples;
    readonly depths: readonly number[];
    readonly sold: number;
    readonly refused: ReadonlyMap<string, number>;
  };
  const scene = async (): Promise<LiveScene> => {
    const made = liveScene({ policy: { perPersonLimit: { primary: LIMIT, resale: LIMIT }, transfer: 'allowed' } });
    await network.organizer.ledger.accept([made.event.command, made.floor.command], EVERYBODY);
    return made;
  };

  before(async () => {
    network = await realNetwork();
  });

  it(`sell each of ${SEATS} seats to exactly one of two buyers at two gateways`, async () => {
    const { floor, event } = await scene();
    const seats = Array.from({ length: SEATS }, (_, index) => `floor:A:${index + 1}`);
    const pairs = await Promise.all(
      seats.map((seat) =>
        Promise.all(
          [network.reseller, network.venue].map((gateway) => attemptSale(gateway, aSale(floor, { seats: [seat] }))),
        ),
      ),
    );
    await readEverywhere(network, pairs.flat());
    for (const [index, pair] of pairs.entries()) {
      expect(pair.map(({ code }) => code).sort()).to.deep.equal(['SEAT_ALREADY_SOLD', 'accepted']);
      const [winner] = accepted(pair);
      const ticket = await network.organizer.ledger.records.read<TicketRecord>(ticketKey(event.event, seats[index]!));
      expect(ticket).to.include({ holder: winner!.sale.buyer.kid, issue: 1, change: 0, state: 'sold' });
    }
  });

  it('never let a buyer above his limit at two gateways', async () => {
    const { floor, event } = await scene();
    const buyer = newKey();
    const wishes = Array.from({ length: 4 * LIMIT }, (_, index) =>
      aSale(floor, { buyer, seats: [`floor:B:${index + 1}`] }),
    );
    const attempts = await Promise.all(
      wishes.map((sale, index) => attemptSale(index % 2 === 0 ? network.reseller : network.venue, sale)),
    );
    await readEverywhere(network, attempts);
    expect(accepted(attempts)).to.have.length(LIMIT);
    for (const { code } of attempts) expect(code).to.be.oneOf(['accepted', 'PERSON_LIMIT_REACHED']);
    const holder = await network.venue.ledger.records.read<HolderRecord>(holderKey(event.event, buyer.kid));
    expect(holder).to.deep.equal({ held: LIMIT, boughtPrimary: LIMIT });
  });

  it(`answer ${RETRIES} parallel retries of one sale with one receipt`, async () => {
    const { floor, event } = await scene();
    const sale = aSale(floor, { seats: ['floor:C:1', 'floor:C:2'] });
    const attempts = await Promise.all(
      Array.from({ length: RETRIES }, (_, index) =>
        attemptSale(index % 2 === 0 ? network.reseller : network.venue, sale),
      ),
    );
    await readEverywhere(network, attempts);
    expect(new Set(attempts.map(({ code }) => code))).to.deep.equal(new Set(['accepted']));
    expect(new Set(attempts.map(({ receipt }) => receipt?.tx)).size).to.equal(1);
    const holder = await network.venue.ledger.records.read<HolderRecord>(holderKey(event.event, sale.buyer.kid));
    expect(holder).to.deep.equal({ held: 2, boughtPrimary: 2 });
    const { records: entries } = await network.venue.ledger.records.list(`${event.event}/m/`);
    expect(entries).to.have.length(1);
  });

  it('take one of two different sales for one payment', async () => {
    const { floor } = await scene();
    const request = { paymentReference: 'paid-once-only' };
    const sales = ['floor:C:3', 'floor:C:4'].map((seat) => aSale(floor, { seats: [seat], request }));
    const attempts = await Promise.all([
      attemptSale(network.reseller, sales[0]!),
      attemptSale(network.venue, sales[1]!),
    ]);
    expect(attempts.map(({ code }) => code).sort()).to.deep.equal(['COMMAND_ID_REUSED', 'accepted']);
  });

  it('leave good sales alone whatever their neighbours are', async () => {
    const { floor } = await scene();
    const bad: readonly (readonly [SaleOptions, string])[] = [
      [{ sale: { facePriceMinor: 1 } }, 'PRICE_MISMATCH'],
      [{ seats: ['floor:Z:1'] }, 'SEAT_NOT_IN_ALLOTMENT'],
      [{ request: { exp: 1 } }, 'STATEMENT_EXPIRED'],
      [{ by: newKey('nobody') }, 'UNKNOWN_KEY'],
      [{ request: { channel: 'elsewhere' } }, 'WRONG_CHANNEL'],
    ];
    const batch = Array.from({ length: 40 }, (_, index) => {
      const [options, code] = index % 2 === 0 ? [{}, 'accepted'] : bad[Math.floor(index / 2) % bad.length]!;
      return { sale: aSale(floor, { seats: [`floor:A:${index + 1}`], ...options }), code };
    });
    const before = await scrape(network.reseller);
    const depths: number[] = [];
    const watching = watch(async () => depths.push(await depthOf(network.reseller)));
    const attempts = await Promise.all(batch.map(({ sale }) => attemptSale(network.reseller, sale)));
    await watching.stop();
    expect(attempts.map(({ code }) => code)).to.deep.equal(batch.map(({ code }) => code));
    told = { before, depths, sold: 20, refused: new Map(bad.map(([, code]) => [code, 20 / bad.length])) };
  });

  it('are told of in the gateway’s metrics', async () => {
    const { before, depths, sold, refused } = told;
    let after = before;
    // A block may come at any time, and the clockwork may have something under way.
    await until(async () => {
      after = await scrape(network.reseller);
      const levels = ['projection_lag_blocks', 'projection_lag_seconds', 'lane_waiting', 'lane_in_flight'];
      return levels.every((level) => after.of(level) === 0);
    });
    const grown = (sample: string) => after.of(sample) - before.of(sample);
    const all = sold + [...refused.values()].reduce((sum, count) => sum + count, 0);
    for (const [code, count] of refused) expect(grown(`problems_total{code="${code}"}`), code).to.equal(count);
    expect(grown('http_requests_total{operation="createSale",status="201"}')).to.equal(sold);
    expect(Math.max(...depths), 'lane depth under load').to.be.at.least(1);
    // The clockwork may have submitted something too.
    expect(grown('batch_commands_sum')).to.be.within(all, all + 5);
    expect(grown('lane_wait_seconds_count')).to.equal(grown('batch_commands_sum'));
    const batches = grown('batch_commands_count');
    expect(batches, 'they shared transactions').to.be.within(1, all / 2);
    for (const span of ['commit', 'endorse', 'submit_to_commit'])
      expect(grown(`${span}_seconds_count`), span).to.be.at.least(1);
    expect(grown('commit_seconds_count')).to.equal(batches);
    expect(grown('commit_seconds_sum') / batches, 'seconds of a commit').to.be.within(0.005, 10);
    expect(grown('commit_seconds_sum')).to.be.at.least(grown('submit_to_commit_seconds_sum'));
    expect(grown('ledger_height_blocks')).to.be.at.least(1);
  });
});

async function attemptSale(gateway: Party, sale: TestSale) {
  return { sale, ...(await attempt(gateway, sale.command)) };
}

async function depthOf(gateway: Party): Promise<number> {
  const now = await scrape(gateway);
  return now.of('lane_waiting') + now.of('lane_in_flight');
}
