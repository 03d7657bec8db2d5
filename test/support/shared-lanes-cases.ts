/** Two gateways of one organization on one store and one ledger: whichever is asked, one of them writes. */
import { expect } from 'chai';
import type { Submitter } from '../../gateway/fabric/ledger.js';
import { systemClock } from '../../gateway/fabric/clock.js';
import { StoredHolds } from '../../gateway/holds/stored-holds.js';
import { LeasedLanes } from '../../gateway/lanes/lane-owners.js';
import { LeaseBook } from '../../gateway/lanes/lease-book.js';
import type { Store } from '../../gateway/store/open-store.js';
import { aGateway, type TestGateway } from '../unit/gateway/http/a-gateway.js';
import { aFan, anOpenEvent, EVENT } from '../unit/gateway/http/a-scene.js';
import { MemoryNetwork } from '../unit/gateway/http/memory-network.js';
import { OPERATOR, send } from '../unit/gateway/http/raw.js';
import { forgetHolds, holdOf, seatsOf, sell } from './hold-cases.js';

interface Member {
  readonly gateway: TestGateway;
  readonly lanes: LeasedLanes;
  /** What it had submitted by its own ledger. */
  readonly submitted: string[];
  readonly isGone?: boolean;
}

export function sharedLanesCases(store: () => Store): void {
  let network: MemoryNetwork;
  let first: Member;
  let second: Member;

  async function member(name: string): Promise<Member> {
    const submitted: string[] = [];
    const ledger = network.submitterOf('OrganizerMSP');
    const submitter: Submitter = {
      submit(command) {
        submitted.push(String(command.kind));
        return ledger.submit(command);
      },
    };
    // Its address is known once it listens.
    const at: { url?: string } = {};
    const self = {
      owner: name,
      secret: `secret-of-${name}`,
      get url() {
        return at.url;
      },
    };
    const lanes = new LeasedLanes({ book: new LeaseBook(store()), self, clock: systemClock, report: () => undefined });
    const holdBook = new StoredHolds(store(), true);
    const gateway = await aGateway({ network, submitter, holdBook, lanes: { owners: lanes, secret: self.secret } });
    at.url = gateway.url;
    return { gateway, lanes, submitted };
  }

  beforeEach(async () => {
    await forgetHolds(store());
    await store().deleteFrom('lane_leases').execute();
    network = new MemoryNetwork();
    [first, second] = [await member('first'), await member('second')];
    await anOpenEvent(first.gateway);
    for (const { submitted } of [first, second]) submitted.length = 0;
  });
  afterEach(async () => {
    for (const { gateway, lanes, isGone } of [first, second]) {
      if (!isGone) await gateway.close();
      await lanes.close();
    }
  });

  it('sell each seat once, without one offer in vain', async () => {
    const members = [first, second];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => sell(members[index % 2]!.gateway, { quantity: 1 })),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201));
    expect(new Set(answers.flatMap(seatsOf)).size).to.equal(20);
    expect([first.submitted.length, second.submitted.length]).to.deep.equal([20, 0]);
  });

  it('hold each seat once, without one refusal', async () => {
    const answers = await Promise.all(
      [first, second, first, second, first, second].map(({ gateway }) =>
        holdOf(gateway, { priceClass: 'standard', quantity: 3 }),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 201));
    expect(new Set(answers.flatMap(({ body }) => body.seats as string[])).size).to.equal(18);
  });

  it('honour a hold whichever of them made it', async () => {
    const { body } = await holdOf(second.gateway, { seats: ['floor:A:1'] });
    expect((await sell(first.gateway, { seats: ['floor:A:1'] })).body.code).to.equal('SEAT_HELD');
    expect((await sell(first.gateway, { seats: ['floor:A:1'] }, { hold: body.hold })).status).to.equal(201);
  });

  it('tell what the ledger refuses as it was told', async () => {
    await sell(first.gateway, { seats: ['floor:A:1'] });
    const { status, body } = await sell(second.gateway, { seats: ['floor:A:1'] });
    expect([status, body.code, body.field]).to.deep.equal([409, 'SEAT_ALREADY_SOLD', 'sale.seats[0]']);
    expect(second.submitted).to.deep.equal([]);
  });

  it('go on by themselves when the other is gone, with what was held and asked before', async () => {
    const { body } = await holdOf(first.gateway, { seats: ['floor:A:1'] });
    const request = aFan().request({ quantity: 1 });
    const sale = (gateway: TestGateway) =>
      send(gateway, { method: 'POST', path: '/v1/sales', body: JSON.stringify({ request }), headers: OPERATOR });
    const before = await sale(second.gateway);
    await first.gateway.close();
    first = { ...first, isGone: true };
    const after = await sale(second.gateway);
    expect([before.status, after.status]).to.deep.equal([201, 200]);
    expect(after.body.tickets).to.deep.equal(before.body.tickets);
    expect((await sell(second.gateway, { seats: ['floor:A:1'] })).body.code).to.equal('SEAT_HELD');
    expect((await sell(second.gateway, { seats: ['floor:A:1'] }, { hold: body.hold })).status).to.equal(201);
    expect(second.submitted.length).to.be.at.least(2);
  });

  it('do what the ledger has once only, when the answer of the other is lost', async () => {
    const request = aFan().request({ quantity: 1 });
    await first.gateway.services.laneMethods.sell({ request });
    await second.lanes.ownerOf(EVENT);
    second.lanes.doubt(EVENT);
    const { status, body } = await send(second.gateway, {
      ...{ method: 'POST', path: '/v1/sales', body: JSON.stringify({ request }), headers: OPERATOR },
    });
    expect([status, (body.tickets as unknown[]).length]).to.deep.equal([200, 1]);
  });

  it('let nobody in who does not show what is in their store', async () => {
    const call = (headers: Readonly<Record<string, string>>) =>
      send(first.gateway, {
        ...{ method: 'POST', path: '/internal/lanes', headers },
        body: JSON.stringify({ method: 'submit', argument: { kind: 'sales.close', id: 'an-id-of-it', event: EVENT } }),
      });
    for (const headers of [{}, OPERATOR, { Authorization: 'Bearer secret-of-second' }])
      expect((await call(headers)).status).to.equal(401);
    expect(first.submitted).to.deep.equal([]);
    expect((await call({ Authorization: 'Bearer secret-of-first' })).body).to.have.property('result');
  });

  it('leave nothing of the kind open where there is one gateway', async () => {
    const alone = await aGateway({ network });
    const { status } = await send(alone, { method: 'POST', path: '/internal/lanes', body: '{}', headers: OPERATOR });
    expect(status).to.equal(404);
    await alone.close();
  });
}
