/**
 * One process at a time has a PGlite directory: two would destroy it. The lock is an abstract Unix socket (unix(7)): the kernel gives it to one
 * process and takes it back when that process ends in whatever way, so there is no stale lock.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

export class DatabaseInUse extends Error {
  override readonly name = 'DatabaseInUse';

  constructor(readonly directory: string) {
    super(
      `another process has the database in ${directory}: stop that gateway first, or use PostgreSQL (DATABASE_URL)`,
    );
  }
}

/** @returns what gives it back @throws {DatabaseInUse} */
export function holdAlone(directory: string): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 32);
  const socket = createServer().unref();
  return new Promise((taken, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new DatabaseInUse(directory) : error),
    );
    socket.listen(`\0guichet-database-${name}`, () => taken(() => new Promise((done) => socket.close(() => done()))));
  });
}
