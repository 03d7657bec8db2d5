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
/** The system's own may have what the first in the path has not. */
const PYTHONS = ['python3', '/usr/bin/python3'];

async function aPython(): Promise<string | undefined> {
  for (const python of PYTHONS) {
    const installed = await execute(python, ['-c', 'import cryptography']).then(
      () => true,
      () => false,
    );
    if (installed) return python;
  }
  return undefined;
}

describe('examples', () => {
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
    const python = await aPython();
    if (python === undefined && process.env.CI !== 'true') this.skip();
    if (python === undefined) throw new Error(`none of ${PYTHONS.join(', ')} has the package cryptography`);
    const { stdout } = await execute(python, [join('gateway', 'examples', 'buy.py'), ...args]);
    expect(stdout).to.match(/^201 /).and.to.include(`${EVENT}:floor:A:3`);
  });
});
