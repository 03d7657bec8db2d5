/** How a contract answers: JSON for what was decided, `{code, details}` as the error for what was refused as a whole. */
import { Refusal } from '../domain/refusal.js';

export async function answer(decide: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await decide());
  } catch (error) {
    if (error instanceof Refusal)
      throw new Error(JSON.stringify({ code: error.code, details: error.details }), { cause: error });
    throw error;
  }
}
