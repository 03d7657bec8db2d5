import { expect } from 'chai';
import { gateKey } from '../../../../chaincode/domain/keys.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { Clockwork } from '../../../../gateway/fabric/clockwork.js';
import type { Submitter } from '../../../../gateway/fabric/ledger.js';
import type { RecordsReader } from '../../../../gateway/fabric/records.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import {
  anAllotment,
  anEvent,
  anEventChange,
  EVENT_POLICY,
  newId,
  NOW,
  SCHEDULE,
  type Command,
  type TestEvent,
} from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { settled } from './scripted-ledger.js';

const timeOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Clockworks of several gateways over one ledger in memory, in virtual time. */
function aScene(events: readonly TestEvent[], start = NOW) {
  const ledger = TestLedger.founded();
  for (const { command } of events) ledger.accept(command);
  const clock = new VirtualClock(Date.parse(start));
  const advances: string[] = [];
  const ids: string[] = [];
  const reads = { count: 0 };
  const reader: RecordsReader = {
    read: (key) => Promise.resolve(ledger.read(key)),
    readAll: (keys) => {
      reads.count += keys.length;
      return Promise.resolve(keys.map((key) => ledger.read(key)));
    },
    list: (prefix) => {
      const found = [...ledger.records()].filter(([key]) => key.startsWith(prefix));
      return Promise.resolve({ records: found.map(([key, record]) => ({ key, record: record as never })) });
    },
    history: () => Promise.resolve([]),
  };
  const submitterOf = (caller: string): Submitter => ({
    async submit(command) {
      await Promise.resolve();
      const outcome = ledger.submit(command as Command, { caller, now: timeOf(clock.now()) });
      if (!outcome.accepted) throw new Refusal(outcome.code, outcome.details);
      advances.push(`${caller} ${timeOf(clock.now())}`);
      ids.push(String(command.id));
      return { receipt: outcome.receipt, replayed: false, block: 1 };
    },
  });
  const reported: string[] = [];
  const report = (_: string, message: string) => void reported.push(message);
  const clockworkOf = (caller: string, random = 0.5, records = reader) =>
    new Clockwork({ records, submitter: submitterOf(caller), clock, random: () => random, report });
  return { ledger, clock, advances, ids, reads, reader, reported, clockworkOf };
}

const secondsAfter = (time: string, advance: string | undefined) =>
  (Date.parse((advance ?? '').split(' ')[1] ?? '') - Date.parse(time)) / 1000;

describe('clockwork', () => {
  it('moves an event within seconds of each of its times, and not otherwise', async () => {
    const { clock, advances, clockworkOf } = aScene([anEvent()], '2027-05-01T16:55:00Z');
    const clockwork = clockworkOf('VenueMSP');
    clockwork.start();
    await clock.pass(Date.parse(SCHEDULE.endsAt) + 60_000 - clock.now());
    await clockwork.close();
    const times = [SCHEDULE.salesCloseAt, SCHEDULE.transfersCloseAt, SCHEDULE.doorsOpenAt, SCHEDULE.endsAt];
    expect(advances).to.have.length(times.length);
    for (const [index, time] of times.entries()) expect(secondsAfter(time, advances[index])).to.be.within(0, 4);
  });

  it('does not read an event that is over for ever', async () => {
    const { clock, reads, clockworkOf } = aScene([anEvent()], '2027-05-02T21:59:50Z');
    const clockwork = clockworkOf('VenueMSP');
    clockwork.start();
    await clock.pass(60_000);
    const before = reads.count;
    await clock.pass(600_000);
    expect(reads.count).to.equal(before);
    await settled(clock, [clockwork.close()]);
  });

  // Surpluses wait for it.
  it('records a day after the end that an event can no longer be cancelled', async () => {
    const event = anEvent();
    const { ledger, clock, advances, clockworkOf } = aScene([event], '2027-05-01T21:59:50Z');
    const clockwork = clockworkOf('VenueMSP');
    clockwork.start();
    await clock.pass(60_000);
    expect(ledger.read(gateKey(event.event, 'doors'))?.state).to.equal('closed');
    expect(ledger.read(gateKey(event.event, 'cancellation'))?.state).to.equal('open');
    await clock.pass(86_400_000);
    await settled(clock, [clockwork.close()]);
    expect(ledger.read(gateKey(event.event, 'cancellation'))?.state).to.equal('closed');
    expect(advances).to.have.length(3);
    expect(secondsAfter('2027-05-02T22:00:00Z', advances[2])).to.be.within(0, 4);
  });

  describe('of an event whose resale opens when all is sold', () => {
    const soldOut = () => {
      const event = anEvent({ policy: { ...EVENT_POLICY, resaleOpensAfter: 'soldOut' } });
      const scene = aScene([event]);
      const allotment = anAllotment(event);
      const close = { kind: 'allotment.close', id: newId(), event: event.event, allotment: 'floor-a' };
      return { event, allotment, close, ...scene };
    };
    const resaleOf = ({ ledger, event }: ReturnType<typeof soldOut>) =>
      ledger.read(gateKey(event.event, 'resale'))?.state;

    it('opens it within a round of the last allotment’s closing', async () => {
      const scene = soldOut();
      const { ledger, allotment, close, clock, clockworkOf } = scene;
      const clockwork = clockworkOf('VenueMSP');
      clockwork.start();
      ledger.accept(allotment.command);
      await clock.pass(60_000);
      expect(resaleOf(scene)).to.equal('pending');
      ledger.accept(close, { caller: 'ResellerMSP' });
      await clock.pass(20_000);
      expect(resaleOf(scene)).to.equal('open');
      await settled(clock, [clockwork.close()]);
    });

    it('does not try to close it again when more is given out', async () => {
      const scene = soldOut();
      const { event, ledger, allotment, close, clock, advances, clockworkOf } = scene;
      ledger.accept(allotment.command);
      ledger.accept(close, { caller: 'ResellerMSP' });
      const clockwork = clockworkOf('VenueMSP');
      clockwork.start();
      await clock.pass(20_000);
      const pool = { section: 'standing', from: 1, to: 9 };
      ledger.accept(anAllotment(event, { allotment: 'more', seats: undefined, pool }).command);
      await clock.pass(120_000);
      expect(resaleOf(scene)).to.equal('open');
      expect(advances).to.have.length(1);
      await settled(clock, [clockwork.close()]);
    });
  });

  it('lets one gateway do it where several watch', async () => {
    const { clock, advances, reported, clockworkOf } = aScene([anEvent()], '2027-05-01T16:59:30Z');
    const clockworks = [
      clockworkOf('OrganizerMSP', 0.9),
      clockworkOf('ResellerMSP', 0.1),
      clockworkOf('VenueMSP', 0.7),
    ];
    for (const clockwork of clockworks) clockwork.start();
    await clock.pass(60_000);
    await settled(
      clock,
      clockworks.map((clockwork) => clockwork.close()),
    );
    expect(advances.map((advance) => advance.split(' ')[0])).to.deep.equal(['ResellerMSP']);
    expect(reported).to.deep.equal([]);
  });

  it('catches up when it starts late', async () => {
    const { clock, advances, clockworkOf } = aScene([anEvent()], '2027-05-01T18:30:00Z');
    const clockwork = clockworkOf('OrganizerMSP');
    clockwork.start();
    await clock.pass(10_000);
    expect(advances).to.have.length(1);
    await settled(clock, [clockwork.close()]);
  });

  // Regression: sales that the organizer had closed were left alone at their deadline, which then nothing on the ledger recorded.
  it('records the end of sales that the organizer had closed before', async () => {
    const event = anEvent();
    const { ledger, clock, clockworkOf } = aScene([event], '2027-05-01T16:55:00Z');
    ledger.accept({ kind: 'sales.close', id: newId(), event: event.event }, { now: '2027-05-01T16:55:00Z' });
    const clockwork = clockworkOf('VenueMSP');
    clockwork.start();
    await clock.pass(Date.parse(SCHEDULE.salesCloseAt) + 60_000 - clock.now());
    await clockwork.close();
    expect(ledger.read(gateKey(event.event, 'sales'))).to.include({ state: 'closed', byOrganizer: false });
  });

  // Regression: ids named the second, so that anybody of the organization could take them before.
  it('gives its commands ids that nobody can foresee', async () => {
    const scenes = [aScene([anEvent()], '2027-05-01T18:30:00Z'), aScene([anEvent()], '2027-05-01T18:30:00Z')];
    for (const { clock, clockworkOf } of scenes) {
      const clockwork = clockworkOf('OrganizerMSP');
      clockwork.start();
      await clock.pass(10_000);
      await settled(clock, [clockwork.close()]);
    }
    const [first, second] = scenes.map(({ ids }) => ids);
    expect(first).to.have.length(1);
    expect(first).not.to.deep.equal(second);
    expect(first?.[0]).to.match(/^advance-[0-9a-f-]{36}$/);
  });

  it('leaves a cancelled event alone, and does not read it for ever', async () => {
    const event = anEvent();
    const { ledger, clock, advances, reads, clockworkOf } = aScene([event]);
    ledger.accept(anEventChange(event));
    const clockwork = clockworkOf('OrganizerMSP');
    clockwork.start();
    await clock.pass(60_000);
    const before = reads.count;
    await clock.pass(600_000);
    expect(reads.count).to.equal(before);
    expect(advances).to.deep.equal([]);
    await settled(clock, [clockwork.close()]);
  });

  it('goes on when the ledger can not be read', async () => {
    const { clock, advances, reader, reported, clockworkOf } = aScene([anEvent()], '2027-05-01T18:30:00Z');
    let failures = 2;
    const failing: RecordsReader = {
      ...reader,
      list: (prefix, options) => (failures-- > 0 ? Promise.reject(new Error('no peer')) : reader.list(prefix, options)),
    };
    const clockwork = clockworkOf('OrganizerMSP', 0.5, failing);
    clockwork.start();
    await clock.pass(60_000);
    expect(reported).to.deep.equal(['the clockwork could not look', 'the clockwork could not look']);
    expect(advances).to.have.length(1);
    await settled(clock, [clockwork.close()]);
  });
});
