/** Which nodes kept a wallet or a gate from what it wanted. */
import { ClientError, type NodeFailure } from '../../committee/client/index.js';

/** @returns nothing where it did not fail for want of nodes */
export async function nodeFailuresOf(work: Promise<unknown>): Promise<readonly NodeFailure[]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ClientError && error.code === 'NODES_TOO_FEW') return error.failures;
    throw error;
  }
  return [];
}
