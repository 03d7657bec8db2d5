/** What a channel has agreed on about a chaincode, as one peer knows it. */
import { peer as peerProtos } from '@hyperledger/fabric-protos';
import { decodePolicy, type EndorsementPolicy } from './endorsement-policy.js';
import type { PeerConnection } from './fabric-peer.js';

const { lifecycle } = peerProtos;
/** Fabric's system chaincode for definitions. */
export const LIFECYCLE = '_lifecycle';

export interface CommittedDefinition {
  /** Counts the definitions of this chaincode; 0 if there is none. */
  readonly sequence: number;
  readonly version: string;
  /** Undefined for one that is not of our form. */
  readonly policy: EndorsementPolicy | undefined;
}

export async function committedDefinition(
  peer: PeerConnection,
  channel: string,
  name: string,
): Promise<CommittedDefinition> {
  const args = new lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary();
  const payload = await peer.propose(channel, LIFECYCLE, 'QueryChaincodeDefinitions', [args]);
  const definitions = lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(payload);
  const found = definitions.getChaincodeDefinitionsList().find((candidate) => candidate.getName() === name);
  return {
    sequence: found?.getSequence() ?? 0,
    version: found?.getVersion() ?? '',
    policy: found && decodePolicy(found.getValidationParameter_asU8()),
  };
}

/** MSP ids of the organizations that have approved what is committed. @throws NetworkError PROPOSAL_REFUSED if nothing is */
export async function approvalsOfCommitted(peer: PeerConnection, channel: string, name: string): Promise<string[]> {
  const args = new lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(name);
  const payload = await peer.propose(channel, LIFECYCLE, 'QueryChaincodeDefinition', [args.serializeBinary()]);
  const { approvalsMap } = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(payload).toObject();
  return approvalsMap.filter(([, approved]) => approved).map(([mspId]) => mspId);
}
