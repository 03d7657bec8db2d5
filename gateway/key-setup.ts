/** An organization's first keys: for creating events, for selling, for attesting that it has seen somebody's document; each only if the organization has the role and no valid key yet. */
import { setTimeout } from 'node:timers/promises';
import type { KeyUse, Role } from '../chaincode/domain/records.js';
import type { GuichetClient } from './client/guichet-client.js';
import { ProblemError } from './client/problem-error.js';
import { nowTimestamp, timestampOf } from './clock.js';

/** Long enough for a season, short enough that rotation is practised. */
const VALID_MS = 2 * 365 * 24 * 60 * 60 * 1000;
/** Peers' clocks may be behind ours. */
const BACKDATED_MS = 60 * 60 * 1000;

const NEEDED: readonly { readonly use: KeyUse; readonly roles: readonly Role[] }[] = [
  { use: 'event', roles: ['organizer'] },
  { use: 'seller', roles: ['organizer', 'reseller'] },
  // Wherever people show their documents: at box offices, and at the door.
  { use: 'attestor', roles: ['organizer', 'reseller', 'venue'] },
];

export interface RegisteredKey {
  readonly use: KeyUse;
  readonly kid: string;
  readonly tx: string;
}

/** @returns the keys that were registered now */
export async function registerKeys(client: GuichetClient, mspId: string): Promise<readonly RegisteredKey[]> {
  const { roles, keys } = await client.organization(mspId);
  const now = nowTimestamp();
  const missing = NEEDED.filter(
    (need) =>
      need.roles.some((role) => roles.includes(role)) &&
      !keys.some(({ use, revoked, notAfter }) => use === need.use && !revoked && now < notAfter),
  );
  const registered: RegisteredKey[] = [];
  for (const { use } of missing) {
    const validity = {
      notBefore: timestampOf(Date.now() - BACKDATED_MS),
      notAfter: timestampOf(Date.now() + VALID_MS),
    };
    const { body } = await client.registerKey(mspId, { use, ...validity });
    registered.push({ use, kid: body.kid, tx: body.tx });
  }
  return registered;
}

const ATTEMPTS = 60;
const PAUSE_MS = 500;

/** Waits until the gateway's own peer knows the organization. @throws {ProblemError} what it answered last */
export async function awaitOrganization(client: GuichetClient, mspId: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.organization(mspId);
      return;
    } catch (error) {
      const early = error instanceof ProblemError && error.code === 'UNKNOWN_ORGANIZATION';
      if (!early || attempt === ATTEMPTS) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}
