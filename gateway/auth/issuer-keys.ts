/** The keys that an OpenID provider publishes: found by its metadata (OpenID Connect Discovery 1.0, section 4), kept for minutes, looked up again for a key that is new. */
import { createRemoteJWKSet, errors, type FlattenedJWSInput, type JWSHeaderParameters, type RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { GatewayError } from '../errors.js';

const TIMEOUT_MS = 5_000;
/** A provider that changes its keys is believed after this long; whoever makes key names up has it asked no more often. */
const COOLDOWN_MS = 5_000;
/** An issuer that is down is not asked with every request. */
const PAUSE_MS = 1_000;
const MAX_METADATA = 256 * 1024;

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

export interface IssuerKeysOptions {
  readonly issuer: string;
  readonly nowMs: () => number;
  readonly cooldownMs?: number;
}

export class IssuerKeys {
  readonly #options: IssuerKeysOptions;
  #keys: Promise<RemoteJWKSet> | undefined;
  #failedAtMs = -Infinity;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** @throws {errors.JWKSNoMatchingKey} for a key that it does not publish @throws {GatewayError} ISSUER_UNAVAILABLE */
  async find(header: JWSHeaderParameters, input: FlattenedJWSInput) {
    try {
      const keys = await this.#discovered();
      return await keys(header, input);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new GatewayError('ISSUER_UNAVAILABLE', { reason: 'its keys can not be read now' }, { cause });
    }
  }

  #discovered(): Promise<RemoteJWKSet> {
    const { nowMs, cooldownMs: cooldownDuration = COOLDOWN_MS } = this.#options;
    if (this.#keys) return this.#keys;
    if (nowMs() - this.#failedAtMs < PAUSE_MS) return Promise.reject(new Error('it did not answer a moment ago'));
    const keys = this.#discover().then((url) =>
      createRemoteJWKSet(url, { timeoutDuration: TIMEOUT_MS, cooldownDuration }),
    );
    this.#keys = keys;
    keys.catch(() => {
      this.#failedAtMs = nowMs();
      this.#keys = undefined;
    });
    return keys;
  }

  async #discover(): Promise<URL> {
    const { issuer } = this.#options;
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`its metadata is answered with ${response.status}`);
    const text = await response.text();
    if (text.length > MAX_METADATA) throw new Error('its metadata is too long');
    const metadata = metadataSchema.parse(JSON.parse(text));
    // Section 4.3: or keys of another would be believed.
    if (metadata.issuer !== issuer) throw new Error(`its metadata is of ${metadata.issuer}`);
    return new URL(metadata.jwks_uri);
  }
}
