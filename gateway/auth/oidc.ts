/**
 * Access tokens of an OpenID provider: JWTs (RFC 9068, RFC 7519) verified by the keys that it publishes (OpenID Connect Discovery 1.0). What a token may do
 * here it says by scopes with a prefix of ours, so that a provider's own `admin` is nothing here, or by roles that the configuration maps to scopes.
 */
import { createHash } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { unauthenticated, type Identity } from './identity.js';
import { IssuerKeys } from './issuer-keys.js';
import { isScope, type Scope } from './scopes.js';

export interface OidcConfig {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly scopePrefix: string;
  /** Claim that lists roles; dots lead into objects. */
  readonly rolesClaim: string;
  readonly roles: Readonly<Record<string, readonly Scope[]>>;
  readonly clockSkewSeconds: number;
}

export interface OidcTokensOptions extends OidcConfig {
  readonly nowMs: () => number;
  /** Between two looks for a key that is not known. */
  readonly cooldownMs?: number;
}

const JWT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
/** Of an access token; many providers write the general one. Others, such as logout tokens, are for something else. */
const TYPES = new Set(['at+jwt', 'application/at+jwt', 'jwt']);

export class OidcTokens {
  readonly #options: OidcTokensOptions;
  readonly #keys: IssuerKeys;

  constructor(options: OidcTokensOptions) {
    this.#options = options;
    this.#keys = new IssuerKeys(options);
  }

  /** @returns undefined for what is no JWT @throws {GatewayError} UNAUTHENTICATED, ISSUER_UNAVAILABLE */
  async verify(token: string): Promise<Identity | undefined> {
    if (!JWT.test(token)) return undefined;
    const payload = await this.#payloadOf(token);
    const { sub } = payload;
    if (sub === undefined || sub === '') throw unauthenticated('names no subject');
    // A subject may be somebody's address: the log and the limits need it only to be the same.
    const id = createHash('sha256')
      .update(JSON.stringify([payload.iss, sub]))
      .digest('base64url')
      .slice(0, 22);
    return { caller: { kind: 'token', id }, scopes: this.#scopesOf(payload) };
  }

  async #payloadOf(token: string): Promise<JWTPayload> {
    const { issuer, audience, algorithms, clockSkewSeconds, nowMs } = this.#options;
    const getKey: JWTVerifyGetKey = (header, input) => this.#keys.find(header, input);
    try {
      // Before its keys are asked for: tokens of others are none of its business.
      if (decodeJwt(token).iss !== issuer) throw unauthenticated('has a claim that does not hold: iss');
      const { payload, protectedHeader } = await jwtVerify(token, getKey, {
        ...{ issuer, audience, algorithms: [...algorithms], clockTolerance: clockSkewSeconds },
        ...{ requiredClaims: ['exp', 'sub'], currentDate: new Date(nowMs()) },
      });
      const { typ } = protectedHeader;
      if (typ !== undefined && !TYPES.has(typ.toLowerCase())) throw unauthenticated('is no access token');
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw unauthenticated(reasonOf(error), { cause: error });
      throw error;
    }
  }

  #scopesOf(payload: JWTPayload): ReadonlySet<Scope> {
    const { scopePrefix, roles, rolesClaim } = this.#options;
    const named = wordsOf(payload.scope ?? payload.scp)
      .filter((word) => word.startsWith(scopePrefix))
      .map((word) => word.slice(scopePrefix.length));
    const ofRoles = wordsOf(claimAt(payload, rolesClaim)).flatMap((role) =>
      Object.hasOwn(roles, role) ? (roles[role] ?? []) : [],
    );
    return new Set([...named.filter(isScope), ...ofRoles]);
  }
}

function claimAt(payload: JWTPayload, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, name) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? (at as JWTPayload)[name] : undefined,
      payload,
    );
}

/** Both forms are in use: words by spaces, and a list. */
function wordsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((each): each is string => typeof each === 'string') : [];
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `has a claim that does not hold: ${error.claim}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'is signed with an algorithm that is not allowed';
  if (error instanceof errors.JWKSNoMatchingKey) return 'is signed with a key that its issuer does not publish';
  return 'is no token of the issuer';
}
