/** Looks at the machine before anything is started, and says in one line what to do about it. */
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from './errors.js';
import { runProgram } from './run-program.js';

const NODE_AT_LEAST: Version = [20, 19, 0];
const GO_AT_LEAST: Version = [1, 24, 0];
/** The programs, the Go build cache and its modules. */
const BUILD_BYTES = 2e9;
const RUN_BYTES = 500e6;

export type Version = readonly [major: number, minor: number, patch: number];

export interface Listener {
  readonly name: string;
  readonly host: string;
  readonly ports: readonly number[];
}

/** Compares field by field: negative, zero or positive. */
export const compareVersions = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** The first version number in a text, e.g. of `go version`. */
export function versionIn(text: string): Version {
  const [, major, minor, patch] = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0)];
}

/** @throws NetworkError PLATFORM_UNSUPPORTED, NODE_TOO_OLD */
export function checkPlatform(platform: string = process.platform, nodeVersion: string = process.versions.node): void {
  if (platform !== 'linux') {
    throw new NetworkError(
      'PLATFORM_UNSUPPORTED',
      `the network runs on Linux, not on ${platform}: use a virtual machine`,
    );
  }
  if (compareVersions(versionIn(nodeVersion), NODE_AT_LEAST) < 0) {
    throw new NetworkError(
      'NODE_TOO_OLD',
      `Node ${nodeVersion} is too old: install Node ${NODE_AT_LEAST.join('.')} or newer`,
    );
  }
}

/** @throws NetworkError GO_MISSING, GO_TOO_OLD */
export async function checkGo(goVersion: () => Promise<string> = installedGo): Promise<void> {
  const least = GO_AT_LEAST.slice(0, 2).join('.');
  let found: string;
  try {
    found = await goVersion();
  } catch (cause) {
    const message = `Go is not installed: install Go ${least} or newer (go.dev/dl), it builds Fabric once`;
    throw new NetworkError('GO_MISSING', message, { cause });
  }
  const version = versionIn(found);
  if (compareVersions(version, GO_AT_LEAST) < 0) {
    throw new NetworkError(
      'GO_TOO_OLD',
      `Go ${version.join('.')} is too old: install Go ${least} or newer (go.dev/dl)`,
    );
  }
}

const installedGo = (): Promise<string> => runProgram(['go', 'version'], { cwd: '/', env: { GOTOOLCHAIN: 'local' } });

/** @throws NetworkError DISK_FULL */
export async function checkDisk(dir: string, building: boolean): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const { bavail, bsize } = await statfs(dir);
  const needed = building ? BUILD_BYTES : RUN_BYTES;
  if (bavail * bsize >= needed) return;
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;
  const message = `only ${megabytes(bavail * bsize)} free at ${dir}, ${megabytes(needed)} needed`;
  throw new NetworkError('DISK_FULL', `${message}: free some or set ${building ? 'GUICHET_BIN' : 'GUICHET_DATA'}`);
}

const DYING_MS = 2_000;

/** @throws NetworkError PORT_TAKEN */
export async function assertPortsFree(listeners: readonly Listener[]): Promise<void> {
  for (const { name, host, ports } of listeners) {
    for (const port of ports) {
      if (await becomesFree(host, port)) continue;
      const message = `port ${port} for ${name} is taken: stop the program that listens there or set GUICHET_PORT_BASE`;
      throw new NetworkError('PORT_TAKEN', message);
    }
  }
}

/** A process that was killed holds its ports until the kernel has cleared it away: `up` right after must not take it for a stranger. */
async function becomesFree(host: string, port: number): Promise<boolean> {
  const deadline = Date.now() + DYING_MS;
  while (!(await isFree(host, port))) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
