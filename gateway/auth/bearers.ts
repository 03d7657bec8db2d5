/** Bearer credentials (RFC 6750): the operator's token, an API key, or a token of the OpenID provider, told apart by their form. */
import { anybodyAt, unauthenticated, type Identity } from './identity.js';
import type { KeyBook } from './key-book.js';
import type { OidcTokens } from './oidc.js';
import type { OperatorToken } from './operator-token.js';

const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

export interface BearersOptions {
  readonly operator: OperatorToken;
  readonly keys: Pick<KeyBook, 'verify'>;
  /** undefined where none is configured */
  readonly oidc: Pick<OidcTokens, 'verify'> | undefined;
}

export class Bearers {
  readonly #options: BearersOptions;

  constructor(options: BearersOptions) {
    this.#options = options;
  }

  /**
   * What is shown must hold, also where nothing need be shown: a client whose key has expired is told so at once.
   * @param authorization the header; empty: nothing is shown. Of other schemes we know nothing
   * @throws {GatewayError} UNAUTHENTICATED, CREDENTIALS_UNAVAILABLE, ISSUER_UNAVAILABLE
   */
  async identify(authorization: string, address: string): Promise<Identity> {
    const [, token] = BEARER.exec(authorization) ?? [];
    if (token === undefined) return anybodyAt(address);
    const { operator, keys, oidc } = this.#options;
    const found = operator.verify(token) ?? (await keys.verify(token)) ?? (await oidc?.verify(token));
    if (!found) throw unauthenticated('is not known');
    return found;
  }
}
