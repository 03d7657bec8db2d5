/** Signed requests that were taken: each counts once, at all gateways that share a store and after a restart too. They are kept as long as they could count. */
import { sha256 } from '../../chaincode/crypto/jwk.js';
import { GatewayError } from '../errors.js';
import type { Store } from '../store/open-store.js';
import { AHEAD_S, PROOF_HEADER, WINDOW_S, type VerifiedProof } from './request-proof.js';

/** Clocks of gateways that share the store differ by less. */
const KEPT_S = 2 * (WINDOW_S + AHEAD_S);
const SWEPT_EVERY_MS = 60_000;

export class SignedRequests {
  readonly #store: Store;
  readonly #nowMs: () => number;
  #sweptAtMs = -Infinity;

  constructor(options: { readonly store: Store; readonly nowMs: () => number }) {
    this.#store = options.store;
    this.#nowMs = options.nowMs;
  }

  /** @throws {GatewayError} SIGNATURE_REPLAYED, CREDENTIALS_UNAVAILABLE */
  async take({ kid, jti, iat }: Pick<VerifiedProof, 'kid' | 'jti' | 'iat'>): Promise<void> {
    if (await this.#isFirst(sha256(`${kid}.${jti}`), (iat + KEPT_S) * 1000)) return;
    throw new GatewayError('SIGNATURE_REPLAYED', { field: `${PROOF_HEADER}.jti` });
  }

  async #isFirst(id: string, expires_at: number): Promise<boolean> {
    try {
      await this.#sweep();
      const insert = this.#store.insertInto('signed_requests').values({ id, expires_at });
      const inserted = await insert
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted !== undefined;
    } catch (cause) {
      throw new GatewayError('CREDENTIALS_UNAVAILABLE', { reason: "can't be looked up now" }, { cause });
    }
  }

  async #sweep(): Promise<void> {
    const now = this.#nowMs();
    if (now - this.#sweptAtMs < SWEPT_EVERY_MS) return;
    this.#sweptAtMs = now;
    await this.#store.deleteFrom('signed_requests').where('expires_at', '<', now).execute();
  }
}
