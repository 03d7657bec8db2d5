/**
 * The attestor (COMMITTEE protocol, A): who has looked at a document says of blinded elements that they are that person's. It never learns a blinding, so it
 * can't follow them; and it keeps nothing, neither of the document nor of the handles. How many it may sign in a day is for nodes to count.
 */
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import type { PinnedCommittee } from '../client/pinned.js';
import type { TrustedKey } from '../client/trusted-key.js';
import type {
  ApprovalRequest,
  EventHandlesRequest,
  MasterHandleRequest,
  MessageName,
  MessagePayload,
  Opening,
} from '../messages/index.js';
import { requireReplacement } from './approval.js';
import { expiryOfHandles } from './expiry.js';
import { attestedOf, requireOpening, requireOpenings } from './openings.js';
import { requireReceipts } from './receipts.js';

export type AttestorStatement = Extract<MessageName, 'handle' | 'key-approval'>;

/** Signs `guichet-<name>+jwt` with the organization's key of use `attestor`, named by `kid`. @returns compact JWS */
export type AttestorSigner = <N extends AttestorStatement>(name: N, payload: MessagePayload<N>) => Promise<string>;

export interface AttestorOptions {
  readonly channel: string;
  readonly mspId: string;
  readonly sign: AttestorSigner;
  readonly pinned: readonly PinnedCommittee[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly suite?: Suite;
}

const APPROVAL_VALID_S = 24 * 60 * 60;
const ID_BYTES = 15;
const newId = (): string => `a${toBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)))}`;

export class Attestor {
  readonly #options: Required<AttestorOptions>;

  constructor(options: AttestorOptions) {
    this.#options = { now: () => Date.now(), suite: nodeSuite, ...options };
  }

  /** @param identity canonical, read from the document at hand @throws {Fault} COMMITMENT_MISMATCH, BLINDING_PROOF_INVALID, POINT_INVALID, … */
  async signMaster(identity: string, { opening }: MasterHandleRequest): Promise<string> {
    requireOpening(this.#options.suite, attestedOf(identity), opening);
    return this.#signHandle('master', opening);
  }

  /**
   * All or none, in the order of the request.
   * @throws {ClientError | Fault | Refusal} RECEIPT_INVALID, RECEIPTS_TOO_FEW, HANDLE_REPEATED, COMMITMENT_MISMATCH, BLINDING_PROOF_INVALID, …
   */
  async signEventHandles(
    identity: string,
    { master, receipts, openings }: EventHandlesRequest,
  ): Promise<readonly string[]> {
    await requireReceipts(receipts, master, this.#options);
    // The person of the receipts is the person of the document.
    await requireOpenings(this.#options.suite, attestedOf(identity), [master, ...openings]);
    // At once: a signer that writes a log makes it durable for all of them together.
    return Promise.all(openings.map((opening) => this.#signHandle('event', opening)));
  }

  /** @param key of the consortium, or of the request's event @throws {ClientError | Fault | Refusal} POSSESSION_INVALID, EVALUATION_INVALID, … */
  async approve(identity: string, request: ApprovalRequest, key: TrustedKey): Promise<string> {
    const { channel, mspId, sign, now, suite } = this.#options;
    requireOpening(suite, attestedOf(identity), request.opening);
    const replacement = await requireReplacement(request, { suite, channel, now, key });
    const exp = Math.floor(now() / 1000) + APPROVAL_VALID_S;
    return sign('key-approval', { channel, jti: newId(), exp, attestor: mspId, ...replacement });
  }

  #signHandle(kind: 'master' | 'event', { blinded, blindingKey, commitment }: Opening): Promise<string> {
    const { channel, mspId, sign, now } = this.#options;
    const exp = expiryOfHandles(now());
    return sign('handle', { channel, jti: newId(), exp, attestor: mspId, kind, blinded, blindingKey, commitment });
  }
}
