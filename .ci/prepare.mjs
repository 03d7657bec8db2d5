/** Installs and builds what has changed since the last time; the first thing every command does. Plain JavaScript: nothing is built yet. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Guichet needs Node 20.19 or newer, this is ${process.versions.node}: install a newer one and try again.`,
  );
  process.exit(1);
}

const run = (title, command, args) => {
  console.log(title);
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    console.error(`${title}: failed${error ? ` (${error.message})` : ''}`);
    process.exit(1);
  }
};

const STAMP = 'node_modules/.installed-lock';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
  run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(STAMP, lock);
}
/** A source that was moved or deleted must not go on as its old compiled copy: mocha runs whatever tests it finds. */
const OUT = 'dist';
for (const file of existsSync(OUT) ? readdirSync(OUT, { recursive: true }).map(String) : []) {
  const source = file.replace(/\.js(\.map)?$/, '');
  if (source !== file && ![`${source}.ts`, `${source}.js`].some((path) => existsSync(path))) rmSync(`${OUT}/${file}`);
}
run('Building', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
run('Building the public window', process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'gateway/web']);
cpSync('gateway/web', 'dist/gateway/web', { recursive: true, filter: (path) => !/\.(ts|json)$/.test(path) });
