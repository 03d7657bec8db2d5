/**
 * One process at a time has a PGlite directory: two would destroy it. The lock is an abstract Unix socket (unix(7)): the kernel gives it to one
 * process and takes it back when that process ends in whatever way, so there is no stale lock. It is known by its real path, whatever links lead there;
 * the kernel keeps such sockets apart by network namespace, so containers must not share a directory.
 */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';

export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';

  constructor(readonly directory: string) {
    super(
      `another process has the database in ${directory}: stop that gateway first, or use PostgreSQL (DATABASE_URL)`,
    );
  }
}

/** @returns what gives it back @throws {DatabaseInUse} */
export async function holdAlone(directory: string): Promise<() => Promise<void>> {
  const name = createHash('sha256')
    .update(await realPathOf(resolve(directory)))
    .digest('hex')
    .slice(0, 32);
  const socket = createServer().unref();
  return new Promise((taken, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new DatabaseInUse(directory) : error),
    );
    socket.listen(`\0guichet-database-${name}`, () => taken(() => new Promise((done) => socket.close(() => done()))));
  });
}

/** Of one that may not be there yet: that of the directories above it. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return join(await realPathOf(dirname(path)), basename(path));
  }
}
