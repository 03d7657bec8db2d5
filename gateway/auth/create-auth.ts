/** Puts together how callers are known: the operator's token, API keys, the OpenID provider, signed requests, and how often each may call. */
import type { Clock, Report } from '../fabric/clock.js';
import { Callers } from '../http/middleware/authorise.js';
import type { Records } from '../http/ports.js';
import { RateLimits } from '../limits/rate-limits.js';
import type { Store } from '../store/open-store.js';
import { ApiKeys } from './api-keys.js';
import { Bearers } from './bearers.js';
import type { AuthConfig } from './environment.js';
import { Handshakes } from './handshakes.js';
import { KeyBook } from './key-book.js';
import { OidcTokens } from './oidc.js';
import { OperatorToken } from './operator-token.js';
import { SignedRequests } from './signed-requests.js';
import { Signers } from './signers.js';

export interface AuthOptions extends Pick<AuthConfig, 'oidc'> {
  readonly mspId: string;
  /** The operator's. */
  readonly token: string;
  readonly store: Store;
  readonly records: Records;
  readonly clock: Clock;
  readonly report: Report;
  /** undefined: nobody is counted */
  readonly limits?: AuthConfig['limits'];
}

/** What operations use. */
export interface AuthServices {
  readonly apiKeys: ApiKeys;
  readonly handshakes: Handshakes;
}

export interface Auth {
  readonly callers: Callers;
  readonly services: AuthServices;
  /** @throws {Error} of the store */
  start(): Promise<void>;
  close(): Promise<void>;
}

export function createAuth(options: AuthOptions): Auth {
  const { mspId, store, records, clock, report, oidc, limits } = options;
  const nowMs = () => clock.now();
  const book = new KeyBook({ store, clock, report });
  const bearers = new Bearers({
    operator: new OperatorToken(options.token),
    keys: book,
    oidc: oidc && new OidcTokens({ ...oidc, nowMs }),
  });
  const signers = new Signers({ mspId, records, nowMs, taken: new SignedRequests({ store, nowMs }) });
  return {
    callers: new Callers({ bearers, signers, limits: limits && new RateLimits(limits) }),
    services: { apiKeys: new ApiKeys({ store, book, nowMs }), handshakes: new Handshakes({ store, nowMs }) },
    start: () => book.start(),
    close: () => book.close(),
  };
}
