import { NetworkError } from '../../network/network.js';

/** What a command on a network came to: its refusal's code, or `accepted`. Whatever else goes wrong is thrown on. */
export async function networkCodeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof NetworkError) return error.code;
    throw error;
  }
  return 'accepted';
}
