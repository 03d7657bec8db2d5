/** Files that survive a crash whole: written beside, synchronised, renamed into place, and the directory synchronised. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The steps by which a file becomes durable. A test lets each of them be the last one before a crash. */
export interface FileSteps {
  /** Writes a new file with mode 0600 and synchronises it. */
  write(file: string, content: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(file: string): Promise<void>;
  /** A rename or removal is durable only once its directory is. */
  syncDirectory(directory: string): Promise<void>;
}

export const fileSteps: FileSteps = {
  async write(file, content) {
    const handle = await open(file, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  rename,
  remove: (file) => rm(file, { force: true }),
  async syncDirectory(directory) {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

/** What a crash may leave behind; see `writeDurably`. */
export const DRAFT = '.new';

/** After it returns, the file is on disk with its new content; until then with its old, never in between. */
export async function writeDurably(file: string, content: string, steps: FileSteps = fileSteps): Promise<void> {
  await steps.write(`${file}${DRAFT}`, content);
  await steps.rename(`${file}${DRAFT}`, file);
  await steps.syncDirectory(dirname(file));
}

export async function removeDurably(file: string, steps: FileSteps = fileSteps): Promise<void> {
  await steps.remove(file);
  await steps.syncDirectory(dirname(file));
}
