/** A gateway's process is told to stop (SIGTERM) while buyers ask: what it has taken it answers, and only who comes too late finds nobody. */
import { readFileSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { startNetwork } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { aSale } from '../../support/statements.js';
import { ask, type TakenRequest } from '../../support/taken-requests.js';
import { until } from '../../support/until.js';

const NAME = 'gateway-reseller';
const BUYERS = 12;
const READERS = 2;
const BEFORE = 40;
/** Of a connection that nobody takes any more. */
const TOO_LATE = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

interface Wish extends TakenRequest {
  /** undefined where it only reads. */
  readonly seat: string | undefined;
}

describe('a gateway that is told to stop under load', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let logged: number;
  let underWay = 0;
  let underWayThen = 0;
  const wishes: Wish[] = [];
  const logFile = () => network.plan.directory.logFile(NAME);
  const sold = () => wishes.filter(({ status, seat }) => status === 201 && seat !== undefined);

  before(async () => {
    network = await realNetwork();
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 9_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    logged = statSync(logFile()).size;
  });
  after(() => startNetwork(networkOptions));

  const pid = () => network.processes.running(NAME)?.pid;
  /** One after the other, until nobody is there. */
  async function come(next: () => Promise<Wish>): Promise<void> {
    for (;;) {
      const wish = await next();
      wishes.push(wish);
      if (wish.failure !== undefined) return;
    }
  }

  it('answers every request that it has taken, and ends', async () => {
    const { url, token } = network.reseller;
    let number = 0;
    const buy = async (): Promise<Wish> => {
      const seat = `standing:${++number}`;
      const { request } = aSale(scene.floor, { seats: [seat] }).command;
      const body = JSON.stringify({ request });
      const change = (by: number) => void (underWay += by);
      return { seat, ...(await ask(`${url}/v1/sales`, { method: 'POST', token, body }, change)) };
    };
    const read = async (): Promise<Wish> => {
      const path = `/v1/events/${scene.event.event}`;
      return { seat: undefined, ...(await ask(`${url}${path}`, { method: 'GET', token })) };
    };
    const coming = [
      ...Array.from({ length: BUYERS }, () => come(buy)),
      ...Array.from({ length: READERS }, () => come(read)),
    ];
    await until(() => sold().length >= BEFORE && underWay >= BUYERS / 2);
    underWayThen = underWay;
    process.kill(pid()!, 'SIGTERM');
    await Promise.all(coming);
    await until(() => pid() === undefined);
    const unanswered = wishes.filter(({ taken, status }) => taken && status === undefined);
    expect(unanswered).to.deep.equal([]);
    expect(underWayThen).to.be.at.least(BUYERS / 2);
    const others = wishes.filter(
      ({ status, seat }) => status !== undefined && status !== (seat === undefined ? 200 : 201),
    );
    expect(others.map(({ status, body }) => `${status} ${body}`)).to.deep.equal([]);
  });

  it('keeps only those out who come too late', () => {
    const late = wishes.filter(({ failure }) => failure !== undefined);
    expect(late).to.have.length(BUYERS + READERS);
    expect(late.filter(({ taken }) => taken)).to.deep.equal([]);
    for (const { failure } of late) expect(failure).to.be.oneOf(TOO_LATE);
  });

  it('has logged an answer for each sale, and that it has stopped', () => {
    const lines = readFileSync(logFile())
      .subarray(logged)
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as { msg: string; operation?: string; status?: number });
    const answered = lines.filter(({ msg, operation }) => msg === 'answered' && operation === 'createSale');
    expect(answered.length).to.equal(sold().length);
    const stop = lines.findIndex(({ msg }) => msg === 'the gateway stops');
    const after = lines.slice(stop).map(({ msg }) => msg);
    expect(after.at(-1)).to.equal('the gateway has stopped');
    expect(after).not.to.include('the gateway did not stop cleanly');
    // They were under way when the signal came.
    expect(after.filter((msg) => msg === 'answered').length).to.be.at.least(1);
  });

  it('has sold what it has said that it has sold, and no more', async () => {
    await startNetwork(networkOptions);
    const { event } = scene.event;
    const places = new Set<string>();
    await until(async () => {
      const { records, next } = await network.organizer.ledger.records.list(`${event}/t/`, { limit: 1_000 });
      expect(next).to.be.undefined;
      for (const { key } of records) places.add(key.slice(`${event}/t/`.length).replaceAll('/', ':'));
      return places.size >= sold().length;
    });
    expect([...places].sort()).to.deep.equal(
      sold()
        .map(({ seat }) => seat!)
        .sort(),
    );
  });
});
