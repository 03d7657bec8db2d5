/** Outside programs: running one to its end. */
import { spawn } from 'node:child_process';
import { NetworkError } from './errors.js';

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
