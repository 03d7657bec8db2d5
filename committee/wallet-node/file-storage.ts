/** A wallet's storage in a file, for Node: command lines and tests. Apart from the wallet, which imports no `node:` module. */
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WalletStorage } from '../wallet/storage.js';

/** Written beside it, synced and renamed, so that a crash leaves the old state or the new one. One process at a time. */
export function fileStorage(path: string): WalletStorage {
  return {
    async load() {
      try {
        return new Uint8Array(await readFile(path));
      } catch (error) {
        // A wallet that has not been used yet.
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async save(sealed) {
      await writeSynced(`${path}.new`, sealed);
      await rename(`${path}.new`, path);
      await sync(dirname(path));
    },
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
