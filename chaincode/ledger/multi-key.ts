/**
 * Fabric 3.1's messages for many keys at once, which fabric-shim 2.5.8 does not send: with the ordinary ones each key is a round trip of its own
 * and a transaction's time goes there. They travel through the shim's own queue, so its order of messages within a transaction holds. The peer
 * announces them in the payload of its READY message, which the shim drops, so we listen on the same stream. Internal API: the shim is pinned, and so is the
 * one copy of the protobuf classes (package.json overrides the shim's own, which would clash with ours in their global namespace).
 */
import { peer } from '@hyperledger/fabric-protos';

/** What a peer announced: how many keys it takes in one message, 0 where it does not know the message. */
export interface MultiKeyLimits {
  readonly maxReads: number;
  readonly maxWrites: number;
}

/** Structural: what we use of the shim's handler. */
interface ShimHandler {
  readonly _stream: object;
  _askPeerAndListen(message: unknown, method: string): Promise<Buffer>;
}
interface ShimStub {
  readonly handler: ShimHandler;
  readonly txId: string;
  readonly channel_id: string;
}
interface PeerStream {
  on(event: 'data', listener: (message: ShimMessage) => void): unknown;
}
interface ShimMessage {
  getType(): number;
  getPayload_asU8(): Uint8Array;
}
const { READY, GET_STATE_MULTIPLE, WRITE_BATCH_STATE } = peer.ChaincodeMessage.Type;
const NONE: MultiKeyLimits = { maxReads: 0, maxWrites: 0 };
const announced = new WeakMap<object, MultiKeyLimits>();

/** Remembers what the peer at the other end of a chaincode stream announces. Call before the shim starts to talk. */
export function observeAnnouncement(stream: PeerStream & object): void {
  stream.on('data', (message) => {
    if (message.getType() === READY) announced.set(stream, readLimits(message.getPayload_asU8()));
  });
}

function readLimits(payload: Uint8Array): MultiKeyLimits {
  const params = peer.ChaincodeAdditionalParams.deserializeBinary(payload);
  return {
    maxReads: params.getUseGetMultipleKeys() ? params.getMaxSizeGetMultipleKeys() : 0,
    maxWrites: params.getUseWriteBatch() ? params.getMaxSizeWriteBatch() : 0,
  };
}

/** @returns what the peer that runs this transaction takes; nothing for an older peer */
export function multiKeyLimits(stub: object): MultiKeyLimits {
  const handler = (stub as Partial<ShimStub>).handler;
  return (handler && announced.get(handler._stream)) ?? NONE;
}

/** @returns the values in the order of the keys, empty where a key is absent */
export async function getMultiple(stub: object, keys: readonly string[]): Promise<readonly Uint8Array[]> {
  const request = new peer.GetStateMultiple();
  request.setKeysList([...keys]);
  const payload = await ask(stub as ShimStub, GET_STATE_MULTIPLE, request.serializeBinary(), 'GetStateMultiple');
  const values = peer.GetStateMultipleResult.deserializeBinary(payload).getValuesList_asU8();
  // Fabric 3.1.1 answers a failed read with no values and no error; taken at its word, sold seats would look free.
  if (values.length !== keys.length)
    throw new Error(`the peer answered ${values.length} values for ${keys.length} keys`);
  return values;
}

export interface KeyWrite {
  readonly key: string;
  readonly value: Uint8Array;
  /** Serialized SignaturePolicyEnvelope. */
  readonly policy: Uint8Array | undefined;
}

/** How many entries of a message a write takes. */
export function sizeOf({ policy }: KeyWrite): number {
  return policy ? 2 : 1;
}

/** A failure rejects and so fails the transaction: nothing is half-written. */
export async function putMultiple(stub: object, writes: readonly KeyWrite[], policyMetakey: string): Promise<void> {
  const batch = new peer.WriteBatchState();
  batch.setRecList(writes.flatMap((write) => recordsOf(write, policyMetakey)));
  await ask(stub as ShimStub, WRITE_BATCH_STATE, batch.serializeBinary(), 'WriteBatchState');
}

function recordsOf({ key, value, policy }: KeyWrite, policyMetakey: string): peer.WriteRecord[] {
  const put = new peer.WriteRecord();
  put.setType(peer.WriteRecord.Type.PUT_STATE);
  put.setKey(key);
  put.setValue(value);
  if (!policy) return [put];
  const metadata = new peer.StateMetadata();
  metadata.setMetakey(policyMetakey);
  metadata.setValue(policy);
  const endorse = new peer.WriteRecord();
  endorse.setType(peer.WriteRecord.Type.PUT_STATE_METADATA);
  endorse.setKey(key);
  endorse.setMetadata(metadata);
  return [put, endorse];
}

function ask(
  stub: ShimStub,
  type: typeof GET_STATE_MULTIPLE | typeof WRITE_BATCH_STATE,
  payload: Uint8Array,
  method: string,
): Promise<Buffer> {
  const message = new peer.ChaincodeMessage();
  message.setType(type);
  message.setPayload(payload);
  message.setTxid(stub.txId);
  message.setChannelId(stub.channel_id);
  return stub.handler._askPeerAndListen(message, method);
}
