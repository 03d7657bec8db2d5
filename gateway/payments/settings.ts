/** Who moves the money, as the environment says. */
import { z } from 'zod';
import { ConfigError } from '../../committee/service/configuration.js';

export const paymentEnvironment = {
  GUICHET_PAYMENTS: z.enum(['test', 'stripe', 'off']).default('test'),
  /** A file, so that no list of processes shows what stands in it. */
  STRIPE_SECRET_KEY_FILE: z.string().min(1).optional(),
  STRIPE_API_BASE: z.url({ protocol: /^https?$/ }).optional(),
} as const;

export type PaymentSettings =
  | { readonly provider: 'test' | 'off' }
  | { readonly provider: 'stripe'; readonly secretKey: string; readonly apiBase?: string | undefined };

const secretKeySchema = z
  .string()
  .regex(/^(sk|rk)_(test|live)_\w+$/, { error: 'is not a secret key of Stripe, like sk_live_…' });

/** @throws {ConfigError} */
export function paymentSettings(
  found: z.output<z.ZodObject<typeof paymentEnvironment>>,
  readText: (path: string) => string,
): PaymentSettings {
  const { GUICHET_PAYMENTS: provider, STRIPE_SECRET_KEY_FILE: file, STRIPE_API_BASE: apiBase } = found;
  if (provider !== 'stripe') return { provider };
  if (file === undefined) throw new ConfigError(['STRIPE_SECRET_KEY_FILE is not set, and GUICHET_PAYMENTS is stripe']);
  const parsed = secretKeySchema.safeParse(readText(file).trim());
  if (!parsed.success) throw new ConfigError([`${file}: ${parsed.error.issues[0]?.message ?? ''}`]);
  return { provider, secretKey: parsed.data, apiBase };
}
