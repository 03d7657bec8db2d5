/** What delivers is killed (SIGKILL) between a delivery and its record, over and over: nothing is lost, and what comes twice has the same id. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { until } from '../../../support/until.js';
import { Receiver } from './a-webhook-scene.js';

const PROCESS = fileURLToPath(new URL('../../../support/webhook-process.js', import.meta.url));
const BLOCKS = 6;
/** Of two events in each block: at which deliveries it is killed. */
const KILLED_AT: ReadonlySet<number> = new Set([1, 4, 5]);

describe('webhooks of a gateway that is killed', () => {
  let directory: string;
  let receiver: Receiver;
  let child: ChildProcess | undefined;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guichet-webhooks-'));
    receiver = await Receiver.open();
  });
  after(async () => {
    child?.kill('SIGKILL');
    await receiver.close();
    await rm(directory, { recursive: true, force: true });
  });

  const start = (...url: readonly string[]): ChildProcess =>
    (child = fork(PROCESS, [directory, String(BLOCKS), ...url]));

  it('arrive, each at least once, in their order, and twice under one id', async function () {
    // Each process opens a database on disk.
    this.timeout(300_000);
    let kills = 0;
    receiver.answer = (response) => {
      if (KILLED_AT.has(receiver.ids.length)) {
        kills += 1;
        child!.kill('SIGKILL');
      } else response.writeHead(200).end();
    };
    const first = start(receiver.url);
    const [{ secret }] = (await once(first, 'message')) as [{ secret: string }];
    for (let kill = 0; kill < KILLED_AT.size; kill += 1) {
      if (child!.exitCode === null && child!.signalCode === null) await once(child!, 'exit');
      expect(child!.signalCode).to.equal('SIGKILL');
      start();
    }
    const wanted = Array.from({ length: BLOCKS }, (_, block) => [`${block}-0-0`, `${block}-0-1`]).flat();
    await until(() => receiver.ids.includes(wanted.at(-1)!) && receiver.ids.length === wanted.length + kills);
    expect([...new Set(receiver.ids)]).to.deep.equal(wanted);
    for (const { headers, body } of receiver.received) new Webhook(secret).verify(body, headers);
    for (const at of KILLED_AT) expect(receiver.ids[at], String(at)).to.equal(receiver.ids[at - 1]);
  });
});
