/** The code with which the network's own commands refuse; `accepted` where they don't. */
import { NetworkError } from '../../../network/errors.js';

export function networkCodeOf(work: () => Promise<unknown>): Promise<string>;
export function networkCodeOf(work: () => unknown): string;
export function networkCodeOf(work: () => unknown): string | Promise<string> {
  try {
    const result = work();
    return result instanceof Promise ? result.then(() => 'accepted', codeIn) : 'accepted';
  } catch (error) {
    return codeIn(error);
  }
}

function codeIn(error: unknown): string {
  if (error instanceof NetworkError) return error.code;
  throw error;
}
