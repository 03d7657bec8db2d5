/** Fabric's stub at the port: a world state in memory, iterators, and the shim's queue of messages for many keys at once. */
import { createRequire } from 'node:module';
import { peer } from '@hyperledger/fabric-protos';
import type { Context } from 'fabric-contract-api';
import type { ChaincodeStub } from 'fabric-shim-api';
import { observeAnnouncement, type MultiKeyLimits } from '../../chaincode/ledger/multi-key.js';
import { CHANNEL, NOW } from './statements.js';

const { GET_STATE_MULTIPLE, READY } = peer.ChaincodeMessage.Type;
const shimRequire = createRequire(createRequire(import.meta.url).resolve('fabric-shim'));
type ShimMessage = peer.ChaincodeMessage;
const { ChaincodeMessage } = (shimRequire('@hyperledger/fabric-protos') as typeof import('@hyperledger/fabric-protos'))
  .peer;

export interface FakeIterator {
  readonly next: () => Promise<{ value?: unknown; done: boolean }>;
  readonly close: () => Promise<void>;
}

export interface FakeStubOptions {
  readonly state?: Readonly<Record<string, unknown>>;
  /** What the peer announced; without it the stub is that of an older peer. */
  readonly limits?: Partial<MultiKeyLimits>;
  /** Instead of the peer's answer to a message for many keys. */
  readonly answer?: (type: number, keys: readonly string[]) => Uint8Array;
}

export class FakeStub {
  readonly state: Map<string, Uint8Array>;
  readonly policies = new Map<string, Uint8Array>();
  readonly events: [string, string][] = [];
  /** Names of the round trips, with the number of keys where there is more than one. */
  readonly trips: string[] = [];
  readonly ranges: [string, string][] = [];
  history: readonly unknown[] = [];
  closed = 0;

  readonly txId = 'tx-1';
  readonly channel_id = CHANNEL;
  readonly handler?: object;
  readonly #answer: FakeStubOptions['answer'];

  constructor({ state = {}, limits, answer }: FakeStubOptions = {}) {
    this.state = new Map(Object.entries(state).map(([key, value]) => [key, Buffer.from(JSON.stringify(value))]));
    this.#answer = answer;
    if (!limits) return;
    const stream = announcing(limits);
    this.handler = { _stream: stream, _askPeerAndListen: (message: ShimMessage) => this.#ask(message) };
  }

  /** As the code under test sees it. */
  get stub(): ChaincodeStub {
    return this as unknown as ChaincodeStub;
  }

  context(mspId = 'OrganizerMSP', attributes: Readonly<Record<string, string>> = { admin: 'true' }): Context {
    const clientIdentity = {
      getMSPID: () => mspId,
      assertAttributeValue: (name: string, value: string) => attributes[name] === value,
    };
    return { stub: this.stub, clientIdentity } as unknown as Context;
  }

  json(): Record<string, unknown> {
    return Object.fromEntries([...this.state].map(([key, value]) => [key, JSON.parse(Buffer.from(value).toString())]));
  }

  getChannelID = () => CHANNEL;
  getTxID = () => this.txId;
  getTxTimestamp = () => ({ seconds: Date.parse(NOW) / 1000, nanos: 999_999_999 });
  setEvent = (name: string, payload: Uint8Array) => void this.events.push([name, Buffer.from(payload).toString()]);

  async getState(key: string): Promise<Uint8Array> {
    this.trips.push('get');
    return Promise.resolve(this.state.get(key) ?? new Uint8Array());
  }

  async putState(key: string, value: Uint8Array): Promise<void> {
    this.trips.push('put');
    this.state.set(key, value);
    return Promise.resolve();
  }

  async setStateValidationParameter(key: string, policy: Uint8Array): Promise<void> {
    this.trips.push('policy');
    this.policies.set(key, policy);
    return Promise.resolve();
  }

  async getStateByRange(from: string, to: string): Promise<FakeIterator> {
    this.ranges.push([from, to]);
    const keys = [...this.state.keys()].filter((key) => from <= key && key < to).sort(byBytes);
    return Promise.resolve(this.#iterate(keys.map((key) => ({ key, value: this.state.get(key) }))));
  }

  async getHistoryForKey(): Promise<FakeIterator> {
    return Promise.resolve(this.#iterate(this.history));
  }

  /** As the shim's: the last value comes with `done` false, and then `done` without a value. */
  #iterate(values: readonly unknown[]): FakeIterator {
    let at = 0;
    const close = async () => Promise.resolve(void (this.closed += 1));
    const next = async () =>
      Promise.resolve(at < values.length ? { value: values[at++], done: false } : { done: true });
    return { next, close };
  }

  async #ask(message: ShimMessage): Promise<Buffer> {
    const payload = message.getPayload_asU8();
    const answer = message.getType() === GET_STATE_MULTIPLE ? this.#getMultiple(payload) : this.#putMultiple(payload);
    return Promise.resolve(Buffer.from(answer));
  }

  #getMultiple(payload: Uint8Array): Uint8Array {
    const keys = peer.GetStateMultiple.deserializeBinary(payload).getKeysList();
    this.trips.push(`get ${keys.length}`);
    if (this.#answer) return this.#answer(GET_STATE_MULTIPLE, keys);
    const result = new peer.GetStateMultipleResult();
    result.setValuesList(keys.map((key) => this.state.get(key) ?? new Uint8Array()));
    return result.serializeBinary();
  }

  #putMultiple(payload: Uint8Array): Uint8Array {
    const records = peer.WriteBatchState.deserializeBinary(payload).getRecList();
    this.trips.push(`put ${records.length}`);
    if (this.#answer)
      return this.#answer(
        peer.ChaincodeMessage.Type.WRITE_BATCH_STATE,
        records.map((record) => record.getKey()),
      );
    for (const record of records) {
      const isPolicy = record.getType() === peer.WriteRecord.Type.PUT_STATE_METADATA;
      if (isPolicy) this.policies.set(record.getKey(), record.getMetadata()!.getValue_asU8());
      else this.state.set(record.getKey(), record.getValue_asU8());
    }
    return new Uint8Array();
  }
}

/** A stream on which the peer has said READY, with what it takes. */
function announcing({ maxReads = 0, maxWrites = 0 }: Partial<MultiKeyLimits>): object {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseGetMultipleKeys(maxReads > 0);
  params.setMaxSizeGetMultipleKeys(maxReads);
  params.setUseWriteBatch(maxWrites > 0);
  params.setMaxSizeWriteBatch(maxWrites);
  const ready = new ChaincodeMessage();
  ready.setType(READY);
  ready.setPayload(params.serializeBinary());
  const stream = { on: (_: 'data', listener: (message: ShimMessage) => void) => listener(ready) };
  observeAnnouncement(stream);
  return stream;
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
