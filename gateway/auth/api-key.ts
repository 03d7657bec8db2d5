/** An API key as it is shown once and as it is remembered. `gk_<id>_<secret>`: the prefix lets scanners of leaked secrets find it, the id is no secret. */
import { randomBytes } from 'node:crypto';
import { digestOfSecret, holdsSecret } from './digest.js';
import { isScope, type Scope } from './scopes.js';
import type { ApiKeyRow, SecretRow } from './tables.js';

const ID_BYTES = 8;
const SECRET_BYTES = 32;
export const API_KEY_ID = /^[0-9a-f]{16}$/;
const API_KEY = /^gk_([0-9a-f]{16})_[0-9a-f]{64}$/;

/** As it is remembered: every secret that it was given and that has not passed. Times in milliseconds since 1970. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | undefined;
  /** Whole hours. */
  readonly lastUsedAt: number | undefined;
  /** The newest first; older ones have an end. */
  readonly secrets: readonly SecretRow[];
}

export const newKeyId = (): string => randomBytes(ID_BYTES).toString('hex');
export const newSecretFor = (id: string): string => `gk_${id}_${randomBytes(SECRET_BYTES).toString('hex')}`;

/** @returns undefined for what is no API key at all */
export const idOfApiKey = (text: string): string | undefined => API_KEY.exec(text)?.[1];

/** @param once the request that makes it */
export const secretRow = (secret: string, once?: string): SecretRow => ({
  digest: digestOfSecret(secret),
  ...(once !== undefined && { once: digestOfSecret(`api key rotation ${once}`) }),
});

export function readRow(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    // One that this version does not know any more gives nothing.
    scopes: new Set(row.scopes.split(' ').filter(isScope)),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    secrets: row.secrets,
  };
}

export type Standing = 'holds' | 'is not known' | 'has expired' | 'was revoked' | 'was rotated';

/** Only whoever shows a secret of the key is told what has become of it. */
export function standingOf({ secrets, revokedAt, expiresAt }: ApiKey, shown: string, nowMs: number): Standing {
  // Each is compared, whichever fits, so the time tells nothing.
  const [matched] = secrets.filter(({ digest }) => holdsSecret(digest, shown));
  if (!matched) return 'is not known';
  if (revokedAt !== undefined) return 'was revoked';
  if (nowMs >= expiresAt) return 'has expired';
  return matched.until !== undefined && nowMs >= matched.until ? 'was rotated' : 'holds';
}
