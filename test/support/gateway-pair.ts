/** Two gateways of one organization: processes of their own with profiles of their own, on the same peers, the same signer and one PostgreSQL server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProfile, type Profile } from '../../gateway/config.js';
import { until } from './until.js';

const MAIN = fileURLToPath(new URL('../../gateway/main.js', import.meta.url));

export class GatewayProcess {
  readonly url: string;
  readonly #profileFile: string;
  readonly #databaseUrl: string;
  #child: ChildProcess | undefined;

  /** @param profileFile as the network wrote it @param port where it listens */
  constructor(
    profileFile: string,
    { port, databaseUrl, directory }: { port: number; databaseUrl: string; directory: string },
  ) {
    mkdirSync(directory, { recursive: true });
    const profile: Profile = readProfile(profileFile);
    this.url = `http://127.0.0.1:${port}`;
    const own = { ...profile, publicUrl: this.url, listen: { host: '127.0.0.1', port } };
    this.#profileFile = join(directory, 'gateway.json');
    this.#databaseUrl = databaseUrl;
    writeFileSync(this.#profileFile, JSON.stringify(own));
  }

  async start(): Promise<void> {
    const log = openSync(`${this.#profileFile}.log`, 'a');
    const env = { ...process.env, GUICHET_PROFILE: this.#profileFile, DATABASE_URL: this.#databaseUrl };
    this.#child = spawn(process.execPath, ['--enable-source-maps', MAIN], { env, stdio: ['ignore', log, log] });
    closeSync(log);
    const child = this.#child;
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`a gateway has ended: ${this.log().slice(-2_000)}`);
      return isReady(this.url);
    });
  }

  /** Resolves when it has ended. */
  async stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  log(): string {
    return readFileSync(`${this.#profileFile}.log`, 'utf8');
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );
