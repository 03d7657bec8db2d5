/** Gate devices: registered for one event by its venue, valid until a time, revocable. */
import { z } from 'zod';
import { jwkSchema, thumbprintOf } from '../../crypto/jwk.js';
import { requireCaller, requireEvent, requireOrganization } from '../authority.js';
import { eventId, slugId } from '../ids.js';
import { deviceKey, eventKey, organizationKey } from '../keys.js';
import { refuse, require } from '../refusal.js';
import { id, prepareUnsigned, type Context, type Prepare } from '../rule.js';
import { timestamp } from '../schedule.js';
import type { State } from '../state.js';

const registration = z.strictObject({
  kind: z.literal('device.register'),
  id,
  event: eventId,
  device: slugId,
  jwk: jwkSchema,
  notAfter: timestamp,
});

export const prepareDeviceRegistration: Prepare = (raw, callerMsp) =>
  prepareUnsigned(registration, raw, callerMsp, ({ event, device, jwk, notAfter }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: [deviceKey(event, device)],
    decide(state, context) {
      requireVenue(state, event, context);
      require(!state.get(deviceKey(event, device)), 'DEVICE_EXISTS', { field: 'device', device });
      require(context.now < notAfter, 'INVALID_FIELD', { field: 'notAfter', reason: 'has passed' });
      const kid = thumbprintOf(jwk);
      state.put(deviceKey(event, device), { kid, jwk, notAfter, revoked: false });
      return { result: { kid } };
    },
  }));

const revocation = z.strictObject({ kind: z.literal('device.revoke'), id, event: eventId, device: slugId });

export const prepareDeviceRevocation: Prepare = (raw, callerMsp) =>
  prepareUnsigned(revocation, raw, callerMsp, ({ event, device }) => ({
    reads: [eventKey(event), organizationKey(callerMsp)],
    writes: [deviceKey(event, device)],
    decide(state, context) {
      requireVenue(state, event, context);
      const record = state.get(deviceKey(event, device));
      if (!record) return refuse('UNKNOWN_DEVICE', { field: 'device', device });
      require(!record.revoked, 'DEVICE_NOT_VALID', { field: 'device', device, revoked: true });
      state.put(deviceKey(event, device), { ...record, revoked: true });
      return {};
    },
  }));

function requireVenue(state: State, event: string, context: Context): void {
  const { venue } = requireEvent(state, event);
  requireCaller(state, context, venue, 'gate');
  requireOrganization(state, venue, ['venue'], 'caller.mspId');
}
