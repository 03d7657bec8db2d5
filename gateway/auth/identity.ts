/** What a credential has proved: who calls, and what he may do beyond what anybody may. */
import type { Caller } from '../http/caller.js';
import { GatewayError } from '../errors.js';
import { NO_SCOPES, type Scope } from './scopes.js';

export interface Identity {
  readonly caller: Caller;
  readonly scopes: ReadonlySet<Scope>;
}

/** @param address as limits count it */
export const anybodyAt = (address: string): Identity => ({
  caller: { kind: 'anybody', id: address },
  scopes: NO_SCOPES,
});

/** A credential that does not hold. @param reason tells nothing that whoever shows it does not know already */
export const unauthenticated = (reason: string, options?: { readonly cause?: unknown }): GatewayError =>
  new GatewayError('UNAUTHENTICATED', { field: 'Authorization', reason }, options);
