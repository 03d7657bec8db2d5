/**
 * The keys that an OpenID provider publishes: found by its metadata (OpenID Connect Discovery 1.0, section 4), looked up again for a key that is new and after
 * some minutes, so that one that was withdrawn counts no more. While the provider does not answer, the keys that it had are believed, for a day at most.
 */
import { createRemoteJWKSet, errors, type FlattenedJWSInput, type JWSHeaderParameters, type RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { GatewayError } from '../errors.js';

const TIMEOUT_MS = 5_000;
/** A provider that changes its keys is believed after this long; whoever makes key names up has it asked no more often. */
const COOLDOWN_MS = 5_000;
const FRESH_MS = 10 * 60 * 1000;
const BELIEVED_MS = 24 * 60 * 60 * 1000;
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
  #loadedAtMs = -Infinity;

  constructor(options: IssuerKeysOptions) {
    this.#options = options;
  }

  /** @throws {errors.JWKSNoMatchingKey} for a key that it does not publish @throws {GatewayError} ISSUER_UNAVAILABLE */
  async find(header: JWSHeaderParameters, input: FlattenedJWSInput) {
    try {
      const keys = await this.#discovered();
      await this.#refresh(keys);
      return await keys(header, input).catch(async (error: unknown) => {
        if (!this.#mayBeNew(error)) throw error;
        await this.#reload(keys);
        return keys(header, input);
      });
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) throw cause;
      throw new GatewayError('ISSUER_UNAVAILABLE', { reason: 'its keys can not be read now' }, { cause });
    }
  }

  #discovered(): Promise<RemoteJWKSet> {
    const { nowMs } = this.#options;
    if (this.#keys) return this.#keys;
    if (this.#hasJustFailed()) return Promise.reject(new Error('it did not answer a moment ago'));
    const keys = this.#discover().then((url) =>
      // When they are asked for is said here.
      createRemoteJWKSet(url, { timeoutDuration: TIMEOUT_MS, cooldownDuration: Infinity, cacheMaxAge: Infinity }),
    );
    this.#keys = keys;
    keys.catch(() => {
      this.#failedAtMs = nowMs();
      this.#keys = undefined;
    });
    return keys;
  }

  /** Whoever comes first waits for newer keys; while they can't be had, nobody waits who can do with the old ones. @throws {Error} if those are too old */
  async #refresh(keys: RemoteJWKSet): Promise<void> {
    const ageMs = this.#options.nowMs() - this.#loadedAtMs;
    if (ageMs < FRESH_MS) return;
    if (ageMs >= BELIEVED_MS) await this.#reload(keys);
    else {
      const reloaded = this.#reload(keys).catch(() => undefined);
      if (this.#failedAtMs < this.#loadedAtMs) await reloaded;
    }
  }

  #mayBeNew(error: unknown): boolean {
    const { nowMs, cooldownMs = COOLDOWN_MS } = this.#options;
    return error instanceof errors.JWKSNoMatchingKey && nowMs() - this.#loadedAtMs >= cooldownMs;
  }

  async #reload(keys: RemoteJWKSet): Promise<void> {
    const { nowMs } = this.#options;
    if (this.#hasJustFailed()) throw new Error('it did not answer a moment ago');
    try {
      await keys.reload();
      this.#loadedAtMs = nowMs();
    } catch (error) {
      this.#failedAtMs = nowMs();
      throw error;
    }
  }

  #hasJustFailed(): boolean {
    return this.#options.nowMs() - this.#failedAtMs < PAUSE_MS;
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
