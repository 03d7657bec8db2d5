/** The tour, as `npm run tour` tells it, on the running network. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { findProjectRoot } from '../../../network/data-directory.js';
import { realNetwork } from '../../support/real-network.js';

const run = promisify(execFile);

describe('tour', () => {
  it('holds in every step, refusals included, and tells the history', async () => {
    const { plan } = await realNetwork();
    const env = { ...process.env, GUICHET_NETWORK: plan.directory.summaryFile };
    const tour = join(findProjectRoot(), 'dist', 'gateway', 'tour', 'main.js');
    // Rejects unless the exit code is 0.
    const { stdout } = await run(process.execPath, ['--enable-source-maps', tour], { env });
    expect(stdout)
      .to.match(/\n +\d+ steps held, \d+ of them refusals\.\n/)
      .and.to.include('issue 2 change 4');
  });
});
