/** The problem that a call is answered with. */
import { ProblemError } from '../../../../gateway/client/problem-error.js';

export async function problemOf(call: Promise<unknown>): Promise<ProblemError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
