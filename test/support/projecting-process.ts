/**
 * A process that does nothing but project: blocks out of a file into a database, a few at a time, and tells its parent how far it is. Meant to be
 * killed. `node projecting-process.js <place as JSON> <file>`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Place } from '../../gateway/database/database.js';
import { openTables } from '../../gateway/projection/open-tables.js';
import type { LinkedBlock } from '../../gateway/projection/projector.js';
import { aProjector } from './read-model.js';

const AT_ONCE = 2;

export function writeBlocks(file: string, blocks: readonly LinkedBlock[]): void {
  const bytes = (_: string, value: unknown): unknown =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
  const plain = blocks.map((block) => ({
    ...block,
    transactions: block.transactions.map((each) => ({
      ...each,
      writes: each.writes.map(({ key, value }) => ({ key, value: Uint8Array.from(value) })),
    })),
  }));
  writeFileSync(file, JSON.stringify(plain, bytes));
}

function readBlocks(file: string): readonly LinkedBlock[] {
  const bytes = (_: string, value: unknown): unknown => {
    const { base64 } = (value ?? {}) as { base64?: unknown };
    return typeof base64 === 'string' ? Buffer.from(base64, 'base64') : value;
  };
  return JSON.parse(readFileSync(file, 'utf8'), bytes) as readonly LinkedBlock[];
}

async function project(place: Place, file: string): Promise<void> {
  const blocks = readBlocks(file);
  const db = await openTables(place, () => undefined);
  const projector = aProjector(db);
  let { next } = await projector.checkpoint();
  process.send?.(next);
  while (next < blocks.length) {
    // One that is in already comes again, as it does after a feed breaks.
    ({ next } = await projector.apply(blocks.slice(Math.max(0, next - 1), next + AT_ONCE)));
    process.send?.(next);
  }
  await db.destroy();
  process.disconnect();
}

const [, script, place, file] = process.argv;
if (script === fileURLToPath(import.meta.url)) await project(JSON.parse(place!) as Place, file!);
