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

/** Whoever gets a ticket of such an event needs an enrolled credential. None can be enrolled before the committee runs: then nobody gets one. */
export function requireCredential(event: EventRecord, holder: string): void {
  requirePolicy(event, 'credentialRequired', !event.policy.credentialRequired, 'CREDENTIAL_REQUIRED', { holder });
}
