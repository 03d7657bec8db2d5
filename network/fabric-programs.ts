/** Fabric's own programs at the release that go.mod pins: whether they are built, and building them. */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './data-directory.js';
import { NetworkError } from './errors.js';
import { inTurn } from './lock.js';
import { checkDisk } from './preflight.js';
import { runProgram } from './run-program.js';

const FABRIC_MODULE = 'github.com/hyperledger/fabric';
const PROGRAMS = ['peer', 'orderer', 'configtxgen'];

/** Fabric's sample settings, which ours start from. */
export const sampleConfigDir = (binDir: string): string => join(binDir, 'config');

/** Whether the programs in a directory are those of the pinned release. */
export function fabricIsBuilt(projectRoot: string, binDir: string): boolean {
  const built = join(binDir, 'release');
  const complete = PROGRAMS.every((program) => existsSync(join(binDir, program)));
  return complete && existsSync(built) && readFileSync(built, 'utf8') === pinnedRelease(projectRoot);
}

/**
 * Builds peer, orderer and configtxgen into a directory: some minutes, once. Networks that start side by side share it, so that whoever comes while another
 * builds waits for it, however long that takes.
 * @throws NetworkError DISK_FULL, FABRIC_BUILD_FAILED with Go's last lines
 */
export function buildFabric(projectRoot: string, binDir: string): Promise<void> {
  const caches = join(binDir, 'build');
  return inTurn(caches, async () => {
    if (fabricIsBuilt(projectRoot, binDir)) return;
    await checkDisk(binDir, true);
    await build(projectRoot, binDir, caches);
  });
}

/** @param caches Go's, which are away when it is done */
async function build(projectRoot: string, binDir: string, caches: string): Promise<void> {
  const cwd = join(projectRoot, 'network');
  mkdirSync(sampleConfigDir(binDir), { recursive: true });
  try {
    const env = { CGO_ENABLED: '0', GOBIN: binDir, GOTOOLCHAIN: 'local', ...(await cacheSettings(cwd, caches)) };
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
  } finally {
    rmSync(caches, { recursive: true, force: true });
  }
  writeWhole(join(binDir, 'release'), pinnedRelease(projectRoot));
}

/** Nothing is written outside the programs' directory; what the user's own module cache has is read and need not be downloaded. */
async function cacheSettings(cwd: string, caches: string): Promise<Readonly<Record<string, string>>> {
  const [modules = '', proxies = ''] = (await runProgram(['go', 'env', 'GOMODCACHE', 'GOPROXY'], { cwd })).split('\n');
  const downloaded = join(modules, 'cache', 'download');
  return {
    GOMODCACHE: join(caches, 'modules'),
    GOCACHE: join(caches, 'packages'),
    GOFLAGS: '-modcacherw -buildvcs=false',
    ...(existsSync(downloaded) && { GOPROXY: `file://${downloaded},${proxies}` }),
  };
}

function pinnedRelease(projectRoot: string): string {
  const goMod = readFileSync(join(projectRoot, 'network', 'go.mod'), 'utf8');
  const pin = new RegExp(`${FABRIC_MODULE} (v\\S+)`).exec(goMod)?.[1];
  if (pin === undefined) throw new Error(`network/go.mod does not pin ${FABRIC_MODULE}`);
  return pin;
}
