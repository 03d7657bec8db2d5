/** What every statement that a node is shown must satisfy, and the keys of those who sign them. */
import type { PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { OffLedgerName, OffLedgerStatement } from './off-ledger.js';
import { deviceKey, eventKey, organizationKey, organizationKeysKey } from '../../chaincode/domain/keys.js';
import type { EventRecord } from '../../chaincode/domain/records.js';
import { timestampAt } from '../clock.js';
import { decline, demand } from '../errors.js';
import type { Arithmetic, NodeServices } from './services.js';

type Services = Pick<NodeServices, 'channel' | 'records' | 'now' | 'verifySignature'>;

/** For this channel, and not over. */
export function requireTimely(
  { payload, field }: OffLedgerStatement<OffLedgerName>,
  { channel, now }: Pick<Services, 'channel' | 'now'>,
): void {
  demand(payload.channel === channel, 'WRONG_CHANNEL', { field: `${field}.channel` });
  demand(payload.exp * 1000 > now(), 'STATEMENT_EXPIRED', { field: `${field}.exp` });
}

export function requireSignature(
  { jws, field }: OffLedgerStatement<OffLedgerName>,
  jwk: PublicJwk,
  { verifySignature }: Pick<Arithmetic, 'verifySignature'>,
): void {
  demand(verifySignature(jws, jwk), 'SIGNATURE_INVALID', { field });
}

/** Signed by a key that an active organization has registered for attestors. */
export async function requireAttestor(statement: OffLedgerStatement<'handle'>, services: Services): Promise<void> {
  const { payload, signer, field } = statement;
  const at = `${field}.attestor`;
  const [organization, registered] = await Promise.all([
    services.records.read(organizationKey(payload.attestor)),
    services.records.read(organizationKeysKey(payload.attestor)),
  ]);
  if (!organization) return decline('UNKNOWN_ORGANIZATION', { field: at });
  demand(organization.status === 'active', 'ORGANIZATION_NOT_ACTIVE', { field: at });
  const key = registered?.keys.find(({ kid }) => kid === signer);
  if (key?.use !== 'attestor') return decline('UNKNOWN_KEY', { field: `${field}.header.kid` });
  const now = timestampAt(services.now());
  const valid = !key.revoked && key.notBefore <= now && now < key.notAfter;
  demand(valid, 'KEY_NOT_VALID', { field: `${field}.header.kid` });
  requireSignature(statement, key.jwk, services);
}

/** Signed by a device that the venue has registered for this event's gates. */
export async function requireDevice(statement: OffLedgerStatement<'gate-check'>, services: Services): Promise<void> {
  const { payload, signer, field } = statement;
  const device = await services.records.read(deviceKey(payload.event, payload.device));
  if (!device) return decline('UNKNOWN_DEVICE', { field: `${field}.device` });
  demand(device.kid === signer, 'UNKNOWN_KEY', { field: `${field}.header.kid` });
  const valid = !device.revoked && timestampAt(services.now()) < device.notAfter;
  demand(valid, 'DEVICE_NOT_VALID', { field: `${field}.device` });
  requireSignature(statement, device.jwk, services);
}

export async function requireEvent(event: string, { records }: Pick<Services, 'records'>): Promise<EventRecord> {
  return (await records.read(eventKey(event))) ?? decline('UNKNOWN_EVENT', { field: 'event' });
}
