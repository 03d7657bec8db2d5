/**
 * The attestation desk: a clerk has somebody's document before him, and the wallet's handles are signed with the organization's attestor key. Nothing of the
 * document outlives the call: it is not stored, not logged, and not in the answer. How many, per minute, is limited here; how many a day, by the nodes.
 */
import { keyNameOf } from '../../chaincode/domain/committee-keys.js';
import { Attestor } from '../../committee/attestor/index.js';
import { identityOf, readMrz, type Identity, type IdentityPolicy } from '../../committee/identity/index.js';
import type { ApprovalRequest, EventHandlesRequest, MasterHandleRequest } from '../../committee/messages/index.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { KeyRing } from '../signer/key-ring.js';
import type { SignatureLimit } from '../signer/signature-limit.js';
import { signOne, type SigningKeys } from '../signer/signing-keys.js';
import { tellingWhy } from './attestation-error.js';
import { registrars, trustedKey } from './trusted-keys.js';

export interface AttestationDeskOptions {
  readonly mspId: string;
  readonly channel: string;
  readonly policy: IdentityPolicy;
  readonly signer: SigningKeys;
  readonly keyRing: KeyRing;
  readonly records: Records;
  /** Documents that may be looked at. */
  readonly limit: SignatureLimit;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

export type AttestationRequest = MasterHandleRequest | EventHandlesRequest | ApprovalRequest;

export class AttestationDesk {
  readonly #options: AttestationDeskOptions;

  constructor(options: AttestationDeskOptions) {
    this.#options = options;
  }

  get policy(): IdentityPolicy {
    return this.#options.policy;
  }

  /**
   * @param document the machine-readable zone, as shown
   * @returns the handles in the order of the request, or the one approval
   * @throws {AttestationError | Refusal | GatewayError} ATTESTOR_LIMIT_REACHED also for what comes to nothing: each is a guess at somebody's identity
   */
  async attest(document: string, request: AttestationRequest): Promise<readonly string[]> {
    const { keyRing, limit, policy, nowMs } = this.#options;
    const kid = await keyRing.keyFor('attestor');
    if (!limit.take(kid)) throw new GatewayError('ATTESTOR_LIMIT_REACHED', { kid });
    return tellingWhy(() => this.#sign(kid, identityOf(readMrz(document), policy, new Date(nowMs())), request));
  }

  async #sign(kid: string, { text }: Identity, request: AttestationRequest): Promise<readonly string[]> {
    const { records, channel } = this.#options;
    if (request.kind === 'master') return [await this.#attestor(kid).signMaster(text, request)];
    if (request.kind === 'event') {
      const pinned = [await registrars(records)];
      return this.#attestor(kid, pinned).signEventHandles(text, request);
    }
    const key = await trustedKey(records, keyNameOf(request.event), channel);
    return [await this.#attestor(kid).approve(text, request, key)];
  }

  #attestor(kid: string, pinned: ConstructorParameters<typeof Attestor>[0]['pinned'] = []): Attestor {
    const { mspId, channel, signer, nowMs } = this.#options;
    return new Attestor({
      channel,
      mspId,
      pinned,
      now: nowMs,
      sign: async (name, payload) => (await signOne(signer, { kid, name, payload })).jws,
    });
  }
}
