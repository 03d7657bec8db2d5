/** Outside programs: running one to its end, and building Fabric's own at the release that go.mod pins. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './data-directory.js';
import { NetworkError } from './errors.js';
import { sampleConfigDir } from './node-settings.js';

const FABRIC_MODULE = 'github.com/hyperledger/fabric';
const PROGRAMS = ['peer', 'orderer', 'configtxgen'];

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program and returns what it printed.
 * @throws NetworkError PROGRAM_FAILED with its last lines, or with the cause when it could not start
 */
export function runProgram(command: readonly string[], options: RunOptions): Promise<string> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.on('error', (cause) => reject(new NetworkError('PROGRAM_FAILED', `${program}: ${cause.message}`, { cause })));
    child.on('close', (code, signal) => {
      const what = `${command.join(' ')} ended with ${signal ?? `code ${code ?? '?'}`}`;
      const logLines = `${printed}${complained}`.trimEnd().split('\n').slice(-12);
      if (code === 0) resolve(printed);
      else reject(new NetworkError('PROGRAM_FAILED', what, { logLines }));
    });
  });
}

/** Whether the programs in a directory are those of the pinned release. */
export function fabricIsBuilt(projectRoot: string, binDir: string): boolean {
  const built = join(binDir, 'release');
  const complete = PROGRAMS.every((program) => existsSync(join(binDir, program)));
  return complete && existsSync(built) && readFileSync(built, 'utf8') === pinnedRelease(projectRoot);
}

/** Builds peer, orderer and configtxgen into a directory: about a minute, once. */
export async function buildFabric(projectRoot: string, binDir: string): Promise<void> {
  const cwd = join(projectRoot, 'network');
  mkdirSync(sampleConfigDir(binDir), { recursive: true });
  const env = { CGO_ENABLED: '0', GOBIN: binDir, GOTOOLCHAIN: 'local' };
  try {
    await runProgram(['go', 'install', '-trimpath', '-ldflags', '-s -w', 'tool'], { cwd, env });
    const moduleDir = (await runProgram(['go', 'list', '-m', '-f', '{{.Dir}}', FABRIC_MODULE], { cwd, env })).trim();
    for (const file of ['core.yaml', 'orderer.yaml']) {
      const copy = join(sampleConfigDir(binDir), file);
      copyFileSync(join(moduleDir, 'sampleconfig', file), copy);
      chmodSync(copy, 0o644);
    }
  } catch (cause) {
    const logLines = cause instanceof NetworkError ? cause.logLines : [];
    throw new NetworkError('FABRIC_BUILD_FAILED', 'Fabric could not be built; is the Go module proxy reachable?', {
      logLines,
      cause,
    });
  }
  writeWhole(join(binDir, 'release'), pinnedRelease(projectRoot));
}

function pinnedRelease(projectRoot: string): string {
  const goMod = readFileSync(join(projectRoot, 'network', 'go.mod'), 'utf8');
  const pin = new RegExp(`${FABRIC_MODULE} (v\\S+)`).exec(goMod)?.[1];
  if (pin === undefined) throw new Error(`network/go.mod does not pin ${FABRIC_MODULE}`);
  return pin;
}
