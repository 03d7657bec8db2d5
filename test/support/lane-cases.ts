/** What must hold of the leases of lanes on whatever database. */
import { expect } from 'chai';
import type { Clock } from '../../gateway/fabric/clock.js';
import { LeasedLanes } from '../../gateway/lanes/lane-owners.js';
import { LeaseBook } from '../../gateway/lanes/lease-book.js';
import type { Store } from '../../gateway/store/open-store.js';
import { until } from './until.js';

const LEASE_MS = 10_000;

interface Alarm {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that goes on when a test says so, for this process; the database has its own, which `age` moves on. */
class HandClock implements Clock {
  #nowMs = 1_000_000;
  readonly alarms = new Set<Alarm>();
  now = (): number => this.#nowMs;
  after(ms: number, run: () => void): () => void {
    const alarm = { atMs: this.#nowMs + ms, run };
    this.alarms.add(alarm);
    return () => void this.alarms.delete(alarm);
  }
  pass(ms: number): void {
    this.#nowMs += ms;
    for (const alarm of [...this.alarms]) {
      if (alarm.atMs > this.#nowMs) continue;
      this.alarms.delete(alarm);
      alarm.run();
    }
  }
}

export function laneCases(store: () => Store): void {
  const EVENT = 'OrganizerMSP:opening-night';
  let clock: HandClock;
  const warnings: string[] = [];
  const opened: LeasedLanes[] = [];
  beforeEach(async () => {
    clock = new HandClock();
    warnings.length = 0;
    await store().deleteFrom('lane_leases').execute();
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  function gateway(owner: string, url: string | undefined = `http://${owner}:1`, book = new LeaseBook(store())) {
    const report = (level: string, message: string) => {
      if (level === 'warning') warnings.push(message);
    };
    const lanes = new LeasedLanes({ book, self: { owner, url, secret: `secret of ${owner}` }, clock, report });
    opened.push(lanes);
    return lanes;
  }
  const row = () => store().selectFrom('lane_leases').selectAll().where('lane', '=', EVENT).executeTakeFirst();
  /** So much time has passed for the database. */
  const age = async (ms: number) => {
    const lease = await row();
    const expires = new Date(lease!.expires_at.getTime() - ms);
    await store().updateTable('lane_leases').set({ expires_at: expires }).execute();
  };

  it('give a lane to the first that asks, and say to the others where it is', async () => {
    const [a, b] = [gateway('a'), gateway('b')];
    expect(await a.ownerOf(EVENT)).to.be.undefined;
    expect(await b.ownerOf(EVENT)).to.deep.equal({ url: 'http://a:1', secret: 'secret of a' });
    expect(await b.ownerOf('OrganizerMSP:another')).to.be.undefined;
    expect((await a.ownerOf('OrganizerMSP:another'))?.url).to.equal('http://b:1');
  });

  it('give it to one of many that ask at once', async () => {
    const owners = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => gateway(name).ownerOf(EVENT)));
    expect(owners.filter((peer) => peer === undefined)).to.have.length(1);
    expect(new Set(owners.flatMap((peer) => (peer ? [peer.url] : []))).size).to.equal(1);
  });

  it('pass it on when its owner is gone, and not before', async () => {
    const [a, b] = [gateway('a'), gateway('b')];
    await a.ownerOf(EVENT);
    await b.ownerOf(EVENT);
    // What is left of it is longer than a busy machine takes to look.
    await age(LEASE_MS / 2);
    clock.pass(LEASE_MS);
    expect((await b.ownerOf(EVENT))?.url).to.equal('http://a:1');
    await age(LEASE_MS);
    clock.pass(LEASE_MS);
    expect(await b.ownerOf(EVENT)).to.be.undefined;
    expect(await row()).to.include({ owner: 'b', epoch: 2 });
    // The old one was only slow: it learns who has the lane now.
    expect((await a.ownerOf(EVENT))?.url).to.equal('http://b:1');
  });

  it('are renewed while they are used, and given up after a minute without', async () => {
    const book = new LeaseBook(store());
    const forget = book.forget.bind(book);
    let renewals = 0;
    book.forget = () => forget().finally(() => (renewals += 1));
    const [a, b] = [gateway('a'), gateway('b', 'http://b:1', book)];
    /** The next one was due, and is over: whether there will be another is known. */
    const renewed = async () => {
      const times = renewals;
      clock.pass(LEASE_MS / 3 + 1);
      await until(() => renewals > times);
    };
    await a.ownerOf(EVENT);
    const before = (await row())!.expires_at.getTime();
    await age(5_000);
    clock.pass(LEASE_MS / 3 + 1);
    await a.close();
    opened.shift();
    expect(await row(), 'closing gives it back').to.be.undefined;
    await b.ownerOf(EVENT);
    await age(5_000);
    await renewed();
    expect((await row())!.expires_at.getTime()).to.be.at.least(before);
    for (let times = 0; times < 25 && clock.alarms.size > 0; times += 1) await renewed();
    expect(clock.alarms.size).to.equal(0);
  });

  it('are its own again for one that was killed and started anew', async () => {
    await gateway('killed', 'http://here:1').ownerOf(EVENT);
    expect(await gateway('anew', 'http://here:1').ownerOf(EVENT)).to.be.undefined;
    expect(await row()).to.include({ owner: 'anew', epoch: 2 });
  });

  it('are sold past by everybody where the owner can’t be reached', async () => {
    const [a, b] = [gateway('a', undefined), gateway('b')];
    await store().deleteFrom('lane_leases').execute();
    const hidden = new LeaseBook(store());
    await hidden.claim(EVENT, { owner: 'hidden', url: undefined, secret: 's' }, LEASE_MS);
    expect(await b.ownerOf(EVENT)).to.be.undefined;
    expect(await row()).to.include({ owner: 'hidden' });
    expect(await a.ownerOf(EVENT)).to.be.undefined;
  });

  it('hold nothing up where the store does not answer', async () => {
    const broken = new LeaseBook(store());
    broken.claim = () => Promise.reject(new Error('no database'));
    const lanes = gateway('a', 'http://a:1', broken);
    expect(await lanes.ownerOf(EVENT)).to.be.undefined;
    expect(warnings).to.have.length(1);
    await lanes.ownerOf(EVENT);
    expect(warnings, 'not asked again at once').to.have.length(1);
  });

  it('are doubted where the owner does not answer, until they are over', async () => {
    const [a, b] = [gateway('a'), gateway('b')];
    await a.ownerOf(EVENT);
    await b.ownerOf(EVENT);
    b.doubt(EVENT);
    expect(await b.ownerOf(EVENT)).to.be.undefined;
    clock.pass(LEASE_MS + 1);
    expect((await b.ownerOf(EVENT))?.url).to.equal('http://a:1');
  });
}
