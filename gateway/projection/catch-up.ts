/** Brings the tables to the height of a peer and stops there: what the commands do, which have no gateway to follow blocks for them. */
import type { LinkedBlock, Projector } from './projector.js';

export interface StoredBlocks {
  height(): Promise<number>;
  /** Blocks `from` up to, not including, `to`; all of them must be there. */
  read(from: number, to: number): AsyncIterable<LinkedBlock>;
}

const MAX_BLOCKS = 50;

/** @returns how many blocks are in */
export async function catchUp(projector: Projector, blocks: StoredBlocks): Promise<number> {
  const { next } = await projector.checkpoint();
  const height = await blocks.height();
  let gathered: LinkedBlock[] = [];
  for await (const block of blocks.read(next, height)) {
    gathered.push(block);
    if (gathered.length < MAX_BLOCKS) continue;
    await projector.apply(gathered);
    gathered = [];
  }
  return gathered.length > 0 ? (await projector.apply(gathered)).next : Math.max(next, height);
}
