/** Which of the signer's keys the organization may use now: held by the signer, registered on the ledger, valid and not revoked. */
import { organizationKeysKey } from '../../chaincode/domain/keys.js';
import type { KeyUse } from '../../chaincode/domain/records.js';
import { nowTimestamp } from '../clock.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { SignerUse, SigningKeys } from './signing-keys.js';

export type RegisteredUse = Extract<SignerUse, 'event-creation' | 'seller' | 'attestor'>;

/** The ledger's name for a use. An event's own key is registered by the event itself. */
export const LEDGER_USE: Readonly<Record<RegisteredUse, KeyUse>> = {
  'event-creation': 'event',
  seller: 'seller',
  attestor: 'attestor',
};

const KEEP_MS = 30_000;

export interface KeyRingOptions {
  readonly mspId: string;
  readonly signer: SigningKeys;
  readonly records: Records;
}

interface Found {
  readonly kid: string;
  readonly untilMs: number;
}

export class KeyRing {
  readonly #options: KeyRingOptions;
  readonly #found = new Map<RegisteredUse, Found>();

  constructor(options: KeyRingOptions) {
    this.#options = options;
  }

  /** @returns a key's id. @throws {GatewayError} UNKNOWN_SIGNING_KEY if the organization has none for this use */
  async keyFor(use: RegisteredUse): Promise<string> {
    const found = this.#found.get(use);
    if (found && Date.now() < found.untilMs) return found.kid;
    const kid = await this.#search(use);
    this.#found.set(use, { kid, untilMs: Date.now() + KEEP_MS });
    return kid;
  }

  /** After the ledger refused a key: look again next time. */
  forget(): void {
    this.#found.clear();
  }

  /** The key that is valid longest, so that a rotation takes effect by itself. */
  async #search(use: RegisteredUse): Promise<string> {
    const { mspId, signer, records } = this.#options;
    const [held, [registry]] = await Promise.all([signer.listKeys(), records.read([organizationKeysKey(mspId)])]);
    const kids = new Set(held.filter((key) => key.use === use).map(({ kid }) => kid));
    const now = nowTimestamp();
    const [best] = (registry?.keys ?? [])
      .filter(
        (key) =>
          key.use === LEDGER_USE[use] &&
          kids.has(key.kid) &&
          !key.revoked &&
          key.notBefore <= now &&
          now < key.notAfter,
      )
      .sort((a, b) => (a.notAfter < b.notAfter ? 1 : -1));
    if (!best) throw new GatewayError('UNKNOWN_SIGNING_KEY', { organization: mspId, use });
    return best.kid;
  }
}
