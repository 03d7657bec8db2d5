/**
 * The OpenAPI fuzzer schemathesis (https://schemathesis.readthedocs.io) in an environment of its own, with the versions that
 * `requirements.txt` pins, as `schemathesis.toml` has it look. Installed once for each text of the former.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const OURS = join('test', 'fuzz');
const REQUIREMENTS = join(OURS, 'requirements.txt');
const CONFIGURATION = join(OURS, 'schemathesis.toml');
/** Debian's has what `venv` needs, whatever else is first on the path. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** @returns the folder of its programs @throws {Error} if it can't be installed: a test that needs it never passes without it */
export async function installFuzzer(environment: string): Promise<string> {
  const [stamp, wanted] = [join(environment, 'installed.txt'), readFileSync(REQUIREMENTS, 'utf8')];
  const programs = join(environment, 'bin');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return programs;
  rmSync(environment, { recursive: true, force: true });
  await execute(await pythonWithVenv(), ['-m', 'venv', environment]);
  await execute(join(programs, 'pip'), ['install', '--quiet', '--no-deps', '--requirement', REQUIREMENTS]);
  writeFileSync(stamp, wanted);
  return programs;
}

async function pythonWithVenv(): Promise<string> {
  for (const each of PYTHONS) {
    const has = await execute(each, ['-c', 'import ensurepip']).then(
      () => true,
      () => false,
    );
    if (has) return each;
  }
  throw new Error(`none of ${PYTHONS.join(', ')} makes virtual environments`);
}

export interface FuzzOptions {
  readonly programs: string;
  /** File of the document. */
  readonly document: string;
  readonly url: string;
  readonly token: string;
  readonly phase: 'coverage' | 'fuzzing' | 'stateful';
  readonly examples: number;
  readonly seed: number;
  /** Operations by id; all unless given. */
  readonly only?: readonly string[];
}

/** @returns its report, `''` if it found nothing */
export async function fuzz({ programs, document, url, token, ...run }: FuzzOptions): Promise<string> {
  const child = spawn(
    join(programs, 'schemathesis'),
    [
      ...['--config-file', CONFIGURATION, 'run', document, '--url', url, '--header', `Authorization: Bearer ${token}`],
      ...['--phases', run.phase, '--max-examples', String(run.examples), '--seed', String(run.seed)],
      ...(run.only ?? []).flatMap((id) => ['--include-operation-id', id]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  const report = Buffer.concat(said).toString('utf8');
  if (code !== 0) return report;
  if (!report.includes('No issues found')) throw new Error(`it ended well and did not say so:\n${report}`);
  return '';
}
