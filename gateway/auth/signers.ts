/** Who signed a request: a holder by his key, or a gate device that the ledger knows for one event. */
import { deviceKey } from '../../chaincode/domain/keys.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import { timestampOf } from '../clock.js';
import type { Caller } from '../http/caller.js';
import type { Records } from '../http/ports.js';
import { PROOF_HEADER, verifyProof, type ShownRequest, type VerifiedProof } from './request-proof.js';
import type { SignedRequests } from './signed-requests.js';

export interface SignersOptions {
  readonly mspId: string;
  readonly records: Records;
  readonly taken: SignedRequests;
  readonly nowMs: () => number;
}

/** A caller with the event that he is a device of. */
export interface SigningCaller {
  readonly caller: Caller;
  readonly event?: string;
}

export class Signers {
  readonly #options: SignersOptions;

  constructor(options: SignersOptions) {
    this.#options = options;
  }

  /** @throws {Refusal} SIGNATURE_INVALID, UNKNOWN_DEVICE, DEVICE_NOT_VALID @throws {GatewayError} SIGNATURE_EXPIRED, SIGNATURE_REPLAYED */
  async identify(compact: string, request: ShownRequest): Promise<SigningCaller> {
    const { mspId, nowMs, taken } = this.#options;
    const proof = verifyProof(compact, request, { mspId, nowMs: nowMs() });
    const signer = await this.#signerOf(proof);
    await taken.take(proof);
    return signer;
  }

  async #signerOf({ kid, device: named }: VerifiedProof): Promise<SigningCaller> {
    if (!named) return { caller: { kind: 'holder', id: kid } };
    const { event, device } = named;
    const field = `${PROOF_HEADER}.device`;
    const [record] = await this.#options.records.read([deviceKey(event, device)]);
    if (!record) return refuse('UNKNOWN_DEVICE', { field, event, device });
    require(record.kid === kid, 'SIGNATURE_INVALID', { field, reason: 'has another key' });
    const isValid = !record.revoked && timestampOf(this.#options.nowMs()) < record.notAfter;
    require(isValid, 'DEVICE_NOT_VALID', { field, revoked: record.revoked, notAfter: record.notAfter });
    return { caller: { kind: 'device', id: `${event}/${device}` }, event };
  }
}
