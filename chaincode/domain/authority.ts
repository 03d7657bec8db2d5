/** Who may: organizations, their roles and keys, the caller's attributes, and what every signed statement must satisfy. */
import { thumbprintOf } from '../crypto/jwk.js';
import { EVER, windowOf, type Gate } from './gates.js';
import { eventKey, gateKey, organizationKey, organizationKeysKey } from './keys.js';
import type { EventRecord, KeyUse, OrganizationRecord, Role } from './records.js';
import { refuse, require, type RefusalCode } from './refusal.js';
import type { Context } from './rule.js';
import {
  eventIn,
  holderIn,
  requireSignature,
  type HolderStatementName,
  type Statement,
  type StatementName,
} from './statements.js';
import type { State } from './state.js';

/** @param field what named the organization */
export function requireOrganization(
  state: State,
  msp: string,
  roles: readonly Role[],
  field: string,
): OrganizationRecord {
  const organization = state.get(organizationKey(msp));
  if (!organization) return refuse('UNKNOWN_ORGANIZATION', { field, organization: msp });
  require(organization.status === 'active', 'ORGANIZATION_NOT_ACTIVE', { field, organization: msp });
  const fits = roles.length === 0 || roles.some((role) => organization.roles.includes(role));
  require(fits, 'ROLE_MISSING', { field, organization: msp, role: roles.join(' or ') });
  return organization;
}

/** The caller must belong to `msp`, which is in good standing, and have one of the attributes. */
export function requireCaller(state: State, context: Context, msp: string, ...attributes: readonly string[]): void {
  requireAttribute(context, msp, ...attributes);
  requireOrganization(state, msp, [], 'caller.mspId');
}

/** The caller must belong to `msp`, suspended or not, and have one of the attributes. */
export function requireAttribute(context: Context, msp: string, ...attributes: readonly string[]): void {
  require(context.caller.mspId === msp, 'NOT_AUTHORISED', { field: 'caller.mspId', expected: msp });
  const has = attributes.some((attribute) => context.caller.attributes.has(attribute));
  require(has, 'NOT_AUTHORISED', { field: 'caller.attributes', expected: attributes.join(' or ') });
}

/** Channel, event and expiry: what every signed statement names. @param event undefined for one that concerns the consortium */
export function requireCurrent(statement: Statement<StatementName>, event: string | undefined, context: Context): void {
  const { payload, field } = statement;
  require(payload.channel === context.channel, 'WRONG_CHANNEL', {
    field: `${field}.channel`,
    expected: context.channel,
  });
  require(eventIn(payload) === event, 'WRONG_EVENT', { field: `${field}.event`, expected: event ?? '' });
  require(context.nowSeconds < payload.exp, 'STATEMENT_EXPIRED', { field: `${field}.exp`, now: context.nowSeconds });
}

/** The statement must be signed by a key that `msp` registered for this use and that is valid now. */
export function requireOrganizationSignature(
  state: State,
  statement: Statement<StatementName>,
  msp: string,
  use: KeyUse,
  now: string,
): void {
  const field = `${statement.field}.header.kid`;
  const key = state.get(organizationKeysKey(msp))?.keys.find(({ kid }) => kid === statement.signer);
  if (key?.use !== use) return refuse('UNKNOWN_KEY', { field, organization: msp, use });
  const valid = !key.revoked && key.notBefore <= now && now < key.notAfter;
  require(valid, 'KEY_NOT_VALID', { field, revoked: key.revoked, notBefore: key.notBefore, notAfter: key.notAfter });
  requireSignature(statement, key.jwk);
}

/** The statement must be signed by the key that it carries. @returns that key's thumbprint */
export function requireCarriedKey(statement: Statement<StatementName>): string {
  if (!statement.jwk) return refuse('MALFORMED_STATEMENT', { field: statement.field });
  requireSignature(statement, statement.jwk);
  return statement.signer;
}

/**
 * The statement must be signed by the holder's key that it carries.
 * @returns the holder. Whether the key is that of the credential it names, the ledger's records say (holders.ts).
 */
export function requireHolderSignature(statement: Statement<HolderStatementName>): string {
  requireCarriedKey(statement);
  return holderIn(statement);
}

/** The statement must be signed by the event's own key. */
export function requireEventSignature(statement: Statement<StatementName>, event: EventRecord): void {
  const field = `${statement.field}.header.kid`;
  require(statement.signer === thumbprintOf(event.eventKey), 'UNKNOWN_KEY', { field, event: event.event });
  requireSignature(statement, event.eventKey);
}

/** The event must exist; it may be cancelled. */
export function findEvent(state: State, id: string): EventRecord {
  return state.get(eventKey(id)) ?? refuse('UNKNOWN_EVENT', { field: 'event', event: id });
}

/** The event must exist and not be cancelled. */
export function requireEvent(state: State, id: string): EventRecord {
  const event = findEvent(state, id);
  require(event.state !== 'cancelled', 'EVENT_CANCELLED', { field: 'event', event: id });
  return event;
}

const NOT_OPEN: Readonly<Record<Gate, RefusalCode>> = {
  sales: 'SALES_NOT_OPEN',
  resale: 'RESALE_NOT_OPEN',
  transfers: 'TRANSFERS_NOT_OPEN',
  returns: 'RETURNS_NOT_OPEN',
  refunds: 'REFUNDS_NOT_OPEN',
  doors: 'DOORS_NOT_OPEN',
  cancellation: 'EVENT_ENDED',
};

/**
 * The gate must be open by its record and by the schedule. The record is what a held-back transaction conflicts with; the schedule is for the
 * moment between a deadline and the command that records it.
 */
export function requireGate(state: State, event: EventRecord, gate: Gate, { now }: Context): void {
  const record = state.get(gateKey(event.event, gate));
  const recorded = record?.state ?? 'pending';
  const [opens, closes] = windowOf(event, gate, record);
  const open = recorded === 'open' && now >= opens.at && now < closes.at;
  const supplyDecides = gate === 'resale' && event.policy.resaleOpensAfter === 'soldOut';
  const waitsForSupply = supplyDecides && recorded === 'pending' && now >= opens.at && now < closes.at;
  const field = waitsForSupply ? 'policy.resaleOpensAfter' : now >= closes.at ? closes.by : opens.by;
  require(open, NOT_OPEN[gate], {
    field,
    recorded,
    ...(opens.at !== EVER && { opensAt: opens.at }),
    closesAt: closes.at,
    policyVersion: event.policyVersion,
  });
}
