/** The signer itself: decides whether a key may sign a statement, signs it, and has it in the log before anybody gets it. */
import { parseWith } from '../../chaincode/domain/parse.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { eventIn, payloadSchemas, type Payload, type StatementName } from '../../chaincode/domain/statements.js';
import { GatewayError } from '../errors.js';
import type { KeyStore, StoredKey } from './key-store.js';
import { signStatement, type SignedStatement } from './sign-statement.js';
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
      entries.push({ kid: request.kid, name: request.name, digest: result.signed.digest, event: result.event });
      return result.signed;
    });
    await this.#log.append(entries);
    return results;
  }

  #judge(request: SigningRequest): { signed: SignedStatement; event: string } | Refusal | GatewayError {
    try {
      const stored = this.#keyFor(request);
      const payload = parseWith<Payload<StatementName>>(payloadSchemas[request.name], request.payload, 'payload');
      // What no event's key signs is about none.
      const event = eventIn(payload) ?? '';
      requireOwnEvent(stored, event);
      if (!this.#limit.take(request.kid)) throw new GatewayError('SIGNER_LIMIT_REACHED', { kid: request.kid });
      return { signed: signStatement(stored.key, request.name, payload), event };
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

/** An event's key speaks for that event only. */
function requireOwnEvent({ description }: StoredKey, event: string): void {
  if (description.use !== 'event' || description.label === event) return;
  throw new GatewayError('FORBIDDEN', { field: 'payload.event', expected: description.label });
}
