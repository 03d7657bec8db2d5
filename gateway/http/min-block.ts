/**
 * Read-your-writes: `min-block`, as query or header, is the `block` of a receipt. A read waits until its gateway has that block, from its own peer's stream or
 * in the read model, so that what it answers is as of then or later; after a bound it is told to come again.
 */
import { z } from 'zod';
import { GatewayError } from '../errors.js';
import { digits } from './digits.js';
import type { AnyInput, Operation } from './operation.js';
import type { Services } from './services.js';

/** Longer waits are the caller's to repeat. */
const WAIT_MS = 3_000;

const MIN_BLOCK = 'min-block';
const minBlock = digits(z.int().min(0))
  .optional()
  .meta({
    description: `answer when this block is in, as a receipt names it; 503 if it is not within ${WAIT_MS / 1000} seconds`,
  });

/** What such an operation takes besides its own. */
export const minBlockShape = { [MIN_BLOCK]: minBlock };

/**
 * Waits for what the caller wants to be in.
 * @returns the operation's own input
 * @throws {GatewayError} LEDGER_BEHIND, READ_MODEL_BEHIND
 */
export async function asOfBlock<I extends Pick<AnyInput, 'query' | 'headers'>>(
  { asOf }: Pick<Operation, 'asOf'>,
  input: I,
  services: Pick<Services, 'seenHeight' | 'reachHeight' | 'readModel'>,
): Promise<I> {
  if (asOf === undefined) return input;
  const { [MIN_BLOCK]: asked, ...query } = input.query as Asked;
  const block = asked ?? (input.headers as Asked)[MIN_BLOCK];
  if (block === undefined) return input;
  if (asOf === 'read-model') await services.readModel.reach(block, WAIT_MS);
  else await reachLedger(block, services);
  return { ...input, query };
}

interface Asked {
  readonly [MIN_BLOCK]?: number | undefined;
}

async function reachLedger(
  block: number,
  { seenHeight, reachHeight }: Pick<Services, 'seenHeight' | 'reachHeight'>,
): Promise<void> {
  if (block < seenHeight() || (await reachHeight(block + 1, WAIT_MS))) return;
  throw new GatewayError('LEDGER_BEHIND', { field: MIN_BLOCK, block, height: seenHeight() });
}
