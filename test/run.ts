/**
 * Runs the suites, each in a process of its own, and ends with the totals of the runners' own reports.
 * `npm test` runs all; `npm test -- unit property` runs those.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Counts } from './support/counting-reporter.js';

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string) => join('node_modules', '.bin', name);
/**
 * @param files patterns below `dist/test`; those that begin with `!` are left out
 * @param jobs files that run at a time, each in one of so many processes
 */
const mocha = (name: string, timeoutMs: number, { files = [`${name}/**`], jobs = 1 } = {}): Suite => ({
  name,
  command: [
    bin('mocha'),
    '--enable-source-maps',
    '--timeout',
    String(timeoutMs),
    '--reporter',
    'dist/test/support/counting-reporter.js',
    ...(jobs > 1 ? ['--parallel', '--jobs', String(jobs)] : []),
    ...files.flatMap((pattern) =>
      pattern.startsWith('!') ? ['--ignore', specOf(pattern.slice(1))] : [specOf(pattern)],
    ),
  ],
});

const specOf = (pattern: string): string => `dist/test/${pattern}/*.test.js`;

/** For what a suite printed at its very end. */
const LAST_LINES_MS = 2_000;

const FABRIC = 'fabric';
const ON_A_NETWORK = ['integration', 'markets', 'networks', 'e2e', 'fuzz'];

/** Where the runners leave their counts. */
const directory = join('dist', '.counts');

/**
 * What runs at a time, one stage after the other; in a stage there are lanes beside each other, and in a lane one suite after the other. Markets mostly wait for
 * the clock, so that another network and the checks have the processor meanwhile; unit tests have all of it by themselves, and browsers by need.
 */
const STAGES: readonly (readonly (readonly Suite[])[])[] = [
  // No file of it knows of another: own folders, own ports.
  [[mocha('unit', 120_000, { jobs: availableParallelism() })]],
  // Some minutes on a fresh clone, which would count as a test's own.
  [[{ name: FABRIC, command: [process.execPath, join('dist', 'network', 'cli.js'), 'build'] }]],
  [
    [
      mocha('integration', 600_000, {
        files: ['integration/**', '!integration/markets/**', '!integration/networks/**'],
      }),
    ],
    [
      mocha('markets', 600_000, { files: ['integration/markets/**'] }),
      mocha('networks', 600_000, { files: ['integration/networks/**'] }),
      mocha('property', 180_000),
      mocha('simulation', 300_000),
      { name: 'lint', command: [bin('eslint'), '-c', '.ci/eslint.config.js', '--max-warnings', '0', '.'] },
      { name: 'format', command: [bin('prettier'), '--check', '--log-level', 'warn', '.'] },
    ],
  ],
  [[mocha('e2e', 600_000), mocha('fuzz', 600_000)]],
];
const SUITES = STAGES.flat(2);

/** A check without a report of its own counts as one; so does a runner that died before it could report. */
function countsOf(file: string, ok: boolean): Counts {
  if (existsSync(file)) {
    const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
    if (ok || counts.failed > 0) return counts;
    return { ...counts, failed: counts.failed + 1, failures: ['ended with an error'] };
  }
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: ok ? [] : ['ended with an error'] };
}

/** @param isBeside others print too: each of its lines says whose it is */
async function runSuite({ name, command: [program = '', ...args] }: Suite, isBeside: boolean): Promise<Counts> {
  const label = isBeside ? `${name} │ ` : '';
  console.log(`\n${label}── ${name}`);
  const started = performance.now();
  const file = join(directory, `${name}.json`);
  const output = isBeside ? 'pipe' : 'inherit';
  const child = spawn(program, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, GUICHET_TEST_COUNTS: file, GUICHET_TEST_SUITE: name },
  });
  const printed = [child.stdout, child.stderr].map((lines) => printLines(lines, label));
  const ok = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  // Something that it left behind may have its output still.
  await Promise.race([Promise.all(printed), sleep(LAST_LINES_MS)]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  console.log(`${label}── ${name}: ${ok ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return countsOf(file, ok);
}

/** @param lines null where the child prints by itself */
async function printLines(lines: ChildProcess['stdout'], label: string): Promise<void> {
  if (!lines) return;
  for await (const line of createInterface({ input: lines })) console.log(`${label}${line}`);
}

async function runLane(lane: readonly Suite[], isBeside: boolean): Promise<void> {
  for (const suite of lane) {
    const counts = await runSuite(suite, isBeside);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    failures.push(...counts.failures.map((failure) => `${suite.name}: ${failure}`));
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0)
  throw new Error(`no such suite: ${unknown.join(', ')}; there are ${SUITES.map(({ name }) => name).join(', ')}`);

rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });
const total = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const isWanted = ({ name }: Suite): boolean =>
  wanted.length === 0 ||
  wanted.includes(name) ||
  (name === FABRIC && wanted.some((each) => ON_A_NETWORK.includes(each)));
for (const stage of STAGES) {
  const lanes = stage.map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0);
  await Promise.all(lanes.map((lane) => runLane(lane, lanes.length > 1)));
}
if (failures.length > 0) console.log(`\nfailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
