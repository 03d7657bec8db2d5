import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { scheduleFrom } from '../../../../gateway/tour/chapters/event.js';
import { aGateway, TOKEN, type TestGateway } from './a-gateway.js';
import { EVENT, newAllotment, newEvent } from './a-scene.js';

const execute = promisify(execFile);
const HOUR_MS = 3_600_000;

describe('examples', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let directory: string;
  let args: readonly string[];
  before(async () => {
    gateway = await aGateway();
    gateway.network.now = nowTimestamp();
    await gateway.operator.createEvent(newEvent({ schedule: scheduleFrom(Date.now(), HOUR_MS) }));
    await gateway.operator.createAllotment(EVENT, newAllotment());
    directory = mkdtempSync(join(tmpdir(), 'guichet-examples-'));
    const tokenFile = join(directory, 'token');
    writeFileSync(tokenFile, TOKEN);
    args = [gateway.url, EVENT, 'OrganizerMSP', 'standard', tokenFile];
  });
  after(async () => {
    await gateway.close();
    rmSync(directory, { recursive: true });
  });

  it('buys a ticket with Node alone', async () => {
    const script = fileURLToPath(new URL('../../../../gateway/examples/buy.js', import.meta.url));
    const { stdout } = await execute(process.execPath, [script, ...args]);
    expect(stdout).to.match(/^201 /).and.to.include(`${EVENT}:floor:A:1`);
  });

  it('buys a ticket with Python', async function () {
    const installed = await execute('python3', ['-c', 'import cryptography']).then(
      () => true,
      () => false,
    );
    if (!installed) this.skip();
    const { stdout } = await execute('python3', [join('gateway', 'examples', 'buy.py'), ...args]);
    expect(stdout).to.match(/^201 /).and.to.include(`${EVENT}:floor:A:3`);
  });
});
