/** Races through real gateways: the same seat, the same allowance and the same payment from two organizations at once, and bad neighbours. */
import { expect } from 'chai';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import type { HolderRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import { accepted, attempt, readEverywhere } from '../../support/attempts.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, realNetwork, type Party, type RealNetwork } from '../../support/real-network.js';
import { aSale, newKey, type SaleOptions, type TestSale } from '../../support/statements.js';

const SEATS = 20;
const LIMIT = 4;
const RETRIES = 100;

describe('races between gateways', () => {
  let network: RealNetwork;
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
    const attempts = await Promise.all(batch.map(({ sale }) => attemptSale(network.reseller, sale)));
    expect(attempts.map(({ code }) => code)).to.deep.equal(batch.map(({ code }) => code));
  });
});

async function attemptSale(gateway: Party, sale: TestSale) {
  return { sale, ...(await attempt(gateway, sale.command)) };
}
