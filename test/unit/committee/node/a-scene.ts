/** One node's handlers over a ledger in memory, with three keys, two events, attestors and a gate device. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { verifyJws } from '../../../../chaincode/crypto/jws.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import { DEDUP, sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import { marketIdOf } from '../../../../chaincode/domain/ids.js';
import type { Key } from '../../../../chaincode/domain/keys.js';
import { marketKey } from '../../../../chaincode/domain/market/keys.js';
import type { MarketRecord } from '../../../../chaincode/domain/market/records.js';
import { credentialIdOf, personIdOf } from '../../../../committee/crypto/credential.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import { failureOf } from '../../../../committee/http/problem.js';
import { StoredKeys } from '../../../../committee/keys/held-keys.js';
import type { MessagePayload } from '../../../../committee/messages/index.js';
import { DailyCounts } from '../../../../committee/node/daily-counts.js';
import type { NodeServices } from '../../../../committee/node/services.js';
import { Bindings, type Limits } from '../../../../committee/storage/bindings.js';
import { SigningKey } from '../../../../committee/storage/signing-key.js';
import { anAttestor } from '../../../support/committee.js';
import { TestClock } from '../../../support/nodes.js';
import {
  aDevice,
  anEvent,
  CHANNEL,
  EVENT_POLICY,
  newId,
  newKey,
  NOW,
  type TestKey,
} from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { aSharedKey, elementOf, UNDER_TEST, type SharedKey } from './a-shared-key.js';
import {
  aHandle,
  anEvaluationRequest,
  aSignatureRequest,
  ATTESTOR,
  OWN as OWN_NODE,
  signAs,
  type Asking,
  type EvaluationRequest,
  type SignatureRequest,
} from './asking.js';

export const OPENING = anEvent({ policy: { ...EVENT_POLICY, credentialRequired: true } });
export const CLOSING = anEvent({ ...OPENING.payload, event: 'OrganizerMSP:closing-night', jti: newId() });
/** The organization of the node under test. */
export const OWN = OWN_NODE.mspId;
/** A sealed market whose time has come. */
export const DUE = { event: OPENING.event, market: 1 };
const OWNERS = [DEDUP, OPENING.event, CLOSING.event, marketIdOf(DUE.event, DUE.market)];

export interface SceneOptions {
  readonly limits?: Partial<Limits>;
  readonly checksPerDay?: number;
}

export class NodeScene {
  readonly ledger = TestLedger.founded();
  readonly attestors: ReadonlyMap<string, TestKey>;
  readonly device = aDevice(OPENING);
  readonly keys: ReadonlyMap<string, SharedKey> = new Map(OWNERS.map((owner) => [owner, aSharedKey(owner)]));
  readonly services: NodeServices;

  private constructor(
    readonly clock: TestClock,
    private readonly bindings: Bindings,
    private readonly directory: string,
    checksPerDay: number,
  ) {
    const { ledger } = this;
    this.attestors = new Map([ATTESTOR, 'OrganizerMSP', OWN].map((mspId) => [mspId, anAttestor(ledger, mspId)]));
    for (const { command } of [OPENING, CLOSING]) ledger.accept(command);
    ledger.accept(this.device.command, { caller: OWN });
    for (const [owner, { record }] of this.keys) ledger.put(sharedKeyKey(owner), record);
    ledger.put(marketKey(DUE.event, DUE.market), { state: 'open', closesAt: NOW } as MarketRecord);
    this.services = this.#services(checksPerDay);
  }

  static async open({ limits, checksPerDay = 100 }: SceneOptions = {}): Promise<NodeScene> {
    const directory = await mkdtemp(join(tmpdir(), 'guichet-scene-'));
    const clock = new TestClock();
    const limitsPerDay = { master: 1_000, event: 1_000, ...limits };
    const bindings = await Bindings.open({ directory, limitsPerDay, now: clock.now });
    return new NodeScene(clock, bindings, directory, checksPerDay);
  }

  async close(): Promise<void> {
    await this.bindings.close();
    await rm(this.directory, { recursive: true });
  }

  handle(asking: Asking = {}): string {
    return aHandle(asking, this);
  }

  evaluation(asking: Asking = {}): EvaluationRequest {
    return anEvaluationRequest(asking, this);
  }

  /** As it is sent: without an event. */
  personEvaluation(asking: Asking = {}): Omit<EvaluationRequest, 'event'> {
    const { handle, proof } = this.evaluation(asking);
    return { handle, proof };
  }

  request(asking: Asking = {}): SignatureRequest {
    const { attestors, keys } = this;
    return aSignatureRequest(asking, { attestors, keys, now: this.seconds(0) });
  }

  gateCheck(overrides: Partial<MessagePayload<'gate-check'>> = {}, by = this.device.key) {
    const { event } = OPENING;
    const blinded = encodePoint(nodeSuite.multiply(randomScalar(), elementOf('alice'))!);
    const { device } = this.device;
    const claims = { channel: CHANNEL, jti: newId(), exp: this.seconds(60) };
    return { event, statement: signAs('gate-check', { ...claims, event, device, blinded, ...overrides }, by) };
  }

  /** So many from now: NumericDate. */
  seconds(after: number): number {
    return Math.floor(this.clock.ms / 1000) + after;
  }

  personId(person = 'alice'): string {
    return personIdOf(nodeSuite, nodeSuite.multiply(this.keys.get(DEDUP)!.secret, elementOf(person))!);
  }

  credentialId(event: string, person = 'alice'): string {
    const { secret } = this.keys.get(event)!;
    return credentialIdOf(nodeSuite, event, nodeSuite.multiply(secret, elementOf(person))!);
  }

  #services(checksPerDay: number): NodeServices {
    const { ledger, keys } = this;
    const { now } = this.clock;
    const records = { read: <T>(key: Key<T>) => Promise.resolve(ledger.read(key)) };
    const own = newKey(UNDER_TEST).privateKey.export({ format: 'jwk' });
    return {
      ...OWN_NODE,
      channel: CHANNEL,
      records,
      persons: records,
      keys: new StoredKeys({ records, store: { get: ({ owner }) => keys.get(owner)?.state } }),
      bindings: this.bindings,
      checksOfDevices: new DailyCounts({ limitPerDay: checksPerDay, code: 'DEVICE_LIMIT_REACHED', now }),
      signer: new SigningKey(own as never),
      now,
      suite: nodeSuite,
      verifySignature: verifyJws,
    };
  }
}

/** `CODE field` of what a node says no with, as its interface would tell it; `accepted` otherwise. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, details } = failureOf(error);
    if (code === 'INTERNAL') throw error;
    return [code, details.field].filter((part) => part !== undefined).join(' ');
  }
  return 'accepted';
}
