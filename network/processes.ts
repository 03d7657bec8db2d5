/**
 * Processes: detached daemons, each with a record that names it beyond doubt. A pid alone may be anybody's by the time
 * we read it again, so the record also holds the boot and the moment at which the process started (proc(5)).
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { readJson, writeJson, type DataDirectory } from './data-directory.js';
import { NetworkError } from './errors.js';

export interface ProcessSpec {
  readonly name: string;
  /** Applications are stopped before the Fabric processes that they use. */
  readonly group: 'fabric' | 'application';
  /** Program and arguments; `node` means the Node that runs this. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it will listen on. */
  readonly ports: readonly number[];
  readonly host: string;
}

const recordSchema = z.object({
  pid: z.int().min(2),
  /** See birthOf. */
  born: z.string(),
  group: z.enum(['fabric', 'application']),
  command: z.array(z.string()),
  ports: z.array(z.int()),
});
export type ProcessRecord = z.output<typeof recordSchema>;

const TERMINATE_MS = 10_000;
const LOG_LINES = 12;

/** The boot and the clock tick at which a process started, or undefined if there is none (a zombie counts as none). */
export function birthOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // gone, between any two looks
  }
  // The second field is the program's name in parentheses and may hold anything: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state === 'Z' || state === 'X' ? undefined : `${bootId()}:${startTicks ?? ''}`;
}

const bootId = (): string => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

/** The processes of one data directory. */
export class ProcessTable {
  readonly #directory: DataDirectory;

  constructor(directory: DataDirectory) {
    this.#directory = directory;
  }

  /** The record of a process that is running, else undefined. */
  running(name: string): ProcessRecord | undefined {
    const record = this.record(name);
    return record && birthOf(record.pid) === record.born ? record : undefined;
  }

  record(name: string): ProcessRecord | undefined {
    const json = readJson(this.#recordFile(name));
    return json === undefined ? undefined : recordSchema.parse(json);
  }

  /** Names of everything that was started and not stopped, running or dead. */
  names(): string[] {
    if (!existsSync(this.#directory.runDir)) return [];
    const files = readdirSync(this.#directory.runDir).filter((file) => file.endsWith('.json'));
    return files.map((file) => file.slice(0, -'.json'.length)).sort();
  }

  /** Starts a process unless it runs. Synchronous, so that no signal comes between the start and its record. */
  start(spec: ProcessSpec): ProcessRecord {
    const running = this.running(spec.name);
    if (running) return running;
    const [program = '', ...args] = spec.command;
    mkdirSync(this.#directory.logsDir, { recursive: true });
    const log = openSync(this.#directory.logFile(spec.name), 'a', 0o640);
    const child = spawn(program === 'node' ? process.execPath : program, args, {
      cwd: spec.cwd,
      env: { ...inherited(), ...spec.env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    // A failed spawn shows as a missing pid below; without a listener the event would end this process.
    child.on('error', () => undefined);
    child.unref();
    const born = child.pid === undefined ? undefined : birthOf(child.pid);
    if (child.pid === undefined || born === undefined) throw this.#died(spec.name);
    const record: ProcessRecord = {
      pid: child.pid,
      born,
      group: spec.group,
      command: [...spec.command],
      ports: [...spec.ports],
    };
    writeJson(this.#recordFile(spec.name), record);
    return record;
  }

  /** @throws NetworkError PROCESS_DIED with the end of its log */
  assertRunning(name: string): void {
    if (!this.running(name)) throw this.#died(name);
  }

  /** Asks a process to end, and after ten seconds makes it. */
  async stop(name: string): Promise<void> {
    const record = this.running(name);
    if (record) {
      signal(record, 'SIGTERM');
      await this.#ended(name, TERMINATE_MS);
      const stubborn = this.running(name);
      if (stubborn) signal(stubborn, 'SIGKILL');
      await this.#ended(name, TERMINATE_MS);
    }
    if (!this.running(name)) rmSync(this.#recordFile(name), { force: true });
  }

  /** The last lines of a process's log. */
  logTail(name: string, lines = LOG_LINES): string[] {
    const file = this.#directory.logFile(name);
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines) : [];
  }

  async #ended(name: string, timeoutMs: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < timeoutMs && this.running(name); waitedMs += 20) await sleep(20);
  }

  #died(name: string): NetworkError {
    const message = `${name} has ended; see ${this.#directory.logFile(name)}`;
    return new NetworkError('PROCESS_DIED', message, { logLines: this.logTail(name) });
  }

  #recordFile(name: string): string {
    return join(this.#directory.runDir, `${name}.json`);
  }
}

function signal({ pid }: ProcessRecord, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The environment of this shell without settings of other Fabric installations, which would override ours. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CORE|ORDERER|FABRIC)_/.test(name)));
}
