import { expect } from 'chai';
import { holds, verifyCertificate } from '../../../../gateway/certificate/verify.js';
import { DOORS, newKey, SCHEDULE } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { aFan, anOpenEvent, EVENT, newAllotment, newEvent, signReturn, signScan, signTransfer } from './a-scene.js';
import { problemOf } from './problem-of.js';

describe('REST interface', () => {
  let gateway: TestGateway;
  let venue: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
    venue = await aGateway({ mspId: 'VenueMSP', network: gateway.network });
  });
  afterEach(() => Promise.all([gateway.close(), venue.close()]));

  describe('organizations', () => {
    it('lists all organizations of the consortium', async () => {
      const { organizations } = await gateway.anybody.organizations();
      expect(organizations.map(({ mspId }) => mspId)).to.include.members(['OrganizerMSP', 'TrusteeMSP']);
    });

    it('shows an organization with its keys', async () => {
      const { keys } = await gateway.anybody.organization('OrganizerMSP');
      expect(keys.map(({ use }) => use)).to.have.members(['event', 'seller']);
    });

    it('answers 404 for one that nobody founded', async () => {
      expect(await problemOf(gateway.anybody.organization('NobodyMSP'))).to.deep.include({
        code: 'UNKNOWN_ORGANIZATION',
      });
    });

    it('registers the same key again under the same id and says that it is a replay', async () => {
      const key = {
        id: 'first-key-1',
        use: 'seller',
        notBefore: '2026-01-01T00:00:00Z',
        notAfter: '2030-01-01T00:00:00Z',
      } as const;
      const first = await gateway.operator.registerKey('OrganizerMSP', key);
      const again = await gateway.operator.registerKey('OrganizerMSP', key);
      expect(again).to.deep.equal({ body: first.body, replayed: true });
    });

    it("refuses to register another organization's key", async () => {
      const key = { use: 'seller', notBefore: '2026-01-01T00:00:00Z', notAfter: '2030-01-01T00:00:00Z' } as const;
      expect((await problemOf(gateway.operator.registerKey('ResellerMSP', key))).code).to.equal('FORBIDDEN');
    });

    it('revokes a key', async () => {
      const { keys } = await gateway.anybody.organization('OrganizerMSP');
      const kid = keys[0]!.kid;
      await gateway.operator.revokeKey('OrganizerMSP', kid);
      const after = await gateway.anybody.organization('OrganizerMSP');
      expect(after.keys.find((key) => key.kid === kid)?.revoked).to.be.true;
    });
  });

  describe('events', () => {
    it('creates an event with a fresh key of its own and shows it with its gates', async () => {
      const { body } = await gateway.operator.createEvent(newEvent());
      expect(body).to.include({ event: EVENT });
      const event = await gateway.anybody.event(EVENT);
      expect(event.gates.sales.state).to.equal('open');
      expect(event.gates.doors.state).to.equal('pending');
    });

    it('answers the same creation again with the first receipt', async () => {
      const first = await gateway.operator.createEvent(newEvent({ id: 'create-opening' }));
      const again = await gateway.operator.createEvent(newEvent({ id: 'create-opening' }));
      expect(again).to.deep.equal({ body: first.body, replayed: true });
    });

    it('does not make a key for an event of another organization', async () => {
      const problem = await problemOf(gateway.operator.createEvent(newEvent({ event: 'ResellerMSP:night' })));
      expect(problem.code).to.equal('FORBIDDEN');
      expect((await gateway.services.signer.listKeys()).filter(({ use }) => use === 'event')).to.be.empty;
    });

    it('pages through events in the order of their ids', async () => {
      for (const slug of ['c', 'a', 'b'])
        await gateway.operator.createEvent(newEvent({ event: `OrganizerMSP:${slug}` }));
      const first = await gateway.anybody.events({ limit: '2' });
      expect(first.events.map(({ event }) => event)).to.deep.equal(['OrganizerMSP:a', 'OrganizerMSP:b']);
      const second = await gateway.anybody.events({ limit: '2', after: first.next! });
      expect(second.events.map(({ event }) => event)).to.deep.equal(['OrganizerMSP:c']);
      expect(second).not.to.have.property('next');
    });

    it('answers an allotment and a void sent again after a postponement with their first receipts', async () => {
      await anOpenEvent(gateway);
      const fan = aFan();
      await gateway.operator.sell({ request: fan.request({ seats: ['floor:A:1'] }) });
      const pool = newAllotment({ allotment: 'pool', pool: { section: 'standing', from: 1, to: 9 } });
      const sent = { id: 'allot-pool-1', ...pool };
      const of = { ticket: `${EVENT}:floor:A:1`, issue: 1, change: 0, holder: fan.key.kid };
      const voiding = { id: 'void-a-1', reason: 'error' as const, ...of };
      const [allotted, voided] = [
        await gateway.operator.createAllotment(EVENT, sent),
        await gateway.operator.void(voiding),
      ];
      const schedule = { ...SCHEDULE, endsAt: '2027-05-01T23:00:00Z' };
      const change = { id: 'postpone-1', change: 0, action: 'postpone' as const, schedule };
      const postponed = await gateway.operator.changeEvent(EVENT, change);
      expect(await gateway.operator.changeEvent(EVENT, change)).to.deep.equal({ body: postponed.body, replayed: true });
      expect(await gateway.operator.createAllotment(EVENT, sent)).to.deep.equal({
        body: allotted.body,
        replayed: true,
      });
      expect(await gateway.operator.void(voiding)).to.deep.equal({ body: voided.body, replayed: true });
    });

    it('closes sales and reopens them', async () => {
      await gateway.operator.createEvent(newEvent());
      await gateway.operator.closeSales(EVENT, { id: 'close-for-tonight' });
      expect((await gateway.anybody.event(EVENT)).gates.sales).to.deep.equal({
        state: 'closed',
        byOrganizer: true,
        opensAt: SCHEDULE.salesOpenAt,
        closesAt: SCHEDULE.salesCloseAt,
      });
      await gateway.operator.reopenSales(EVENT, { id: 'reopen-in-the-morning' });
      expect((await gateway.anybody.event(EVENT)).gates.sales.state).to.equal('open');
    });

    it('says until when an event can be cancelled, which it could from the first', async () => {
      await gateway.operator.createEvent(newEvent());
      expect((await gateway.anybody.event(EVENT)).gates.cancellation).to.deep.equal({
        state: 'open',
        byOrganizer: false,
        closesAt: '2027-05-02T22:00:00Z',
      });
    });

    it('cancels an event by its change number', async () => {
      await gateway.operator.createEvent(newEvent());
      const { body } = await gateway.operator.changeEvent(EVENT, { change: 0, action: 'cancel' });
      expect(body.change).to.equal(1);
      expect((await gateway.anybody.event(EVENT)).state).to.equal('cancelled');
    });

    it('records what the schedule says, and says when nothing is due', async () => {
      await gateway.operator.createEvent(newEvent());
      expect((await problemOf(gateway.operator.advance(EVENT, { id: 'too-early' }))).code).to.equal('NOTHING_DUE');
      gateway.network.now = DOORS;
      await gateway.operator.advance(EVENT);
      expect((await gateway.anybody.event(EVENT)).gates.doors.state).to.equal('open');
    });
  });

  describe('allotments', () => {
    beforeEach(() => gateway.operator.createEvent(newEvent()));

    it('signs many at once and answers each for itself', async () => {
      const { body } = await gateway.operator.createAllotments(EVENT, [
        newAllotment(),
        newAllotment({ allotment: 'floor-b' }),
        newAllotment({ allotment: 'standing', pool: { section: 'standing', from: 1, to: 500 } }),
      ]);
      expect(body.outcomes.map(({ status }) => status)).to.deep.equal([201, 409, 201]);
      expect(body.outcomes[1]).to.have.nested.property('problem.code', 'SEATS_ALREADY_ALLOTTED');
    });

    it('lists them, shows one and closes it', async () => {
      await gateway.operator.createAllotment(EVENT, newAllotment());
      const { allotments } = await gateway.anybody.allotments(EVENT);
      expect(allotments.map(({ allotment, places, state }) => ({ allotment, places, state }))).to.deep.equal([
        { allotment: 'floor-a', places: 20, state: 'open' },
      ]);
      await gateway.operator.closeAllotment(EVENT, 'floor-a', { id: 'close-the-floor' });
      expect((await gateway.anybody.allotments(EVENT)).allotments[0]?.state).to.equal('closed');
    });

    it('tells which places are free', async () => {
      await gateway.operator.createAllotment(EVENT, newAllotment());
      await gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:3'] }) });
      const { runs, ...counts } = await gateway.anybody.availability(EVENT, 'floor-a');
      expect(counts).to.deep.equal({ places: 20, sold: 1, free: 19, held: 0, section: 'floor' });
      expect(runs).to.deep.equal([
        { row: 'A', from: 1, to: 2 },
        { row: 'A', from: 4, to: 10 },
        { row: 'B', from: 1, to: 10 },
      ]);
    });

    it("can't sign for an event whose key another organization holds", async () => {
      const problem = await problemOf(venue.operator.createAllotment(EVENT, newAllotment()));
      expect(problem.code).to.equal('UNKNOWN_SIGNING_KEY');
    });
  });

  describe('sales', () => {
    beforeEach(() => anOpenEvent(gateway));

    it('composes and signs the sale of the seats that the buyer named', async () => {
      const { body, replayed } = await gateway.operator.sell({
        request: aFan().request({ seats: ['floor:A:1', 'floor:A:2'] }),
      });
      expect(replayed).to.be.false;
      expect(body.tickets).to.deep.equal([
        { ticket: `${EVENT}:floor:A:1`, issue: 1, change: 0 },
        { ticket: `${EVENT}:floor:A:2`, issue: 1, change: 0 },
      ]);
      expect(body).to.include({ totalMinor: 4400, currency: 'EUR' });
    });

    it('answers a replay with the first receipt, though the seats are sold', async () => {
      const request = aFan().request({ seats: ['floor:A:1'] });
      const first = await gateway.operator.sell({ request });
      expect(await gateway.operator.sell({ request })).to.deep.equal({ body: first.body, replayed: true });
    });

    it('answers a replay of an order by class with the seats of the first', async () => {
      const request = aFan().request();
      const first = await gateway.operator.sell({ request });
      expect(await gateway.operator.sell({ request })).to.deep.equal({ body: first.body, replayed: true });
      expect((await gateway.anybody.availability(EVENT, 'floor-a')).sold).to.equal(2);
    });

    it('answers a replay with the first receipt when nothing is left', async () => {
      const request = aFan().request();
      const first = await gateway.operator.sell({ request });
      for (let order = 0; order < 9; order += 1) await gateway.operator.sell({ request: aFan().request() });
      expect((await problemOf(gateway.operator.sell({ request: aFan().request() }))).code).to.equal('NO_SEATS_LEFT');
      expect(await gateway.operator.sell({ request })).to.deep.equal({ body: first.body, replayed: true });
    });

    it('seats an order by class side by side', async () => {
      const { body } = await gateway.operator.sell({ request: aFan().request({ quantity: 4 }) });
      expect(body.tickets.map(({ ticket }) => ticket.slice(EVENT.length + 1))).to.deep.equal([
        'floor:A:1',
        'floor:A:2',
        'floor:A:3',
        'floor:A:4',
      ]);
    });

    it('offers other seats when somebody was faster', async () => {
      await gateway.operator.sell({ request: aFan().request() });
      const { network } = gateway;
      const other = await aGateway({ network });
      try {
        const request = aFan().request();
        await other.operator.sell({ request: aFan().request({ seats: ['floor:A:3'] }) });
        const { body } = await gateway.operator.sell({ request });
        expect(body.tickets.map(({ ticket }) => ticket.slice(EVENT.length + 1))).to.deep.equal([
          'floor:A:4',
          'floor:A:5',
        ]);
      } finally {
        await other.close();
      }
    });

    it('refuses a seat that is sold', async () => {
      await gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:1'] }) });
      const problem = await problemOf(gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:1'] }) }));
      expect(problem.problem).to.include({ status: 409, code: 'SEAT_ALREADY_SOLD', field: 'sale.seats[0]' });
    });

    it('refuses a request that its buyer did not sign, before a seat is kept', async () => {
      const [header = '', payload = ''] = aFan().request().split('.');
      const { submissions } = gateway.network;
      const problem = await problemOf(
        gateway.operator.sell({ request: `${header}.${payload}.${Buffer.alloc(64, 1).toString('base64url')}` }),
      );
      expect(problem.code).to.equal('SIGNATURE_INVALID');
      expect(gateway.network.submissions).to.equal(submissions);
    });
  });

  describe('tickets', () => {
    beforeEach(() => anOpenEvent(gateway));
    const ticket = `${EVENT}:floor:A:1`;

    it('goes from hand to hand, back to its seller and to the next buyer, and its history tells it', async () => {
      const [first, second] = [aFan(), aFan()];
      await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1'] }) });
      const { transfer, acceptance } = signTransfer({ ticket }, first, second);
      expect((await gateway.anybody.transfer(transfer, acceptance)).body).to.include({ ticket, change: 1 });
      expect((await gateway.anybody.transfer(transfer, acceptance)).replayed).to.be.true;
      const giving = signReturn({ ticket, change: 1 }, second);
      const { body } = await gateway.operator.takeBack(giving);
      expect(await gateway.operator.takeBack(giving)).to.deep.equal({ body, replayed: true });
      await gateway.operator.sell({ request: aFan().request({ seats: ['floor:A:1'] }) });
      const { versions } = await gateway.anybody.history(ticket);
      expect(versions.map(({ issue, change, commands }) => [issue, change, ...commands])).to.deep.equal([
        [1, 0, 'ticket.sell'],
        [1, 1, 'ticket.transfer'],
        [1, 2, 'ticket.return'],
        [2, 0, 'ticket.sell'],
      ]);
      expect(await gateway.anybody.ticket(ticket)).to.include({ state: 'sold', issue: 2, change: 0 });
      expect(await gateway.anybody.holder(EVENT, second.key.kid)).to.include({ held: 0 });
    });

    it('serves a certificate that verifies offline, transfers included', async () => {
      const [first, second] = [aFan(), aFan()];
      await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1'] }) });
      const { transfer, acceptance } = signTransfer({ ticket }, first, second);
      await gateway.anybody.transfer(transfer, acceptance);
      const certificate = await gateway.anybody.certificate(ticket);
      expect(certificate.state.holder).to.equal(second.key.kid);
      expect(holds(verifyCertificate(certificate))).to.be.true;
    });

    it('voids a ticket with the event key', async () => {
      const fan = aFan();
      await gateway.operator.sell({ request: fan.request({ seats: ['floor:A:1'] }) });
      const { body } = await gateway.operator.void({
        ticket,
        issue: 1,
        change: 0,
        holder: fan.key.kid,
        reason: 'fraud',
      });
      expect(body.change).to.equal(1);
      expect((await gateway.anybody.ticket(ticket)).state).to.equal('void');
    });

    it('answers 404 for a place that was never sold', async () => {
      for (const call of [
        gateway.anybody.ticket(ticket),
        gateway.anybody.history(ticket),
        gateway.anybody.certificate(ticket),
      ]) {
        expect((await problemOf(call)).problem).to.include({ status: 404, code: 'UNKNOWN_TICKET' });
      }
    });
  });

  describe('door', () => {
    it('admits by a device of the venue, once', async () => {
      await anOpenEvent(gateway);
      const [fan, device] = [aFan(), newKey('device north-gate-1')];
      const ticket = `${EVENT}:floor:A:1`;
      await gateway.operator.sell({ request: fan.request({ seats: ['floor:A:1'] }) });
      const notAfter = '2028-01-01T00:00:00Z';
      const registration = { id: 'register-north', device: 'north-gate-1', jwk: device.jwk, notAfter };
      const { body } = await venue.operator.registerDevice(EVENT, registration);
      expect(await venue.operator.registerDevice(EVENT, registration)).to.deep.equal({ body, replayed: true });
      gateway.network.now = DOORS;
      await gateway.operator.advance(EVENT, { id: 'open-the-doors' });
      const { scan, presentation } = signScan({ ticket }, device, fan);
      expect((await venue.anybody.admit(scan, presentation)).body).to.include({
        ticket,
        action: 'admit',
        state: 'admitted',
        change: 1,
        number: 1,
      });
      expect((await venue.anybody.admit(scan, presentation)).replayed).to.be.true;
      await venue.operator.revokeDevice(EVENT, 'north-gate-1');
    });
  });

  describe('ledger', () => {
    it('shows blocks, the latest first', async () => {
      await gateway.operator.createEvent(newEvent());
      const { height, blocks, next } = await gateway.anybody.blocks({ limit: '2' });
      expect(blocks.map(({ number }) => number)).to.deep.equal([height - 1, height - 2]);
      expect(next).to.equal(height - 2);
    });

    it('shows a transaction with its commands', async () => {
      const { body } = await gateway.operator.createEvent(newEvent());
      const transaction = await gateway.anybody.transaction(body.tx);
      expect(transaction.commands).to.have.nested.property('[0].kind', 'event.create');
      expect((await problemOf(gateway.anybody.transaction('tx-999'))).code).to.equal('NOT_FOUND');
    });

    it('shows the network as the gateway sees it', async () => {
      const { peers, orderers, consensus } = await gateway.anybody.network();
      expect(consensus).to.equal('bft');
      expect(peers[0]?.reachable).to.be.true;
      expect(orderers[0]?.reachable).to.be.false;
    });

    it('is live and ready', async () => {
      expect((await fetch(`${gateway.url}/health/live`)).status).to.equal(200);
      expect(await gateway.anybody.ready()).to.include({ status: 'ok' });
    });
  });
});
