/** Blocks and transactions taken apart (common/common.proto, peer/transaction.proto), and the hash that chains them. */
import { createHash } from 'node:crypto';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { SUBMIT } from '../../chaincode/domain/batch.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { unpackBatch } from '../../chaincode/ledger/packing.js';
import { codeName } from './queries.js';
import { decodeEvent, decodeWrites, type ChaincodeEvent, type KeyWrite } from './write-sets.js';

export interface BlockTransaction {
  /** Empty for a channel's configuration. */
  readonly tx: string;
  /** HeaderType by name: `ENDORSER_TRANSACTION`, `CONFIG`. */
  readonly type: string;
  /** RFC 3339 UTC, the client's word. */
  readonly timestamp: string;
  readonly creatorMsp: string;
  readonly validationCode: string;
  /** What was called and what it answered; absent where no chaincode was. */
  readonly call?: ChaincodeCall;
}

export interface ChaincodeCall {
  readonly chaincode: string;
  readonly function: string;
  /** A packed batch as what was packed. */
  readonly arguments: readonly string[];
  /** MSP ids. */
  readonly endorsers: readonly string[];
  readonly response: string;
  /** They apply only if the transaction is valid. */
  readonly writes: readonly KeyWrite[];
  readonly event?: ChaincodeEvent;
}

export interface Block {
  readonly number: number;
  /** Hashes in lower-case hexadecimal. */
  readonly hash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: readonly BlockTransaction[];
  /** How many orderers signed, and the consenter numbers of those that say it (BFT). */
  readonly signatures: { readonly count: number; readonly consenters: readonly number[] };
}

export function decodeBlock(bytes: Uint8Array): Block {
  return readBlock(common.Block.deserializeBinary(bytes));
}

export function readBlock(block: common.Block): Block {
  const header = block.getHeader();
  if (!header) throw new Error('a block without a header');
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const codes = metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return {
    number: header.getNumber(),
    hash: createHash('sha256').update(encodeHeader(header)).digest('hex'),
    previousHash: hex(header.getPreviousHash_asU8()),
    dataHash: hex(header.getDataHash_asU8()),
    transactions: envelopes.map((bytes, index) =>
      decodeTransaction(common.Envelope.deserializeBinary(bytes), codes[index] ?? 0),
    ),
    signatures: decodeSignatures(metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array()),
  };
}

/** DER of SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET STRING } (protoutil/blockutils.go). */
function encodeHeader(header: common.BlockHeader): Buffer {
  const number = header.getNumber().toString(16);
  const digits = Buffer.from(number.padStart(number.length + (number.length % 2), '0'), 'hex');
  const positive = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  const octets = [header.getPreviousHash_asU8(), header.getDataHash_asU8()].map((bytes) => element(0x04, bytes));
  return element(0x30, Buffer.concat([element(0x02, positive), ...octets]));
}

function element(tag: number, content: Uint8Array): Buffer {
  // Two SHA-256 values and a number: the short form of the length is enough.
  if (content.length > 127) throw new Error(`a block header element of ${content.length} bytes`);
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}

function decodeSignatures(bytes: Uint8Array): Block['signatures'] {
  const signatures = common.Metadata.deserializeBinary(bytes).getSignaturesList();
  const identifiers = signatures
    .map((signature) => signature.getIdentifierHeader_asU8())
    .filter(({ length }) => length > 0);
  const consenters = identifiers.map((identifier) =>
    common.IdentifierHeader.deserializeBinary(identifier).getIdentifier(),
  );
  return { count: signatures.length, consenters };
}

const HEADER_TYPES: ReadonlyMap<number, string> = new Map(
  Object.entries(common.HeaderType).map(([name, type]) => [type, name]),
);

/** @param code TxValidationCode */
export function decodeTransaction(envelope: common.Envelope, code: number): BlockTransaction {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = payload.getHeader();
  const channelHeader = common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array());
  const signatureHeader = common.SignatureHeader.deserializeBinary(
    header?.getSignatureHeader_asU8() ?? new Uint8Array(),
  );
  const type = channelHeader.getType();
  const isCall = type === common.HeaderType.ENDORSER_TRANSACTION;
  const validationCode = codeName(code);
  const call = isCall ? callIn(payload.getData_asU8(), validationCode) : undefined;
  return {
    tx: channelHeader.getTxId(),
    type: HEADER_TYPES.get(type) ?? `TYPE_${type}`,
    timestamp: timeOf(channelHeader),
    creatorMsp: mspOf(signatureHeader.getCreator_asU8()),
    validationCode,
    ...(call && { call }),
  };
}

/** Orderers look at a transaction's header only, so any member can have nonsense put into a block. Peers mark it invalid; it must not hide the rest. */
function callIn(bytes: Uint8Array, validationCode: string): ChaincodeCall | undefined {
  try {
    return decodeCall(peer.Transaction.deserializeBinary(bytes));
  } catch (error) {
    if (validationCode === 'VALID') throw error;
    return undefined;
  }
}

/** The last that RFC 3339 can write. The client's word may be any number. */
const MAX_TIME_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** google.protobuf.Timestamp, which the package declares with types that it does not bring. */
function timeOf(header: common.ChannelHeader): string {
  const timestamp = header.getTimestamp() as { getSeconds(): number; getNanos(): number } | undefined;
  const ms = timestamp ? timestamp.getSeconds() * 1000 + Math.floor(timestamp.getNanos() / 1_000_000) : 0;
  return new Date(ms >= 0 && ms <= MAX_TIME_MS ? ms : 0).toISOString();
}

function decodeCall(transaction: peer.Transaction): ChaincodeCall | undefined {
  const [action] = transaction.getActionsList();
  if (!action) return undefined;
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(payload.getChaincodeProposalPayload_asU8());
  const endorsed = payload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  const result = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  const event = decodeEvent(result);
  return {
    ...decodeInvocation(peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8())),
    endorsers: endorsed.getEndorsementsList().map((endorsement) => mspOf(endorsement.getEndorser_asU8())),
    response: text(result.getResponse()?.getPayload_asU8() ?? new Uint8Array()),
    writes: decodeWrites(result),
    ...(event && { event }),
  };
}

function decodeInvocation(
  invocation: peer.ChaincodeInvocationSpec,
): Pick<ChaincodeCall, 'chaincode' | 'function' | 'arguments'> {
  const spec = invocation.getChaincodeSpec();
  const [name = '', ...rest] = (spec?.getInput()?.getArgsList_asU8() ?? []).map(text);
  const [first, ...more] = rest;
  const isBatch = name === SUBMIT && first !== undefined;
  return {
    chaincode: spec?.getChaincodeId()?.getName() ?? '',
    function: name,
    arguments: isBatch ? [unpacked(first), ...more] : rest,
  };
}

/**
 * One of each transaction, which is bounded: any member can have any bytes put into a block, and each of them unpacked may be a thousand times as long.
 * What can't be unpacked, the chaincode has refused: then it is shown as it is.
 */
function unpacked(argument: string): string {
  try {
    return unpackBatch(argument);
  } catch (error) {
    if (error instanceof Refusal) return argument;
    throw error;
  }
}

function mspOf(identity: Uint8Array): string {
  return msp.SerializedIdentity.deserializeBinary(identity).getMspid();
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
