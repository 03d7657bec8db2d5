/**
 * One command at a time per directory. The lock is an abstract Unix socket (unix(7)): the kernel gives it to one
 * process and takes it back when that process ends in whatever way, so there is no stale lock.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from './errors.js';

/** @throws NetworkError LOCKED */
export async function withLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const release = await acquire(resolve(dir));
  if (!release) throw new NetworkError('LOCKED', `another command is working on ${dir}: wait until it has ended`);
  return releasing(release, work);
}

const LOOK_AGAIN_MS = 200;

/** The same for work whose end others wait for, without a limit. */
export async function inTurn<T>(dir: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const release = await acquire(resolve(dir));
    if (release) return releasing(release, work);
    await sleep(LOOK_AGAIN_MS);
  }
}

type Release = () => Promise<void>;

async function releasing<T>(release: Release, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await release();
  }
}

/** @returns undefined where another has it */
function acquire(dir: string): Promise<Release | undefined> {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 32);
  const socket = createServer().unref();
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    socket.listen(`\0guichet-network-${name}`, () => resolve(() => new Promise((done) => socket.close(() => done()))));
  });
}
