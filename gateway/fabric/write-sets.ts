/** What a transaction wrote, out of its endorsed result (ledger/rwset/rwset.proto, kvrwset.proto): once it is valid, the ledger's own word. */
import { ledger, peer } from '@hyperledger/fabric-protos';

/** Fabric's own chaincode, which keeps the others' definitions. */
export const LIFECYCLE = '_lifecycle';

export interface KeyWrite {
  /** Name of the chaincode whose key it is. */
  readonly namespace: string;
  readonly key: string;
  /** Empty for a key that was deleted. */
  readonly value: Uint8Array;
}

/** The chaincode's one event. */
export interface ChaincodeEvent {
  readonly chaincode: string;
  readonly name: string;
  readonly payload: Uint8Array;
}

export function decodeWrites(action: peer.ChaincodeAction): readonly KeyWrite[] {
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  return sets.flatMap((set) => {
    const namespace = set.getNamespace();
    const writes = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8()).getWritesList();
    return writes.map((write) => ({ namespace, key: write.getKey(), value: write.getValue_asU8() }));
  });
}

export function decodeEvent(action: peer.ChaincodeAction): ChaincodeEvent | undefined {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return { chaincode: event.getChaincodeId(), name: event.getEventName(), payload: event.getPayload_asU8() };
}
