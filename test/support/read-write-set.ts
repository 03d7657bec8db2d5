/** What a transaction read and wrote, out of its envelope (ledger/rwset, kvrwset.proto), for comparing one chaincode's with another's. */
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { PartyLedger } from './party-ledger.js';
import { evaluate } from '../../gateway/fabric/queries.js';

const { KVRWSet } = ledger.rwset.kvrwset;

export interface ReadWriteSet {
  readonly reads: readonly { readonly key: string; readonly version: string }[];
  /** Values in base64. */
  readonly writes: readonly { readonly key: string; readonly isDelete: boolean; readonly value: string }[];
  /** Endorsement policies of keys, in base64. */
  readonly metadata: readonly {
    readonly key: string;
    readonly entries: readonly (readonly [name: string, value: string])[];
  }[];
  readonly rangeQueries: number;
  /** What the chaincode answered, and its event. */
  readonly response: string;
  readonly event: string;
}

/** @returns its part in the chaincode's own namespace */
export async function readWriteSetOf({ connection }: PartyLedger, tx: string): Promise<ReadWriteSet> {
  const { channel, chaincode } = connection.profile;
  const query = { chaincode: 'qscc', transaction: 'GetTransactionByID', arguments: [channel, tx] };
  const action = actionOf(peer.ProcessedTransaction.deserializeBinary(await evaluate(connection, query)));
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  const own = sets.find((set) => set.getNamespace() === chaincode);
  const set = KVRWSet.deserializeBinary(own?.getRwset_asU8() ?? new Uint8Array());
  return {
    reads: set.getReadsList().map((read) => ({ key: read.getKey(), version: versionOf(read.getVersion()) })),
    writes: set.getWritesList().map((write) => ({
      key: write.getKey(),
      isDelete: write.getIsDelete(),
      value: write.getValue_asB64(),
    })),
    metadata: set.getMetadataWritesList().map((write) => ({
      key: write.getKey(),
      entries: write.getEntriesList().map((entry) => [entry.getName(), entry.getValue_asB64()] as const),
    })),
    rangeQueries: set.getRangeQueriesInfoList().length,
    response: Buffer.from(action.getResponse()?.getPayload_asU8() ?? []).toString(),
    event: Buffer.from(peer.ChaincodeEvent.deserializeBinary(action.getEvents_asU8()).getPayload_asU8()).toString(),
  };
}

function versionOf(version: ledger.rwset.kvrwset.Version | undefined): string {
  return version ? `${version.getBlockNum()}:${version.getTxNum()}` : 'absent';
}

function actionOf(processed: peer.ProcessedTransaction): peer.ChaincodeAction {
  const payload = common.Payload.deserializeBinary(
    processed.getTransactionenvelope()?.getPayload_asU8() ?? new Uint8Array(),
  );
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(
    action?.getPayload_asU8() ?? new Uint8Array(),
  ).getAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
}
