/** A ticket's whole life through REST: three organizations' gateways and signers, fans with keys of their own, a gate device. */
import { expect } from 'chai';
import type { Payload } from '../../../chaincode/domain/statements.js';
import type { Certificate } from '../../../gateway/certificate/certificate.js';
import { holds, verifyCertificate } from '../../../gateway/certificate/verify.js';
import type { AdmissionReceipt, SoldTicket } from '../../../gateway/client/resources.js';
import { Fan, type TicketVersion } from '../../../gateway/tour/fan.js';
import { GateDevice } from '../../../gateway/tour/gate-device.js';
import { codeOf } from '../../support/code-of.js';
import { hours, openSchedule } from '../../support/live-scene.js';
import { ORGANIZER, realNetwork, RESELLER, VENUE, type RealNetwork } from '../../support/real-network.js';
import { settled } from '../../support/rest.js';

const EVENT = `${ORGANIZER}:journey`;
const PRICE_MINOR = 4_850;

describe('a ticket', () => {
  let network: RealNetwork;
  let ada: Fan;
  let ben: Fan;
  let version: TicketVersion;
  let device: GateDevice;
  const seats = ['stalls:A:1', 'stalls:A:2'];
  const everywhere = ({ block }: { block?: number | undefined }) =>
    settled([network.organizer, network.reseller, network.venue], block ?? 0);
  const wish = (...wanted: string[]) => ({
    seller: RESELLER,
    seats: wanted,
    currency: 'EUR',
    maxTotalMinor: PRICE_MINOR * wanted.length,
  });

  before(async () => {
    network = await realNetwork();
    const { channel } = network.organizer.profile;
    [ada, ben] = ['Ada', 'Ben'].map((name) => new Fan({ name, channel, event: EVENT })) as [Fan, Fan];
    device = new GateDevice({ device: 'north-gate', channel, event: EVENT });
  });

  it('comes of an event', async () => {
    const { body } = await network.organizer.client.createEvent({
      event: EVENT,
      name: 'The journey',
      venue: VENUE,
      currency: 'EUR',
      schedule: openSchedule(),
      policy: { perPersonLimit: { primary: 4, resale: 4 }, transfer: 'allowed', returnDeadlineSeconds: 3_600 },
    });
    await everywhere(body);
    const event = await network.venue.client.event(EVENT);
    expect(event).to.include({ organizer: ORGANIZER, state: 'scheduled', change: 0 });
    expect(event.gates.sales).to.include({ state: 'open', byOrganizer: false });
  });

  it('is allotted to a seller', async () => {
    const { body } = await network.organizer.client.createAllotment(EVENT, {
      allotment: 'stalls',
      seller: RESELLER,
      priceClass: 'standard',
      facePriceMinor: 4_500,
      fees: [{ kind: 'service', payee: RESELLER, amountMinor: 350 }],
      seats: { section: 'stalls', rows: [['A', 1, 10]] },
    });
    expect(body.places).to.equal(10);
    await everywhere(body);
  });

  it('is sold for what its buyer signed', async () => {
    const request = ada.purchase(wish(...seats));
    const { body } = await network.reseller.client.sell({ request: request.jws });
    expect(body).to.include({ totalMinor: 2 * PRICE_MINOR, currency: 'EUR' });
    expect(body.tickets).to.deep.equal(seats.map((seat) => ({ ticket: `${EVENT}:${seat}`, issue: 1, change: 0 })));
    await everywhere(body);
    [version] = body.tickets as [SoldTicket];
    expect(await network.venue.client.availability(EVENT, 'stalls')).to.include({ sold: 2, free: 8 });
    const again = await network.reseller.client.sell({ request: request.jws });
    expect(again.replayed).to.be.true;
    expect(again.body).to.deep.equal(body);
  });

  it('changes hands', async () => {
    const transfer = ada.transfer(version, ben);
    const { body } = await network.venue.client.transfer(transfer.jws, ben.accept(transfer).jws);
    expect(body.change).to.equal(1);
    await everywhere(body);
    const { client } = network.organizer;
    expect(await client.ticket(version.ticket)).to.include({ holder: ben.holder, hops: 1 });
    expect(await client.holder(EVENT, ada.holder)).to.include({ held: 1, boughtPrimary: 2 });
    expect(await client.holder(EVENT, ben.holder)).to.include({ held: 1, boughtPrimary: 0 });
    const stale = ada.transfer(version, ben);
    expect(await codeOf(client.transfer(stale.jws, ben.accept(stale).jws))).to.equal('STALE_TICKET');
  });

  it('is given back and sold again under the next issue', async () => {
    const { client } = network.reseller;
    const back = ben.giveBack({ ...version, change: 1 }, { allotment: 'stalls', seller: RESELLER });
    await everywhere((await client.takeBack(back.jws)).body);
    expect(await network.venue.client.ticket(version.ticket)).to.include({ state: 'returned', change: 2 });
    const { body } = await client.sell({ request: ben.purchase(wish(seats[0]!)).jws });
    await everywhere(body);
    version = body.tickets[0]!;
    expect(version).to.include({ issue: 2, change: 0 });
  });

  it('is offered and sold on: ticket and money change hands in one step', async () => {
    const { client } = network.reseller;
    const deal = { allotment: 'stalls', reseller: RESELLER, totalMinor: PRICE_MINOR, currency: 'EUR' };
    const terms = { askMinor: 4_500, sellerFeeMinor: 200, buyerFeeMinor: 350, disclosure: { faceValue: 4_500 } };
    const listed = await client.createListing(ben.offer(version, { ...deal, ...terms }).jws);
    await everywhere(listed.body);
    const { listing, change } = listed.body;
    const { listings } = await network.venue.client.listings(EVENT);
    expect(listings).to.have.length(1);
    expect(listings[0]).to.include({ ticket: version.ticket, change, statement: listing, totalMinor: PRICE_MINOR });
    const taken = ada.take({ ...version, change }, { ...deal, listing, seller: ben.holder });
    const { body } = await client.resell(taken.jws);
    await everywhere(body);
    expect(body.split).to.include({ commissionMinor: 550, proceedsMinor: 4_300, surplusMinor: 0 });
    expect(await network.venue.client.ticket(version.ticket)).to.include({ holder: ada.holder, hops: 1 });
    expect(await network.venue.client.holder(EVENT, ben.holder)).to.include({ resold: 1, balanceMinor: 4_300 });
    const again = await client.resell(taken.jws);
    expect(again.replayed).to.be.true;
    expect(again.body).to.deep.equal(body);
    version = { ...version, change: body.change };
  });

  it('is void when the organizer says why', async () => {
    const [, other] = seats;
    const { body } = await network.organizer.client.void({
      ticket: `${EVENT}:${other!}`,
      issue: 1,
      change: 0,
      holder: ada.holder,
      reason: 'payment',
    });
    await everywhere(body);
    expect(await network.venue.client.ticket(`${EVENT}:${other!}`)).to.include({ state: 'void', change: 1 });
  });

  it('passes the door in and out, and a mistake is taken back', async () => {
    const registration = { device: device.device, jwk: device.jwk, notAfter: hours(1) };
    await everywhere((await network.venue.client.registerDevice(EVENT, registration)).body);
    const states = [];
    for (const action of ['admit', 'exit', 'reenter', 'undo'] as const) {
      const { state, change } = await pass(network, { device, action, version, holder: ada });
      states.push(state);
      version = { ...version, change };
    }
    expect(states).to.deep.equal(['admitted', 'exited', 'admitted', 'exited']);
  });

  it('has every version in its history, with transaction and block', async () => {
    await everywhere({ block: (await network.venue.client.ready()).height - 1 });
    const { client } = network.reseller;
    const { versions } = await client.history(version.ticket);
    expect(versions.map(({ issue, change, state }) => `${issue}.${change} ${state}`)).to.deep.equal([
      '1.0 sold',
      '1.1 sold',
      '1.2 returned',
      '2.0 sold',
      '2.1 listed',
      '2.2 sold',
      '2.3 admitted',
      '2.4 exited',
      '2.5 admitted',
      '2.6 exited',
    ]);
    const kinds = ['sell', 'transfer', 'return', 'sell', 'list', 'resell', 'scan', 'scan', 'scan', 'scan'];
    expect(versions.map(({ commands }) => commands)).to.deep.equal(kinds.map((kind) => [`ticket.${kind}`]));
    for (const { tx, block } of versions)
      expect(await client.transaction(tx)).to.include({ tx, block, code: 'VALID', function: 'BoxOffice:submit' });
  });

  it('has the same certificate at every organization, which verifies offline', async () => {
    const parties = [network.organizer, network.reseller, network.venue];
    const certificates = await Promise.all(parties.map(({ client }) => client.certificate(version.ticket)));
    for (const certificate of certificates) expect(certificate).to.deep.equal(certificates[0]);
    expect(holds(verifyCertificate(certificates[0]))).to.be.true;
  });

  it('has a certificate that verifies no more once anything in it is changed', async () => {
    const certificate = await network.venue.client.certificate(version.ticket);
    const { evidence, state, keys } = certificate;
    const [hand] = evidence.hands;
    if (hand?.kind !== 'resale') throw new Error('the certificate does not tell of the resale');
    const handedBy = (other: typeof hand): Certificate => ({
      ...certificate,
      evidence: { ...evidence, hands: [other] },
    });
    const tampered: Record<string, Certificate> = {
      holder: { ...certificate, state: { ...state, holder: ben.holder } },
      listing: handedBy({ ...hand, listing: flipped(hand.listing) }),
      purchase: handedBy({ ...hand, purchase: flipped(hand.purchase) }),
      resale: { ...certificate, evidence: { ...evidence, hands: [] } },
      ticket: { ...certificate, ticket: `${EVENT}:stalls:A:11` },
      sale: {
        ...certificate,
        evidence: { ...evidence, sale: { ...evidence.sale, sale: flipped(evidence.sale.sale) } },
      },
      request: {
        ...certificate,
        evidence: { ...evidence, sale: { ...evidence.sale, request: flipped(evidence.sale.request) } },
      },
      event: {
        ...certificate,
        evidence: { ...evidence, event: { ...evidence.event, statement: flipped(evidence.event.statement) } },
      },
      allotment: {
        ...certificate,
        evidence: {
          ...evidence,
          allotment: { ...evidence.allotment, statement: flipped(evidence.allotment.statement) },
        },
      },
      'seller key': { ...certificate, keys: { ...keys, seller: { ...keys.seller, jwk: keys.organizer.jwk } } },
    };
    for (const [what, each] of Object.entries(tampered)) expect(holds(verifyCertificate(each)), what).to.be.false;
  });
});

interface Passage {
  readonly device: GateDevice;
  readonly action: Payload<'scan'>['action'];
  readonly version: TicketVersion;
  readonly holder: Fan;
}

async function pass({ venue }: RealNetwork, { device, action, version, holder }: Passage): Promise<AdmissionReceipt> {
  const shown = action === 'admit' || action === 'reenter' ? holder.present(version) : undefined;
  const scan = device.scan(action, version, shown);
  const { body } = await venue.client.admit(scan.jws, shown?.jws);
  device.accepted(scan);
  return body;
}

/** One bit of the signature. */
function flipped(jws: string): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0]! ^= 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
