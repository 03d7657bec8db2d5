import { expect } from 'chai';
import { SCHEDULE } from '../../../support/statements.js';
import { aGateway, type TestGateway } from './a-gateway.js';
import { resell, signClaim, TICKET } from './a-resale.js';
import { aFan, anOpenEvent, EVENT, signReturn, type Fan } from './a-scene.js';
import { problemOf } from './problem-of.js';

const LATER = { ...SCHEDULE, endsAt: '2027-05-01T23:00:00Z' };

describe('refunds through the interface', () => {
  let gateway: TestGateway;
  let first: Fan;
  let last: Fan;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
    [first, last] = [aFan(), aFan()];
    await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1'] }) });
  });
  afterEach(() => gateway.close());

  const cancel = () => gateway.operator.changeEvent(EVENT, { change: 0, action: 'cancel' });
  const postpone = () => gateway.operator.changeEvent(EVENT, { change: 0, action: 'postpone', schedule: LATER });
  const payments = (of: readonly { readonly holder: string; readonly amountMinor: number }[]) =>
    Object.fromEntries(of.map(({ holder, amountMinor }) => [holder, amountMinor]));

  describe('of a cancelled event', () => {
    it('go to everybody who is out of pocket, whoever asks, and once', async () => {
      await resell(gateway, { seller: first, buyer: last });
      await cancel();
      const due = await gateway.anybody.settlement(TICKET);
      expect(payments(due.due)).to.deep.equal({ [first.key.kid]: 300, [last.key.kid]: 2_100 });
      const { body } = await gateway.anybody.settle(TICKET);
      expect(body.paid).to.have.deep.members(due.due);
      expect(body).to.include({ ticket: TICKET, issue: 1 });
      expect((await gateway.anybody.holder(EVENT, last.key.kid)).balanceMinor).to.equal(2_100);
      expect((await gateway.anybody.settlement(TICKET)).due).to.be.empty;
    });

    it('that are not due cost no transaction', async () => {
      const before = gateway.network.submissions;
      const { problem } = await problemOf(gateway.anybody.settle(TICKET));
      expect(problem).to.deep.include({ code: 'NOTHING_DUE', status: 409 });
      expect((await problemOf(gateway.anybody.settle(`${EVENT}:floor:A:9`))).code).to.equal('UNKNOWN_TICKET');
      expect((await problemOf(gateway.anybody.settle(TICKET, 2))).code).to.equal('UNKNOWN_TICKET');
      expect((await problemOf(gateway.anybody.settle('OrganizerMSP:nope:floor:A:1'))).code).to.equal('UNKNOWN_EVENT');
      expect(gateway.network.submissions).to.equal(before);
    });
  });

  describe('of a postponed event', () => {
    it('go to a holder who claims, against the ticket', async () => {
      await postpone();
      const claim = signClaim({ ticket: TICKET }, first);
      const answer = await gateway.anybody.refund(claim);
      expect(answer.body.paid).to.deep.equal([{ holder: first.key.kid, amountMinor: 2_200 }]);
      expect((await gateway.anybody.ticket(TICKET)).state).to.equal('refunded');
      expect(await gateway.anybody.refund(claim)).to.deep.equal({ body: answer.body, replayed: true });
    });

    it('are refused while it takes place as planned', async () => {
      const { problem } = await problemOf(gateway.anybody.refund(signClaim({ ticket: TICKET }, first)));
      expect(problem).to.deep.include({ code: 'REFUNDS_NOT_OPEN', status: 409 });
    });

    it('that nobody signed never reach the ledger', async () => {
      const before = gateway.network.submissions;
      const claim = signClaim({ ticket: TICKET }, first).replace(/[^.]*$/, Buffer.alloc(64, 1).toString('base64url'));
      expect((await problemOf(gateway.anybody.refund(claim))).code).to.equal('SIGNATURE_INVALID');
      expect(gateway.network.submissions).to.equal(before);
    });

    it('find the payees again when somebody was faster', async () => {
      await postpone();
      const { records } = gateway.services;
      const read = records.read.bind(records);
      let old = 2;
      // What the gateway sees, looking for the holder and then for the payees, is a ticket that somebody else had bought.
      records.read = (async (keys: readonly string[]) => {
        const found = await read(keys);
        const stale = old > 0 && keys.some((key) => key.endsWith('/t/floor/A/1'));
        if (stale) old -= 1;
        return stale ? [{ ...(found[0] as object), buyer: 'x'.repeat(43) }] : found;
      }) as typeof records.read;
      const { body } = await gateway.anybody.refund(signClaim({ ticket: TICKET }, first));
      expect(body.paid).to.have.length(1);
      expect(old).to.equal(0);
    });
  });

  describe('of a returned ticket', () => {
    beforeEach(async () => {
      await gateway.operator.takeBack(signReturn({ ticket: TICKET }, first));
    });

    it('are due from the deadline, and the gateway says when that is', async () => {
      const settlement = await gateway.anybody.settlement(TICKET);
      expect(settlement).to.deep.include({ due: [], from: '2027-05-01T18:00:00Z' });
      expect((await problemOf(gateway.anybody.settle(TICKET))).code).to.equal('NOTHING_DUE');
      gateway.network.now = '2027-05-01T18:00:00Z';
      expect((await gateway.anybody.settle(TICKET)).body.paid).to.deep.equal([
        { holder: first.key.kid, amountMinor: 2_200 },
      ]);
    });

    it('are due as soon as its place is sold again, for the issue that was returned', async () => {
      await gateway.operator.sell({ request: last.request({ seats: ['floor:A:1'] }) });
      expect((await gateway.anybody.settlement(TICKET)).due).to.be.empty;
      expect((await gateway.anybody.settlement(TICKET, 1)).due).to.have.length(1);
      expect((await gateway.anybody.settle(TICKET, 1)).body).to.include({ issue: 1 });
      expect((await problemOf(gateway.anybody.settle(TICKET, 1))).code).to.equal('NOTHING_DUE');
    });
  });

  it('of a surplus are due a day after the end', async () => {
    await gateway.close();
    gateway = await aGateway();
    await anOpenEvent(gateway, { policy: { capBps: null } });
    await gateway.operator.sell({ request: first.request({ seats: ['floor:A:1'] }) });
    const dear = { askMinor: 5_000, totalMinor: 5_100 };
    await resell(gateway, { seller: first, buyer: last }, dear);
    expect((await gateway.anybody.holder(EVENT, first.key.kid)).balanceMinor).to.equal(2_200);
    const settlement = await gateway.anybody.settlement(TICKET);
    expect(settlement).to.deep.include({ due: [], from: '2027-05-02T22:00:00Z' });
    gateway.network.now = '2027-05-02T22:00:00Z';
    expect((await problemOf(gateway.anybody.settle(TICKET))).code).to.equal('NOTHING_DUE');
    await gateway.operator.advance(EVENT);
    await gateway.anybody.settle(TICKET);
    expect((await gateway.anybody.holder(EVENT, first.key.kid)).balanceMinor).to.equal(4_900);
    expect(await gateway.anybody.settlement(TICKET)).not.to.have.property('from');
  });
});
