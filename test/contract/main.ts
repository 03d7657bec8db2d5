/** `npm run api -- client | examples | publish`: what is generated from the interface, or kept of it, made anew. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { generateClient } from './generate-client.js';
import { publish } from './publish.js';

/** Beside those of `http/`, which operations' answers are seen in. */
const SUITES = [
  ...['auth/api-keys', 'auth/handshakes', 'auth/signed-requests', 'payments/paid-sales', 'payments/refunds'],
  ...['push/streams', 'push/webhook-operations'],
];

const COMMANDS: Readonly<Record<string, () => Promise<string> | string>> = {
  async client() {
    writeFileSync('gateway/client/generated.ts', await generateClient());
    return 'gateway/client/generated.ts is of now';
  },
  examples() {
    const recorder = ['--require', './dist/test/contract/record-examples.js'];
    const suites = ['http/**/*', ...SUITES].map((name) => `dist/test/unit/gateway/${name}.test.js`);
    const args = ['node_modules/.bin/mocha', '--timeout', '30000', '--reporter', 'dot', ...recorder, ...suites];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) throw new Error('a test failed: what it got is no example');
    return 'gateway/contract/examples.json is of now';
  },
  publish,
};

const command = COMMANDS[process.argv[2] ?? ''];
if (!command) throw new Error(`one of: ${Object.keys(COMMANDS).join(', ')}`);
console.log(await command());
