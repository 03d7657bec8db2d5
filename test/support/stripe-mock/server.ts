/**
 * Stripe's own mock server (github.com/stripe/stripe-mock), which checks each request against Stripe's published interface and answers from its examples. It
 * keeps nothing. Built on first use at the release that go.mod pins, beside Fabric's programs.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProjectRoot } from '../../../network/data-directory.js';
import { until } from '../until.js';

const run = promisify(execFile);

export interface StripeMock {
  readonly url: string;
  stop(): Promise<void>;
}

/** @throws {Error} where Go or its module proxy is missing */
export async function startStripeMock(): Promise<StripeMock> {
  const program = await built();
  const child = spawn(program, ['-http-addr', '127.0.0.1:0', '-https-addr', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const addressOf = () => /Listening for HTTP (?:on|at)[^\n]*?:(\d+)\s/.exec(said)?.[1];
  await until(() => addressOf() !== undefined || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`stripe-mock did not start: ${said}`);
  return {
    url: `http://127.0.0.1:${addressOf() ?? ''}`,
    async stop() {
      child.kill();
      await gone;
    },
  };
}

async function built(): Promise<string> {
  const root = findProjectRoot();
  const cwd = join(root, 'test', 'support', 'stripe-mock');
  const pin = /stripe-mock (v\S+)/.exec(readFileSync(join(cwd, 'go.mod'), 'utf8'))?.[1] ?? '';
  const { GUICHET_DATA = join(root, '.guichet') } = process.env;
  const directory = join(GUICHET_DATA, 'bin', `stripe-mock-${pin}`);
  const [program, whole] = [join(directory, 'stripe-mock'), join(directory, 'built')];
  if (existsSync(whole)) return program;
  mkdirSync(directory, { recursive: true });
  const env = { ...process.env, CGO_ENABLED: '0', GOBIN: directory, GOTOOLCHAIN: 'local', GOFLAGS: '-buildvcs=false' };
  await run('go', ['install', '-trimpath', '-ldflags', '-s -w', 'tool'], { cwd, env });
  writeFileSync(whole, pin);
  return program;
}
