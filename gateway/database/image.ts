/**
 * A database as initdb leaves it, made once for an installation and copied from then on: to make one takes seconds of computing, to copy it next to
 * nothing, and a network starts eight at once. A copy gets its name when it is whole, so that a process which dies meanwhile leaves no half database.
 */
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { DatabaseInUse, holdAlone } from './hold-alone.js';

/** Another process that makes it needs some seconds, on a busy machine more. */
const PAUSE_MS = 50;
const MAX_PAUSES = 2_400;
/** Form of what is in the folder. */
const FORM = 1;

const PACKAGE = new URL('../', import.meta.resolve('@electric-sql/pglite'));

/** @throws {Error} of the file system */
export async function copyImage(directory: string): Promise<void> {
  const image = await ready();
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(directory), { recursive: true });
  await cp(join(image, 'data'), partial, { recursive: true });
  await rm(directory, { recursive: true, force: true });
  await rename(partial, directory);
}

export async function imageInMemory(): Promise<Blob> {
  return new Blob([await readFile(join(await ready(), 'image.tar'))]);
}

/** @returns its folder, beside the package that it is of */
async function ready(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8')) as { version: string };
  const image = fileURLToPath(new URL(`../../.cache/guichet/pglite-${version}-${FORM}`, PACKAGE));
  for (let pauses = 0; !existsSync(image); pauses += 1) {
    if (pauses === MAX_PAUSES) throw new Error(`another process makes ${image} and does not come to an end`);
    if (!(await made(image))) await sleep(PAUSE_MS);
  }
  return image;
}

/** @returns false if somebody else makes it now */
async function made(image: string): Promise<boolean> {
  let release: () => Promise<void>;
  try {
    release = await holdAlone(image);
  } catch (error) {
    if (error instanceof DatabaseInUse) return false;
    throw error;
  }
  try {
    if (!existsSync(image)) await make(image);
    return true;
  } finally {
    await release();
  }
}

async function make(image: string): Promise<void> {
  const partial = `${image}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const db = await PGlite.create(join(partial, 'data'));
  const tar = await db.dumpDataDir('none');
  await db.close();
  await writeFile(join(partial, 'image.tar'), new Uint8Array(await tar.arrayBuffer()));
  await rename(partial, image);
}
