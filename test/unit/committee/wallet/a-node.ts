/** A committee's nodes without a process: the cryptography of a node directly, its codes, and every way in which a node may behave badly. */
import { randomUUID } from 'node:crypto';
import { decodeDleqProof } from '../../../../chaincode/crypto/dleq.js';
import { Fault } from '../../../../chaincode/crypto/fault.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { add, decodePoint, encodePoint, GENERATOR } from '../../../../chaincode/crypto/point.js';
import { NodeRefusal } from '../../../../committee/client/node-failure.js';
import { hasSigned, type NodeClient } from '../../../../committee/client/index.js';
import { verifyAsking } from '../../../../committee/crypto/asking.js';
import { verifyEnrolment, type Scope } from '../../../../committee/crypto/client-proofs.js';
import { credentialIdOf, personIdOf } from '../../../../committee/crypto/credential.js';
import {
  decodeEvaluations,
  encodeEvaluation,
  evaluate,
  type EvaluationKey,
  type KeyShare,
} from '../../../../committee/crypto/oprf.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import {
  DEDUP,
  decodeMessage,
  messageTypOf,
  type MessageName,
  type MessagePayload,
  type NodeAnswer,
  type NodeOperation,
  type NodeRequest,
} from '../../../../committee/messages/index.js';
import { signJws, type TestKey } from '../../../support/keys.js';
import { CHANNEL } from '../../../support/statements.js';

export const signAs = <N extends MessageName>(name: N, payload: MessagePayload<N>, key: TestKey): string =>
  signJws({ alg: 'ES256', typ: messageTypOf(name), kid: key.kid }, payload, key);

export type Conduct =
  'honest' | 'lies' | 'lies when signing' | 'is silent' | 'is slow' | 'has crashed' | 'talks nonsense';

export interface NodeKey {
  readonly keyId: string;
  readonly share: KeyShare;
  readonly key: EvaluationKey;
}

export interface ANodeOptions {
  readonly mspId: string;
  readonly node: string;
  readonly signing: TestKey;
  /** By owner. */
  readonly keys: ReadonlyMap<string, NodeKey>;
  readonly attestors: ReadonlyMap<string, TestKey>;
  readonly isRegistered: (person: string, key: string) => boolean;
}

type Shown = Omit<NodeRequest<'signPerson'>, 'handle'>;
const exp = Date.parse('2100-01-01T00:00:00Z') / 1000;

export class ANode implements NodeClient {
  conduct: Conduct = 'honest';
  /** All that it was ever shown. */
  readonly seen: { readonly operation: NodeOperation; readonly request: unknown }[] = [];
  readonly #bound = new Map<string, string>();
  readonly #verified = new Set<string>();

  constructor(readonly options: ANodeOptions) {}

  get mspId(): string {
    return this.options.mspId;
  }

  get node(): string {
    return this.options.node;
  }

  async ask<O extends NodeOperation>(operation: O, request: NodeRequest<O>, signal: AbortSignal) {
    this.seen.push({ operation, request });
    if (this.conduct === 'has crashed') throw new TypeError('fetch failed');
    if (this.conduct === 'talks nonsense') return { index: 1, element: '?' } as unknown as NodeAnswer<O>;
    if (this.conduct === 'is silent') await new Promise(() => undefined);
    if (this.conduct === 'is slow') await new Promise((resolve) => setTimeout(resolve, 30));
    signal.throwIfAborted();
    try {
      return (await this.#answer(operation, request)) as NodeAnswer<O>;
    } catch (error) {
      if (error instanceof Fault) throw new NodeRefusal(error.code, error.field);
      throw error;
    }
  }

  async #answer(operation: NodeOperation, asked: unknown): Promise<unknown> {
    const request = asked as { handle: string; event: string; statement: string } & Shown;
    switch (operation) {
      case 'evaluatePerson':
        return this.#evaluate(DEDUP, await this.#asked(request, undefined));
      case 'evaluateCredential':
        return this.#evaluate(request.event, await this.#asked(request, request.event));
      case 'evaluateAtGate':
        return this.#evaluate(
          request.event,
          decodeMessage('gate-check', request.statement, 'statement').payload.blinded,
        );
      case 'signPerson':
        return this.#signPerson(request);
      case 'signCredential':
        return this.#signCredential(request);
      case 'signClosing':
        throw new Error('no wallet asks it');
    }
  }

  async #handle(compact: string, event: string | undefined) {
    const handle = decodeMessage('handle', compact, 'handle');
    const { attestor, kind } = handle.payload;
    if (attestor === this.mspId) throw new NodeRefusal('OWN_ATTESTOR');
    const key = this.options.attestors.get(attestor);
    if (key?.kid !== handle.signer) throw new NodeRefusal('UNKNOWN_KEY');
    if (!(await hasSigned(key.jwk, handle))) throw new NodeRefusal('SIGNATURE_INVALID');
    if (kind !== (event === undefined ? 'master' : 'event')) throw new NodeRefusal('HANDLE_KIND_MISMATCH');
    return handle;
  }

  #bind(blinded: string, event: string | undefined): void {
    const purpose = event ?? 'person';
    if ((this.#bound.get(blinded) ?? purpose) !== purpose) throw new NodeRefusal('HANDLE_ALREADY_BOUND');
    this.#bound.set(blinded, purpose);
  }

  async #asked({ handle, proof }: { readonly handle: string; readonly proof: string }, event: string | undefined) {
    const { payload, digest } = await this.#handle(handle, event);
    const { blinded, blindingKey } = payload;
    const asking = { channel: CHANNEL, event, handle: digest, mspId: this.mspId, node: this.node };
    const shown = { proof, field: 'proof' };
    if (!verifyAsking(nodeSuite, asking, decodePoint(blindingKey, 'blindingKey'), shown))
      throw new NodeRefusal('ASKING_PROOF_INVALID', 'proof');
    this.#bind(blinded, event);
    return blinded;
  }

  #key(owner: string): NodeKey {
    const key = this.options.keys.get(owner);
    if (!key) throw new NodeRefusal('KEY_NOT_READY');
    return key;
  }

  #evaluate(owner: string, blinded: string) {
    const { keyId, share } = this.#key(owner);
    const honest = evaluate(nodeSuite, share, decodePoint(blinded, 'blinded'), randomScalar());
    const evaluation = this.conduct === 'lies' ? { ...honest, element: add(honest.element, GENERATOR)! } : honest;
    return { ...encodeEvaluation(evaluation), keyId, epoch: 1 };
  }

  async #unblinded(owner: string, request: Shown & { handle: string }) {
    const event = owner === DEDUP ? undefined : owner;
    const { payload, digest } = await this.#handle(request.handle, event);
    const possession = decodeMessage('possession', request.possession, 'possession');
    if (!(await hasSigned(possession.jwk!, possession))) throw new NodeRefusal('SIGNATURE_INVALID');
    if (possession.payload.event !== event) throw new NodeRefusal('WRONG_EVENT');
    if (possession.payload.handle !== digest) throw new NodeRefusal('HANDLE_MISMATCH');
    const { keyId, key } = this.#key(owner);
    const { sequence } = possession.payload;
    const { commitment } = payload;
    const holder = possession.signer;
    const scope: Scope = { channel: CHANNEL, keyId, epoch: 1, event: event ?? '', holder, commitment, sequence };
    const unblinded = decodePoint(request.unblinded, 'unblinded');
    const enrolment = {
      blinded: decodePoint(payload.blinded, 'blinded'),
      blindingKey: decodePoint(payload.blindingKey, 'blindingKey'),
      used: decodeEvaluations(request.evaluations),
      combined: decodePoint(request.combined, 'combined'),
      unblinded,
      proof: decodeDleqProof(request.proof, 'proof'),
    };
    // The same again for a receipt is as right as before.
    const shown = JSON.stringify(request);
    if (!this.#verified.has(shown)) verifyEnrolment(nodeSuite, key, enrolment, scope);
    this.#verified.add(shown);
    this.#bind(payload.blinded, event);
    const claims = { channel: CHANNEL, jti: possession.payload.jti };
    return { unblinded, payload, possession, claims, bound: { key: holder, sequence } };
  }

  #lie = (id: string): string => (this.conduct === 'lies when signing' ? `${id.slice(1)}A` : id);

  async #signPerson(request: Shown & { handle: string }): Promise<NodeAnswer<'signPerson'>> {
    const { unblinded, payload, claims, bound } = await this.#unblinded(DEDUP, request);
    const person = this.#lie(personIdOf(nodeSuite, unblinded));
    const { signing, isRegistered } = this.options;
    const statement = signAs('person', { ...claims, exp, epoch: 1, person, ...bound }, signing);
    if (!isRegistered(person, bound.key)) return { statement };
    const { blinded, blindingKey } = payload;
    // An id of its own: attestors see it, and the statement's is on the ledger.
    const own = { ...claims, jti: randomUUID() };
    return { statement, receipt: signAs('receipt', { ...own, exp, blinded, blindingKey }, signing) };
  }

  async #signCredential(request: Shown & { handle: string; event: string }): Promise<NodeAnswer<'signCredential'>> {
    const { event } = request;
    const { unblinded, payload, claims, bound } = await this.#unblinded(event, request);
    const credential = this.#lie(credentialIdOf(nodeSuite, event, unblinded));
    const { signing } = this.options;
    const { commitment } = payload;
    return {
      statement: signAs('enrolment', { ...claims, exp, event, credential, ...bound }, signing),
      gatePass: signAs('gate-pass', { ...claims, exp, event, credential, commitment }, signing),
    };
  }
}

export const offBy = (point: string): string => encodePoint(add(decodePoint(point, 'point'), GENERATOR)!);
