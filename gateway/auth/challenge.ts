/** `WWW-Authenticate` (RFC 6750, section 3): what would have helped. */
import type { RefusalDetails } from '../../chaincode/domain/refusal.js';

const REALM = 'Bearer realm="guichet"';

/** @returns undefined where no other credential would help */
export function challengeOf(code: string, { scope, reason }: RefusalDetails): string | undefined {
  // Nothing was shown: the protocol wants no error then.
  if (code === 'UNAUTHENTICATED') return reason === undefined ? REALM : `${REALM}, error="invalid_token"`;
  if (code === 'SCOPE_MISSING') return `${REALM}, error="insufficient_scope", scope="${String(scope)}"`;
  return undefined;
}
