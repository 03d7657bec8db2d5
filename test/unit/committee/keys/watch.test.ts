import { expect } from 'chai';
import { DEDUP } from '../../../../chaincode/domain/committee-keys.js';
import type { Clock } from '../../../../committee/clock.js';
import type { Tended } from '../../../../committee/keys/keeper.js';
import { Watch } from '../../../../committee/keys/watch.js';

const EVENT = 'OrganizerMSP:opening-night';
const MINUTE_MS = 60_000;

/** A watch whose looks are scripted. It stops after so many pauses; each pause passes at once, and lets news in. */
function aWatch(pauses: number, during: Readonly<Record<number, (watch: Watch) => void>> = {}) {
  const stopping = new AbortController();
  const looks: (readonly [owner: string, atMs: number])[] = [];
  const slept: number[] = [];
  const failures: string[] = [];
  let ms = 0;
  const clock: Clock = {
    now: () => ms,
    sleep: (forMs, signal) => {
      slept.push(forMs);
      during[slept.length]?.(watch);
      if (!signal?.aborted) ms += forMs;
      if (slept.length >= pauses) stopping.abort();
      return Promise.resolve();
    },
  };
  const script = {
    due: (): Promise<readonly string[]> => Promise.resolve([]),
    ownersAt: (event: string): Promise<readonly string[]> => Promise.resolve([event]),
    tend: (owner: string): Promise<Tended> => Promise.resolve(owner === '' ? 'open' : 'settled'),
  };
  const watch = new Watch({
    clock,
    tend: (owner) => {
      looks.push([owner, ms]);
      return script.tend(owner);
    },
    due: () => script.due(),
    ownersAt: (event) => script.ownersAt(event),
    onFailure: (owner) => void failures.push(owner),
  });
  return { looks, slept, failures, script, watch, run: () => watch.run(stopping.signal) };
}

describe('when a node looks at its keys', () => {
  it('is at the start, at all that are due', async () => {
    const { looks, script, run } = aWatch(1);
    script.due = () => Promise.resolve([DEDUP, EVENT]);
    await run();
    expect(looks).to.deep.equal([
      [DEDUP, 0],
      [EVENT, 0],
    ]);
  });

  it('is at news of a key, an event, its rules or a proposal, and at nothing else', async () => {
    const { looks, run } = aWatch(3, {
      1: (watch) => watch.news('ticket.sell', EVENT),
      2: (watch) => watch.news('key.post', EVENT),
    });
    await run();
    expect(looks.filter(([owner]) => owner === EVENT)).to.have.length(1);
    for (const kind of ['event.create', 'policy.change', 'proposal.vote', 'key.advance']) {
      const other = aWatch(2, { 1: (watch) => watch.news(kind, undefined) });
      await other.run();
      expect(other.looks, kind).to.have.length(2);
    }
  });

  it('is at news of a market that can make its key wanted, due or over, at that market; never at its orders, which are many', async () => {
    const market = `${EVENT}:m1`;
    for (const kind of ['market.open', 'market.close', 'market.root', 'market.unseal', 'market.abort', 'key.post']) {
      const { looks, script, run } = aWatch(2, { 1: (watch) => watch.news(kind, EVENT) });
      script.ownersAt = (event) => Promise.resolve([event, `${event}:m1`]);
      await run();
      expect(
        looks.map(([owner]) => owner),
        kind,
      ).to.deep.equal([DEDUP, EVENT, market]);
    }
    for (const kind of ['market.order', 'market.deposit', 'market.freeze', 'market.reveal', 'market.settle']) {
      const { looks, run } = aWatch(2, { 1: (watch) => watch.news(kind, EVENT) });
      await run();
      expect(looks, kind).to.have.length(1);
    }
  });

  it('is at everything where it can’t be found out whom the news concern', async () => {
    const { looks, failures, script, run } = aWatch(2, { 1: (watch) => watch.news('market.root', EVENT) });
    script.due = () => Promise.resolve([`${EVENT}:m1`]);
    script.ownersAt = () => Promise.reject(new Error('down'));
    await run();
    expect(failures).to.deep.equal([EVENT]);
    expect(looks.map(([owner]) => owner)).to.deep.equal([DEDUP, `${EVENT}:m1`, DEDUP, `${EVENT}:m1`]);
  });

  it('is each second while a key is open, and again each minute at everything', async () => {
    const { looks, script, run } = aWatch(61);
    let left = 3;
    script.due = () => Promise.resolve([EVENT]);
    script.tend = (owner) => Promise.resolve(owner === EVENT && (left -= 1) > 0 ? 'open' : 'settled');
    await run();
    const times = looks.filter(([owner]) => owner === EVENT).map(([, at]) => at);
    expect(times).to.deep.equal([0, 1_000, 2_000, MINUTE_MS]);
  });

  it('is again soon after a conflict, and never later than an open key', async () => {
    const { slept, script, run } = aWatch(12);
    script.tend = () => Promise.resolve('again');
    await run();
    for (const [at, forMs] of slept.entries()) expect(forMs).to.be.within(0, Math.min(50 * 2 ** (at + 1), 1_000));
    expect(slept.some((forMs) => forMs < 1_000)).to.equal(true);
  });

  it('goes on where one key fails, which is told once until it goes well again', async () => {
    const { looks, failures, script, run } = aWatch(6);
    script.due = () => Promise.resolve([DEDUP, EVENT]);
    let times = 0;
    script.tend = (owner) => {
      if (owner === DEDUP) return Promise.resolve('open');
      times += 1;
      return times === 3 ? Promise.resolve('open') : Promise.reject(new Error('down'));
    };
    await run();
    expect(failures).to.deep.equal([EVENT, EVENT]);
    expect(looks.filter(([owner]) => owner === DEDUP)).to.have.length(6);
    expect(looks.filter(([owner]) => owner === EVENT)).to.have.length(6);
  });

  it('asks for everything again each time while that fails', async () => {
    const { looks, failures, script, run } = aWatch(3);
    let asked = 0;
    script.due = () => {
      asked += 1;
      return asked < 3 ? Promise.reject(new Error('down')) : Promise.resolve([EVENT]);
    };
    await run();
    expect([asked, failures]).to.deep.equal([3, ['everything']]);
    expect(looks.map(([owner]) => owner)).to.deep.equal([DEDUP, DEDUP, DEDUP, EVENT]);
  });

  it('ends once it is told to, with the look that is under way and no further', async () => {
    const stopping = new AbortController();
    const done: string[] = [];
    const watch = new Watch({
      clock: { now: () => 0, sleep: () => Promise.reject(new Error('it sleeps')) },
      due: () => Promise.resolve([DEDUP, EVENT]),
      ownersAt: (event) => Promise.resolve([event]),
      onFailure: () => undefined,
      tend: async (owner) => {
        stopping.abort();
        await Promise.resolve();
        done.push(owner);
        return 'open';
      },
    });
    await watch.run(stopping.signal);
    expect(done).to.deep.equal([DEDUP]);
  });
});
