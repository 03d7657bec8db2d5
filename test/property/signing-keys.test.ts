/** Regression: in Node 20 the JWK export of a freshly generated key pair can deadlock, which stopped a benchmark for good, and would a signer. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

/** With the export at fault a process came to a stand after 4,000 to 14,000 keys. */
const KEYS = 15_000;
const LIMIT_MS = 150_000;

describe('generation of signing keys', () => {
  it('does not come to a stand, however many keys are made', function () {
    this.timeout(2 * LIMIT_MS);
    const module = new URL('../../gateway/signer/sign-statement.js', import.meta.url).href;
    // In a process of its own: who waits for a lock in OpenSSL can be ended from outside only.
    const code = `import { generateSigningKey } from '${module}'; for (let n = 0; n < ${KEYS}; n += 1) generateSigningKey();`;
    const { status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { timeout: LIMIT_MS });
    expect({ status, signal }).to.deep.equal({ status: 0, signal: null });
  });
});
