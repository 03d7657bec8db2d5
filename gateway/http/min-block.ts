/**
 * Read-your-writes: `min-block`, as query or header, is the `block` of a receipt. A read waits until its gateway has that block, from its own peer's stream or
 * in the read model, so that what it answers is as of then or later; after a bound it is told to come again. Who waits keeps no other read from being answered,
 * and for a block that nobody can have a receipt of nobody waits.
 */
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { digits } from './digits.js';
import type { Aside } from './middleware/shed-reads.js';
import type { AnyInput, AsOf, Operation } from './operation.js';
import type { Services } from './services.js';

/** Longer waits are the caller's to repeat. */
const WAIT_MS = 3_000;
/** So many blocks another gateway may have seen before this one. */
const MAX_AHEAD_BLOCKS = 100;

const MIN_BLOCK = 'min-block';
const minBlock = digits(z.int().min(0))
  .optional()
  .meta({
    description: `answer when this block is in, as a receipt names it; 503 if it is not within ${WAIT_MS / 1000} seconds`,
  });

/** What such an operation takes besides its own. */
export const minBlockShape = { [MIN_BLOCK]: minBlock };

/**
 * Waits beside the other reads for what the caller wants to be in.
 * @returns the operation's own input
 * @throws {GatewayError} LEDGER_BEHIND, READ_MODEL_BEHIND; OVERLOADED where too many wait
 */
export async function asOfBlock<I extends Pick<AnyInput, 'query' | 'headers' | 'aside'>>(
  { asOf }: Pick<Operation, 'asOf'>,
  input: I,
  services: Heights,
): Promise<I> {
  if (asOf === undefined) return input;
  const { [MIN_BLOCK]: asked, ...query } = input.query as Asked;
  const block = asked ?? (input.headers as Asked)[MIN_BLOCK];
  if (block === undefined) return input;
  await reachBlock(asOf, block, services, input.aside);
  return { ...input, query };
}

type Heights = Pick<Services, 'seenHeight' | 'reachHeight' | 'readModel'>;

interface Asked {
  readonly [MIN_BLOCK]?: number | undefined;
}

async function reachBlock(asOf: AsOf, block: number, services: Heights, aside: Aside): Promise<void> {
  const { seenHeight, reachHeight, readModel } = services;
  const isOfTables = asOf === 'read-model';
  const height = isOfTables ? readModel.height : seenHeight();
  if (block < height) return;
  const behind = () =>
    isOfTables
      ? new GatewayError('READ_MODEL_BEHIND', { field: MIN_BLOCK, block, height: readModel.height })
      : new GatewayError('LEDGER_BEHIND', { field: MIN_BLOCK, block, height: seenHeight() });
  if (block > Math.max(height, seenHeight()) + MAX_AHEAD_BLOCKS) throw behind();
  await aside(async () => {
    if (isOfTables) await readModel.reach(block, WAIT_MS);
    else if (!(await reachHeight(block + 1, WAIT_MS))) throw behind();
  });
}
