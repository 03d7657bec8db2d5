/** The problem document (RFC 9457) as all our interfaces tell it; each has its own closed list of codes. */
import { z } from 'zod';

/** @param field what `field` names there */
export const problemSchemaOf = <const C extends readonly string[]>(codes: C, field: string) =>
  z
    .strictObject({
      type: z.string().meta({ description: 'urn:guichet:problem:<code>' }),
      title: z.string(),
      status: z.int().min(400).max(599),
      code: z.enum(codes),
      detail: z.string(),
      instance: z.string().meta({ description: 'the request id, as in the log' }),
      field: z.string().optional().meta({ description: field }),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    })
    .meta({ id: 'Problem', description: 'RFC 9457' });

/** SEAT_ALREADY_SOLD → Seat already sold */
export function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
