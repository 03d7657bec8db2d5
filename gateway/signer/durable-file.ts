/** Files that survive a crash whole: written beside, synchronised, then renamed into place. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes with mode 0600. After it returns, the file is on disk with its old or its new content, never in between. */
export async function writeDurably(file: string, content: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncDirectory(dirname(file));
}

/** A rename is durable only once its directory is. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
