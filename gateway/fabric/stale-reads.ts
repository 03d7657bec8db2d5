/**
 * Which reads of a transaction were stale when its turn came, and who had written there: its read versions compared with what was committed before it, as
 * the peers compare them (core/ledger/kvledger/txmgmt/validation of Fabric). Blocks are only fetched after a conflict or a mismatch, each once, and of each only the keys
 * that it wrote are kept: a whole one decoded takes megabytes.
 */
import { gateway, ledger, peer, common } from '@hyperledger/fabric-protos';
import type { Block, FabricBlocks } from './blocks.js';
import type { StaleRead } from './ledger.js';
import { LIFECYCLE } from './write-sets.js';

/** Older writes than these blocks' can't be told; then nobody is blamed. */
const MAX_BLOCKS = 16;
/** An endorsing peer may be so many blocks behind what our stream has seen. */
const LAG_BLOCKS = 2;

export interface KeyRead {
  readonly key: string;
  /** `block:transaction`; undefined where the key was absent. */
  readonly version: string | undefined;
}

interface Written {
  /** undefined for a key that was deleted. */
  readonly version: string | undefined;
  readonly by: string;
}

/** What a transaction wrote; nothing, if it was not valid. */
interface Wrote {
  readonly tx: string;
  /** It may have changed which chaincode there is, or how the channel is set up, on which every endorsement rests. */
  readonly redefines: boolean;
  readonly keys: readonly (readonly [key: string, written: Written])[];
}

export interface Conflicted {
  readonly tx: string;
  readonly reads: readonly KeyRead[];
  /** How many blocks there were when it was endorsed. */
  readonly height: number;
  /** The block that it is in. */
  readonly block: number;
}

export class StaleReads {
  readonly #blocks: Pick<FabricBlocks, 'committed'>;
  readonly #chaincode: string;
  readonly #remembered = new Map<number, Promise<readonly Wrote[] | undefined>>();

  constructor(blocks: Pick<FabricBlocks, 'committed'>, chaincode: string) {
    this.#blocks = blocks;
    this.#chaincode = chaincode;
  }

  /** @throws {GatewayError} LEDGER_UNAVAILABLE if no peer answers */
  async of({ tx, reads, height, block }: Conflicted): Promise<readonly StaleRead[]> {
    const from = Math.max(0, height - LAG_BLOCKS, block - MAX_BLOCKS + 1);
    const blocks = await Promise.all(numbersFrom(from, block + 1).map((number) => this.#written(number)));
    const written = writtenBefore(
      tx,
      blocks.flatMap((block) => block ?? []),
    );
    return reads.flatMap(({ key, version }) => {
      const last = written.get(key);
      return last && last.version !== version ? [{ key, by: last.by }] : [];
    });
  }

  /**
   * Whether an endorsement that touches these keys is the same before and after these blocks.
   * @param from number of the first block @param to number of the block after the last
   * @returns false where that can't be told @throws {GatewayError} LEDGER_UNAVAILABLE if no peer answers
   */
  async areUnwritten(keys: readonly string[], from: number, to: number): Promise<boolean> {
    if (to - from > MAX_BLOCKS) return false;
    const blocks = await Promise.all(numbersFrom(from, to).map((number) => this.#written(number)));
    const all = blocks.flatMap((block) => block ?? []);
    const written = new Set(all.flatMap((wrote) => wrote.keys.map(([key]) => key)));
    const areTold = blocks.every((block) => block !== undefined);
    return areTold && !all.some(({ redefines }) => redefines) && !keys.some((key) => written.has(key));
  }

  #written(number: number): Promise<readonly Wrote[] | undefined> {
    const known = this.#remembered.get(number);
    if (known) return known;
    const asked = this.#blocks.committed(number).then((block) => block && writtenIn(block, this.#chaincode));
    this.#remembered.set(number, asked);
    const forget = () => this.#remembered.delete(number);
    asked.then((block) => block ?? forget(), forget);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > MAX_BLOCKS && oldest !== undefined) this.#remembered.delete(oldest);
    return asked;
  }
}

const numbersFrom = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

function writtenIn({ number, transactions }: Block, chaincode: string): readonly Wrote[] {
  return transactions.map(({ tx, type, validationCode, creatorMsp: by, call }, index) => {
    const writes = validationCode === 'VALID' ? (call?.writes ?? []) : [];
    const own = writes.filter(({ namespace }) => namespace === chaincode);
    return {
      tx,
      redefines: type === 'CONFIG' || writes.some(({ namespace }) => namespace === LIFECYCLE),
      keys: own.map(({ key, value }) => [key, { version: value.length > 0 ? `${number}:${index}` : undefined, by }]),
    };
  });
}

/** The last write of each key, of transactions up to this one. */
function writtenBefore(tx: string, all: readonly Wrote[]): ReadonlyMap<string, Written> {
  const own = all.findIndex((each) => each.tx === tx);
  return new Map((own < 0 ? all : all.slice(0, own)).flatMap(({ keys }) => keys));
}

/** @param prepared gateway.PreparedTransaction, as the SDK gives it */
export function readsOf(prepared: Uint8Array, chaincode: string): readonly KeyRead[] {
  const envelope = gateway.PreparedTransaction.deserializeBinary(prepared).getEnvelope() ?? new common.Envelope();
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array());
  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList();
  const own = sets.find((set) => set.getNamespace() === chaincode);
  const reads = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(own?.getRwset_asU8() ?? new Uint8Array());
  return reads.getReadsList().map((read) => {
    const version = read.getVersion();
    return { key: read.getKey(), version: version && `${version.getBlockNum()}:${version.getTxNum()}` };
  });
}
