/** Where a policy refuses: every refusal names the parameter and the version that it stands in. */
import type { EventRecord } from '../records.js';
import { require, type RefusalCode, type RefusalDetails } from '../refusal.js';
import type { ParameterName } from './parameters.js';

export function requirePolicy(
  event: Pick<EventRecord, 'policyVersion'>,
  parameter: ParameterName | `perPersonLimit.${'primary' | 'resale'}`,
  condition: boolean,
  code: RefusalCode,
  details: RefusalDetails = {},
): asserts condition {
  require(condition, code, { field: `policy.${parameter}`, policyVersion: event.policyVersion, ...details });
}

/** The same for a rule that price classes may have of their own: `classes.stalls.buyerFeeBps` where the class says it. */
export function requireClassPolicy(
  event: Pick<EventRecord, 'policyVersion' | 'classes'>,
  priceClass: string,
  parameter: ParameterName,
  ...[condition, code, details = {}]: readonly [condition: boolean, code: RefusalCode, details?: RefusalDetails]
): void {
  const own = Object.hasOwn(event.classes, priceClass) && event.classes[priceClass]?.[parameter] !== undefined;
  const field = own ? `classes.${priceClass}.${parameter}` : `policy.${parameter}`;
  require(condition, code, { field, policyVersion: event.policyVersion, ...details });
}

/** There are credentials, and a key to make them with, only at an event that asks for them. */
export function requireCredentials(event: EventRecord): void {
  requirePolicy(event, 'credentialRequired', event.policy.credentialRequired, 'CREDENTIAL_NOT_REQUIRED');
}
