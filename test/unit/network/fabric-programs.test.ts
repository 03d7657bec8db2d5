/** With a program in the place of Go that takes its time: the real one does so on every fresh clone. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { findProjectRoot } from '../../../network/data-directory.js';
import { buildFabric, fabricIsBuilt, sampleConfigDir } from '../../../network/fabric-programs.js';
import { networkCodeOf } from './network-code-of.js';

const root = findProjectRoot();

/** Leaves a line for each build, and needs its caches to the end. Fails where there is a file `fails`, which it takes away. */
const GO = `#!/bin/sh
here=$(dirname "$0")
case $1 in
  env) printf '%s\\noff\\n' "$here/modules" ;;
  install)
    echo built >> "$here/builds"
    mkdir -p "$GOMODCACHE/fabric/sampleconfig" "$GOBIN"
    sleep 0.3
    rm "$here/fails" 2>/dev/null && exit 1
    for file in core.yaml orderer.yaml; do echo "$file" > "$GOMODCACHE/fabric/sampleconfig/$file" || exit 1; done
    for program in peer orderer configtxgen; do touch "$GOBIN/$program"; done ;;
  list) echo "$GOMODCACHE/fabric" ;;
esac
`;

describe('building Fabric', () => {
  const { PATH } = process.env;
  let dir: string;
  let binDir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'guichet-build-'));
    binDir = join(dir, 'bin');
    mkdirSync(binDir);
    writeFileSync(join(dir, 'go'), GO);
    chmodSync(join(dir, 'go'), 0o755);
    process.env.PATH = [dir, PATH].join(delimiter);
  });
  afterEach(() => {
    process.env.PATH = PATH;
    rmSync(dir, { recursive: true });
  });

  const builds = () => readFileSync(join(dir, 'builds'), 'utf8').trim().split('\n').length;
  const build = () => networkCodeOf(() => buildFabric(root, binDir));

  it('is done once for networks that start at the same time, and keeps no caches', async () => {
    expect(await Promise.all([build(), build(), build()])).to.deep.equal(['accepted', 'accepted', 'accepted']);
    expect(builds()).to.equal(1);
    expect(fabricIsBuilt(root, binDir)).to.equal(true);
    expect(existsSync(join(binDir, 'build'))).to.equal(false);
    expect(readFileSync(join(sampleConfigDir(binDir), 'core.yaml'), 'utf8')).to.equal('core.yaml\n');
  });

  it('is tried by the next one where it failed', async () => {
    writeFileSync(join(dir, 'fails'), '');
    expect(await Promise.all([build(), build()])).to.have.members(['FABRIC_BUILD_FAILED', 'accepted']);
    expect(builds()).to.equal(2);
    expect(fabricIsBuilt(root, binDir)).to.equal(true);
  });
});
