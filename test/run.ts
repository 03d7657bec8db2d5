/**
 * Runs the suites one after the other, each in a process of its own, and ends with the totals of the runners' own reports.
 * `npm test` runs all; `npm test -- unit property` runs those.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './support/counting-reporter.js';

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string) => join('node_modules', '.bin', name);
/** @param jobs files that run at a time, each in one of so many processes */
const mocha = (name: string, timeoutMs: number, jobs = 1): Suite => ({
  name,
  command: [
    bin('mocha'),
    '--enable-source-maps',
    '--timeout',
    String(timeoutMs),
    '--reporter',
    'dist/test/support/counting-reporter.js',
    ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
    `dist/test/${name}/**/*.test.js`,
  ],
});

/** Where the runners leave their counts. */
const directory = join('dist', '.counts');

const SUITES: readonly Suite[] = [
  { name: 'lint', command: [bin('eslint'), '-c', '.ci/eslint.config.js', '--max-warnings', '0', '.'] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
  // No file of it knows of another: own folders, own ports. The other suites measure time, or have one network.
  mocha('unit', 10_000, availableParallelism()),
  mocha('property', 60_000),
  mocha('simulation', 120_000),
  mocha('integration', 300_000),
  mocha('e2e', 300_000),
  mocha('fuzz', 600_000),
];

/** A check without a report of its own counts as one; so does a runner that died before it could report. */
function countsOf(file: string, ok: boolean): Counts {
  if (existsSync(file)) {
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    if (ok || counts.failed > 0) return counts;
    return { ...counts, failed: counts.failed + 1, failures: ['ended with an error'] };
  }
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : ['ended with an error'] };
}

async function runSuite({ name, command: [program = '', ...args] }: Suite): Promise<Counts> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const file = join(directory, `${name}.json`);
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GUICHET_TEST_COUNTS: file },
  });
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  console.log(`── ${name}: ${ok ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return countsOf(file, ok);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0)
  throw new Error(`no such suite: ${unknown.join(', ')}; there are ${SUITES.map(({ name }) => name).join(', ')}`);

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const counts = await runSuite(suite);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  failures.push(...counts.failures.map((failure) => `${suite.name}: ${failure}`));
}
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
