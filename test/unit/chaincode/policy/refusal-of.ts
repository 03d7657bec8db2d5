/** What a rule refuses with. */
import { Refusal } from '../../../../chaincode/domain/refusal.js';

/** @returns code and details; undefined where nothing was refused */
export function refusalOf(rule: () => unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    rule();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, ...error.details };
    throw error;
  }
}
