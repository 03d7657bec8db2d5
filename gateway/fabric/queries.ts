/** Queries: evaluated by one peer, of our own organization where it lives, and by another if that one does not answer. */
import { common, gateway as protos, msp } from '@hyperledger/fabric-protos';
import { StatusCode } from '@hyperledger/fabric-gateway';
import type { Connection, Endpoint } from './connection.js';
import { isUnanswered, lookUpFailure, reasonOf } from './failures.js';
import type { Commit } from './ledger.js';

export interface Query {
  readonly chaincode: string;
  readonly transaction: string;
  readonly arguments: readonly (string | Uint8Array)[];
}

/** @throws {Error} what the last peer asked threw, see failures.ts */
export async function evaluate(connection: Connection, query: Query): Promise<Uint8Array> {
  const first = connection.current();
  const others = connection.endpoints.filter(({ address }) => address !== first.address);
  let last: unknown;
  for (const endpoint of [first, ...others]) {
    try {
      return await evaluateAt(endpoint, query);
    } catch (error) {
      if (!isUnanswered(error)) throw error;
      if (reasonOf(error) === 'deadline') connection.suspect(endpoint);
      last = error;
    }
  }
  throw last;
}

/** @param organizations whose peers may answer; any if none is named */
export function evaluateAt(
  endpoint: Endpoint,
  query: Query,
  organizations: readonly string[] = [],
): Promise<Uint8Array> {
  const contract = endpoint.network.getContract(query.chaincode);
  return contract.evaluate(query.transaction, {
    arguments: [...query.arguments],
    ...(organizations.length > 0 && { endorsingOrganizations: [...organizations] }),
  });
}

/** How many blocks a peer has. */
export async function heightAt(
  endpoint: Endpoint,
  channel: string,
  organizations: readonly string[] = [],
): Promise<number> {
  const query = { chaincode: 'qscc', transaction: 'GetChainInfo', arguments: [channel] };
  return common.BlockchainInfo.deserializeBinary(await evaluateAt(endpoint, query, organizations)).getHeight();
}

/**
 * Asks for a transaction's validation code. The peer waits for the commit until the deadline, so this costs time where there is none yet.
 * @throws {LedgerFailure} of stage `look-up`; reason `deadline` if the peer does not have the transaction, or hangs
 */
export async function commitStatusOf(
  connection: Connection,
  tx: string,
  endpoint = connection.current(),
): Promise<Commit> {
  const { channel, mspId } = connection.profile;
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(connection.credentials);
  const request = new protos.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(tx);
  request.setIdentity(identity.serializeBinary());
  const signed = new protos.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  try {
    const { code, blockNumber } = await endpoint.gateway.newCommit(signed.serializeBinary()).getStatus();
    return { code: codeName(code), block: Number(blockNumber) };
  } catch (error) {
    throw lookUpFailure(error);
  }
}

const CODE_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(StatusCode).map(([name, code]) => [code, name]));

/** TxValidationCode by name. */
export function codeName(code: number): string {
  return CODE_NAMES.get(code) ?? `CODE_${code}`;
}
