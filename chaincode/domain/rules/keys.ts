/** Organization keys: registered with a validity and revoked by the organization itself, whose own endorsement every later write needs. */
import { z } from 'zod';
import { jwkSchema, thumbprintOf } from '../../crypto/jwk.js';
import { requireAttribute, requireOrganization } from '../authority.js';
import { thumbprint } from '../ids.js';
import { organizationKey, organizationKeysKey, registeredKeyKey } from '../keys.js';
import { KEY_USES, type RegisteredKey } from '../records.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Prepare } from '../rule.js';
import { timestamp } from '../schedule.js';

/** Revoked and expired keys stay for whoever looks, until the record is full; then they go, and the ledger's history keeps them. */
const MAX_KEYS = 64;

const registration = z.strictObject({
  kind: z.literal('keys.register'),
  id,
  use: z.enum(KEY_USES),
  jwk: jwkSchema,
  notBefore: timestamp,
  notAfter: timestamp,
});

export const prepareKeyRegistration: Prepare = (raw, callerMsp) =>
  prepareUnsigned(registration, raw, callerMsp, ({ use, jwk, notBefore, notAfter }) => ({
    reads: [organizationKey(callerMsp)],
    writes: [organizationKeysKey(callerMsp), registeredKeyKey(callerMsp, thumbprintOf(jwk))],
    decide(state, context) {
      requireOrganization(state, callerMsp, ['organizer', 'reseller', 'venue'], 'caller.mspId');
      requireAttribute(context, callerMsp, 'admin');
      require(notBefore < notAfter, 'INVALID_FIELD', { field: 'notAfter', reason: 'is not after notBefore' });
      const keys = state.get(organizationKeysKey(callerMsp))?.keys ?? [];
      const kid = thumbprintOf(jwk);
      require(!state.get(registeredKeyKey(callerMsp, kid)), 'KEY_ALREADY_REGISTERED', { field: 'jwk', kid });
      const live = keys.filter((key) => !key.revoked && context.now < key.notAfter);
      require(live.length < MAX_KEYS, 'TOO_MANY_KEYS', { field: 'jwk', limit: MAX_KEYS });
      const key: RegisteredKey = { kid, use, jwk, notBefore, notAfter, revoked: false };
      state.put(registeredKeyKey(callerMsp, kid), true, { allOf: [callerMsp], oneOf: [] });
      state.put(organizationKeysKey(callerMsp), { keys: [...(keys.length < MAX_KEYS ? keys : live), key] });
      return { result: { kid } };
    },
  }));

const revocation = z.strictObject({ kind: z.literal('keys.revoke'), id, kid: thumbprint });

export const prepareKeyRevocation: Prepare = (raw, callerMsp) =>
  prepareUnsigned(revocation, raw, callerMsp, ({ kid }) => ({
    reads: [],
    writes: [organizationKeysKey(callerMsp)],
    decide(state, context) {
      // A suspended organization too may take a key back: that only takes away.
      requireAttribute(context, callerMsp, 'admin');
      const keys = state.get(organizationKeysKey(callerMsp))?.keys ?? [];
      const known = keys.find((key) => key.kid === kid);
      if (!known) return refuse('UNKNOWN_KEY', { field: 'kid', kid });
      require(!known.revoked, 'KEY_NOT_VALID', { field: 'kid', kid, revoked: true });
      state.put(organizationKeysKey(callerMsp), {
        keys: keys.map((key) => (key.kid === kid ? { ...key, revoked: true } : key)),
      });
      return {};
    },
  }));
