/** Files that programs have at work. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ATTEMPTS = 20;

/** Below a folder, however deep. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** What is found in each of them. Where one goes while they are read all are read again: what was in it may stand in another by then. */
export function lookThrough<T>(
  files: () => readonly string[],
  look: (path: string, content: Buffer) => readonly T[],
): readonly T[] {
  for (let attempt = 1; ; attempt += 1)
    try {
      return files().flatMap((path) => look(path, readFileSync(path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === ATTEMPTS) throw error;
    }
}
