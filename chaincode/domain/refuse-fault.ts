/** Faults of the committee's cryptography (crypto/fault.ts) as refusals of the same code. */
import { Fault } from '../crypto/fault.js';
import { REFUSAL_CODES, refuse, type RefusalCode } from './refusal.js';

const isRefusalCode = (code: string): code is RefusalCode => (REFUSAL_CODES as readonly string[]).includes(code);

/** A fault that no input can cause is a defect and goes on. @param field what is judged */
export function refusingFaults<T>(field: string, judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    if (error instanceof Fault && isRefusalCode(error.code))
      return refuse(error.code, { field: `${field}.${error.field}` });
    throw error;
  }
}
