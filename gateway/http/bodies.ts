/**
 * Bodies that come in more than one form: a statement that was signed elsewhere or what is to be signed, one or many. The form is chosen by what
 * was sent, so that a complaint names the member at fault; of a union zod says only that nothing fits.
 */
import { z } from 'zod';
import { parseWith } from '../../chaincode/domain/parse.js';
import { compactJws } from './schemas.js';

const signed = z.strictObject({ statement: compactJws });

/** Either `{statement}` or the members of which the gateway makes one. */
export const statementOr = <T extends z.ZodObject>(made: T) => z.union([made, signed]);

/** @throws {Refusal} INVALID_FIELD or UNKNOWN_FIELD, naming the member below `field` */
export function parseBody(schema: z.ZodType, body: unknown, field = ''): unknown {
  const form = formOf(schema, body);
  if (form instanceof z.ZodArray && Array.isArray(body)) {
    const each = form.element as z.ZodType;
    for (const [index, item] of body.entries()) parseBody(each, item, `${field}[${index}]`);
  }
  return parseWith(form, body, field);
}

function formOf(schema: z.ZodType, body: unknown): z.ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const forms = (schema.options as readonly z.ZodType[]).map((option) => formOf(option, body));
  return forms.find((form) => isMeant(form, body)) ?? forms[0] ?? schema;
}

function isMeant(form: z.ZodType, body: unknown): boolean {
  if (form instanceof z.ZodArray) return Array.isArray(body);
  if (Array.isArray(body) || typeof body !== 'object' || body === null) return false;
  return form instanceof z.ZodObject && 'statement' in form.shape === 'statement' in body;
}
