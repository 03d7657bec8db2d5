/** What the environment says of credentials and limits; `config.ts` reads it. */
import { z } from 'zod';
import { ConfigError } from '../../committee/service/configuration.js';
import type { RateLimitsConfig } from '../limits/rate-limits.js';
import type { OidcConfig } from './oidc.js';
import { SCOPE_NAMES } from './scopes.js';

/** Signatures by the issuer's private key: with a secret that both know, whoever verifies could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;
const LOOPBACK = /^(localhost|127(\.[0-9]+){3}|\[::1\])$/;

const perMinute = z.coerce.number().int().min(1).max(100_000_000);
const isPrivate = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || LOOPBACK.test(hostname);
};
const algorithms = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(ALGORITHMS)).min(1));
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});

export const authEnvironment = {
  GUICHET_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'is not a URL' })
    .refine(isPrivate, { error: 'must be https, unless it is on this machine' })
    .optional(),
  GUICHET_OIDC_AUDIENCE: z.string().min(1).optional(),
  GUICHET_OIDC_ALGORITHMS: algorithms.default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  GUICHET_OIDC_SCOPE_PREFIX: z.string().default('guichet:'),
  GUICHET_OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  GUICHET_OIDC_ROLES: json.pipe(z.record(z.string(), z.array(z.enum(SCOPE_NAMES)))).default({}),
  GUICHET_OIDC_CLOCK_SKEW: z.coerce.number().int().min(0).max(300).default(30),
  GUICHET_ADDRESS_LIMIT: perMinute.default(12_000),
  GUICHET_CLIENT_LIMIT: perMinute.default(120_000),
  GUICHET_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
} as const;

export interface AuthConfig {
  /** undefined where no provider is configured */
  readonly oidc: OidcConfig | undefined;
  readonly limits: RateLimitsConfig;
  /** Proxies before the gateway that are believed. */
  readonly proxies: number;
}

type Found = z.infer<z.ZodObject<typeof authEnvironment>>;

/** @throws {ConfigError} */
export function authConfigOf(found: Found): AuthConfig {
  const limits = { perAddress: found.GUICHET_ADDRESS_LIMIT, perClient: found.GUICHET_CLIENT_LIMIT };
  return { oidc: oidcOf(found), limits, proxies: found.GUICHET_PROXIES };
}

function oidcOf(found: Found): OidcConfig | undefined {
  const { GUICHET_OIDC_ISSUER: issuer, GUICHET_OIDC_AUDIENCE: audience } = found;
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined) throw new ConfigError(['GUICHET_OIDC_ISSUER is not set: GUICHET_OIDC_AUDIENCE needs it']);
  if (audience === undefined)
    throw new ConfigError(['GUICHET_OIDC_AUDIENCE is not set: tokens for others would be taken']);
  return {
    issuer,
    audience,
    algorithms: found.GUICHET_OIDC_ALGORITHMS,
    scopePrefix: found.GUICHET_OIDC_SCOPE_PREFIX,
    rolesClaim: found.GUICHET_OIDC_ROLES_CLAIM,
    roles: found.GUICHET_OIDC_ROLES,
    clockSkewSeconds: found.GUICHET_OIDC_CLOCK_SKEW,
  };
}
