/** What the consortium takes for a person's identity, as its profile says it (committee/identity/README.md weighs the schemes). Every attestor, wallet and gate needs the same. */
import { z } from 'zod';
import type { IdentityPolicy } from '../../committee/identity/index.js';

const accepted = z
  .record(z.string().regex(/^(?:\*|[A-Z]{1,3})$/, { error: 'is no issuing state' }), z.array(z.string().min(1).max(2)))
  .meta({ description: 'by issuing state the codes of the one accepted type of document; `*` for all others' });
const common = {
  acceptExpired: z.boolean().optional(),
  acceptSpecimens: z.boolean().optional().meta({ description: 'of Utopia: for demonstrations only' }),
};

export const identityPolicySchema = z.discriminatedUnion('scheme', [
  z.strictObject({ scheme: z.literal('personal-number'), otherwise: accepted.optional(), ...common }),
  z.strictObject({ scheme: z.literal('document'), accepted, ...common }),
  z.strictObject({ scheme: z.literal('name-birth-nationality'), ...common }),
]);

/** Where nobody has decided: only what is surely a person, and no document that anybody can print. */
export const STRICTEST = { scheme: 'personal-number' } as const;

/** A member that is absent is not there. */
export const identityPolicyOf = (policy: z.output<typeof identityPolicySchema>): IdentityPolicy =>
  JSON.parse(JSON.stringify(policy)) as IdentityPolicy;
