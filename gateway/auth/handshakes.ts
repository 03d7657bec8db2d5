/**
 * Handshakes by which a gate device brings its own key: the operator shows a code, the device shows it back beside its key. A code is random, lives for minutes, is
 * kept as a digest, bears few wrong guesses, and binds the first key that shows it; that key may finish what a lost answer or a crash left unfinished.
 */
import { randomBytes } from 'node:crypto';
import { GatewayError } from '../errors.js';
import type { Store } from '../store/open-store.js';
import { digestOfSecret, holdsSecret } from './digest.js';
import type { DeviceHandshakeTable } from './tables.js';

export const HANDSHAKE_MS = 5 * 60_000;
const MAX_GUESSES = 5;
/** A key that has shown the code may finish its registration so long. */
const FINISHED_WITHIN_MS = 24 * 60 * 60 * 1000;
const BYTES = 16;
export const HANDSHAKE_ID = /^[0-9a-f]{32}$/;

export interface NewHandshake {
  readonly event: string;
  readonly device: string;
  readonly notAfter: string;
}

export interface ShownCode {
  readonly code: string;
  /** Thumbprint of the device's key. */
  readonly kid: string;
}

export class Handshakes {
  readonly #store: Store;
  readonly #nowMs: () => number;

  constructor(options: { readonly store: Store; readonly nowMs: () => number }) {
    this.#store = options.store;
    this.#nowMs = options.nowMs;
  }

  /** @returns the code, which nobody can read again */
  async begin({ event, device, notAfter }: NewHandshake) {
    const now = this.#nowMs();
    await this.#store
      .deleteFrom('device_handshakes')
      .where('expires_at', '<', now - FINISHED_WITHIN_MS)
      .execute();
    const [id, code] = [randomBytes(BYTES).toString('hex'), randomBytes(BYTES).toString('base64url')];
    const expires_at = now + HANDSHAKE_MS;
    const kept = { code_digest: digestOfSecret(code), expires_at, guesses: 0, kid: null };
    await this.#store
      .insertInto('device_handshakes')
      .values({ id, event, device, not_after: notAfter, ...kept })
      .execute();
    return { id, code, expiresAt: expires_at };
  }

  /**
   * Binds the key that shows the code. The same key may come again: the registration that follows is one command under one id.
   * @throws {GatewayError} UNKNOWN_HANDSHAKE, HANDSHAKE_LOCKED, HANDSHAKE_CODE_WRONG, HANDSHAKE_EXPIRED, HANDSHAKE_USED
   */
  async accept(id: string, { code, kid }: ShownCode): Promise<NewHandshake> {
    const { code_digest, expires_at, ...found } = await this.#guess(id);
    const field = 'code';
    if (!holdsSecret(code_digest, code)) throw new GatewayError('HANDSHAKE_CODE_WRONG', { field });
    const isExpired = this.#nowMs() >= expires_at + (found.kid === kid ? FINISHED_WITHIN_MS : 0);
    if (isExpired) throw new GatewayError('HANDSHAKE_EXPIRED', { field: 'handshake' });
    await this.#bind(id, kid);
    return { event: found.event, device: found.device, notAfter: found.not_after };
  }

  /** A guess is counted before it is looked at, so that many at once are counted too. */
  async #guess(id: string): Promise<DeviceHandshakeTable> {
    const field = 'handshake';
    const counted = await this.#store
      .updateTable('device_handshakes')
      .set((row) => ({ guesses: row('guesses', '+', 1) }))
      .where('id', '=', id)
      .where('guesses', '<', MAX_GUESSES)
      .returningAll()
      .executeTakeFirst();
    if (counted) return counted;
    const found = await this.#store
      .selectFrom('device_handshakes')
      .select('id')
      .where('id', '=', id)
      .executeTakeFirst();
    throw new GatewayError(found ? 'HANDSHAKE_LOCKED' : 'UNKNOWN_HANDSHAKE', { field });
  }

  /** The right code was no guess. */
  async #bind(id: string, kid: string): Promise<void> {
    const bound = await this.#store
      .updateTable('device_handshakes')
      .set((row) => ({ kid, guesses: row('guesses', '-', 1) }))
      .where('id', '=', id)
      .where((row) => row.or([row('kid', 'is', null), row('kid', '=', kid)]))
      .returning('id')
      .executeTakeFirst();
    if (!bound) throw new GatewayError('HANDSHAKE_USED', { field: 'handshake' });
  }
}
