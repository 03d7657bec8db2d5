/** Integers in paths and queries. */
import { z } from 'zod';

const DIGITS = /^[0-9]{1,16}$/;

/** Decimal digits and nothing else: `Number` alone would take `0x1`, `1e1` and the empty text. @param bounds what the number must be */
export const digits = (bounds: z.ZodNumber) =>
  z.preprocess((text) => (typeof text === 'string' && DIGITS.test(text) ? Number(text) : text), bounds);
