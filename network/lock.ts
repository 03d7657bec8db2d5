/**
 * One command at a time per data directory. The lock is an abstract Unix socket (unix(7)): the kernel gives it to one
 * process and takes it back when that process ends in whatever way, so there is no stale lock.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { NetworkError } from './errors.js';

/** @throws NetworkError LOCKED */
export async function withLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const release = await acquire(resolve(dir));
  try {
    return await work();
  } finally {
    await release();
  }
}

function acquire(dir: string): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 32);
  const socket = createServer().unref();
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const message = `another command is working on ${dir}: wait until it has ended`;
      reject(error.code === 'EADDRINUSE' ? new NetworkError('LOCKED', message, { cause: error }) : error);
    });
    socket.listen(`\0guichet-network-${name}`, () => resolve(() => new Promise((done) => socket.close(() => done()))));
  });
}
