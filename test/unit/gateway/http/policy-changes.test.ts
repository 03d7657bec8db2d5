import { expect } from 'chai';
import { aGateway, type TestGateway } from './a-gateway.js';
import { EVENT, newEvent } from './a-scene.js';
import { problemOf } from './problem-of.js';

describe('policies through the interface', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
  });
  afterEach(() => gateway.close());

  it('an organization says nothing until it does', async () => {
    const silent = { mspId: 'VenueMSP', policy: {}, version: 0 };
    expect(await gateway.anybody.organizationPolicy('VenueMSP')).to.deep.equal(silent);
    expect((await problemOf(gateway.anybody.organizationPolicy('NobodyMSP'))).code).to.equal('UNKNOWN_ORGANIZATION');
  });

  it('what an organization says holds for the events that it creates from then on', async () => {
    const first = await gateway.operator.setPolicy({ organizerRoyaltyBps: 500, maxHops: 2 }, 'defaults-1');
    expect(first.body.version).to.equal(1);
    expect((await gateway.operator.setPolicy({ organizerRoyaltyBps: 500, maxHops: 2 }, 'defaults-1')).replayed).to.be
      .true;
    const said = { mspId: 'OrganizerMSP', policy: { organizerRoyaltyBps: 500, maxHops: 2 }, version: 1 };
    expect(await gateway.anybody.organizationPolicy('OrganizerMSP')).to.deep.equal(said);
    const policy = { maxHops: 3 };
    await gateway.operator.createEvent(newEvent({ policy, classes: { standard: { venueBps: 100 } } }));
    const event = await gateway.anybody.event(EVENT);
    expect(event.policy).to.deep.include({ organizerRoyaltyBps: 500, maxHops: 3, transfer: 'allowed' });
    expect(event.classes).to.deep.equal({ standard: { venueBps: 100 } });
    expect(event.policyVersion).to.equal(1);
  });

  it('an event with other rules than its organizer has pinned is refused', async () => {
    const { problem } = await problemOf(gateway.operator.createEvent(newEvent({ policyHash: 'x'.repeat(43) })));
    expect(problem).to.deep.include({ code: 'POLICY_MISMATCH', status: 422 });
  });

  it('rules that break the law they name are refused with the rule', async () => {
    const policy = { jurisdiction: 'BE' as const, capBps: 20_000 };
    const { problem } = await problemOf(gateway.operator.setPolicy(policy));
    expect(problem).to.deep.include({ code: 'POLICY_BREAKS_PROFILE', status: 422 });
    expect(problem.details).to.include({ field: 'policy.capBps' });
  });

  describe('of an event', () => {
    beforeEach(() => gateway.operator.createEvent(newEvent()));

    it('are changed with its key, and answered again under the same id', async () => {
      const change = { id: 'change-rules-1', version: 2, policy: { venueBps: 0, capBps: 10_000 } };
      const first = await gateway.operator.changePolicy(EVENT, change);
      const { policyVersion, policyHash } = await gateway.anybody.event(EVENT);
      expect(first.body).to.include({ event: EVENT, version: policyVersion, policyHash });
      expect(await gateway.operator.changePolicy(EVENT, change)).to.deep.equal({ body: first.body, replayed: true });
      const { problem: stale } = await problemOf(gateway.operator.changePolicy(EVENT, { version: 2, policy: {} }));
      expect(stale).to.deep.include({ code: 'STALE_POLICY', status: 409 });
    });

    it('only move in the buyers’ favour once sales have opened', async () => {
      const { problem: against } = await problemOf(
        gateway.operator.changePolicy(EVENT, { version: 2, policy: { venueBps: 100 } }),
      );
      expect(against).to.deep.include({ code: 'POLICY_CHANGE_UNFAVOURABLE', status: 422 });
      expect(against.details).to.include({ field: 'policy.venueBps', favours: 'down' });
      const wider = { perPersonLimit: { primary: 7, resale: 6 } };
      await gateway.operator.changePolicy(EVENT, { version: 2, policy: wider });
      expect((await gateway.anybody.event(EVENT)).policy.perPersonLimit).to.deep.equal(wider.perPersonLimit);
    });

    it('are only changed by its organizer’s operator', async () => {
      const change = { version: 2, policy: {} };
      expect((await problemOf(gateway.anybody.changePolicy(EVENT, change))).code).to.equal('UNAUTHENTICATED');
    });
  });
});
