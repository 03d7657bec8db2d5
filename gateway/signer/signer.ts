/** The signer itself: decides whether a key may sign a statement, signs it, and has it in the log before anybody gets it. */
import { parseWith } from '../../chaincode/domain/parse.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { signableSchemas, signPayload, type SignablePayload, type SignedStatement } from './sign-statement.js';
import type { SignatureLimit } from './signature-limit.js';
import type { SignatureEntry } from './signature-chain.js';
import type { SignatureLog } from './signature-log.js';
import {
  SIGNS,
  type SignerKey,
  type SignerUse,
  type SigningKeys,
  type SigningRequest,
  type SigningResult,
} from './signing-keys.js';

export interface SignerOptions {
  readonly store: KeyStore;
  readonly limit: SignatureLimit;
  readonly log: SignatureLog;
}

interface Judged {
  readonly signed: SignedStatement;
  readonly event: string;
}

export class Signer implements SigningKeys {
  readonly #store: KeyStore;
  readonly #limit: SignatureLimit;
  readonly #log: SignatureLog;

  constructor({ store, limit, log }: SignerOptions) {
    this.#store = store;
    this.#limit = limit;
    this.#log = log;
  }

  createKey(use: SignerUse, label: string): Promise<SignerKey> {
    return this.#store.create(use, label);
  }

  listKeys(): Promise<readonly SignerKey[]> {
    return Promise.resolve(this.#store.list());
  }

  async signAll(requests: readonly SigningRequest[]): Promise<readonly SigningResult[]> {
    const entries: SignatureEntry[] = [];
    const results = requests.map((request) => {
      const result = this.#judge(request);
      if (result instanceof Error) return result;
      entries.push(entryOf(request, result));
      return result.signed;
    });
    await this.#log.append(entries);
    return results;
  }

  #judge(request: SigningRequest): Judged | Refusal | GatewayError {
    try {
      const stored = this.#keyFor(request);
      const payload = parseWith<SignablePayload>(signableSchemas[request.name], request.payload, 'payload');
      // What no event's key signs is about none.
      const event = ('event' in payload ? payload.event : undefined) ?? '';
      requireOwnEvent(stored, event);
      if (!this.#limit.take(request.kid)) throw new GatewayError('SIGNER_LIMIT_REACHED', { kid: request.kid });
      return { signed: signPayload(stored.key, request.name, payload), event };
    } catch (error) {
      // One request of a batch that may not be signed is that request's answer; a defect ends the call.
      if (error instanceof Refusal || error instanceof GatewayError) return error;
      throw error;
    }
  }

  #keyFor({ kid, name }: SigningRequest): StoredKey {
    const stored = this.#store.get(kid);
    if (!stored) throw new GatewayError('UNKNOWN_SIGNING_KEY', { kid });
    const { use } = stored.description;
    if (!SIGNS[use].includes(name)) throw new GatewayError('FORBIDDEN', { field: 'name', use, name });
    return stored;
  }
}

/** Handles are counted and not named: those of one person are signed together, and whoever keeps the log must not be able to tell which they were. */
function entryOf({ kid, name }: SigningRequest, { signed, event }: Judged): SignatureEntry {
  return { kid, name, digest: name === 'handle' ? '' : signed.digest, event };
}

/** An event's key speaks for that event only. */
function requireOwnEvent({ description }: StoredKey, event: string): void {
  if (description.use !== 'event' || description.label === event) return;
  throw new GatewayError('FORBIDDEN', { field: 'payload.event', expected: description.label });
}
