/**
 * The chaincode's endorsement policy out of the lifecycle's own records (core/chaincode/lifecycle of Fabric), so that every gateway knows for each
 * block what was needed then, whatever its configuration says now.
 */
import { peer } from '@hyperledger/fabric-protos';
import { endorsementPolicyIn, type EndorsementPolicy } from '../fabric/endorsement-policy.js';
import { LIFECYCLE, type KeyWrite } from '../fabric/write-sets.js';

const { StateData, ChaincodeValidationInfo } = peer.lifecycle;

/** @returns the policy that these writes define, if they define one that names organizations */
export function policyIn(writes: readonly KeyWrite[], chaincode: string): EndorsementPolicy | undefined {
  const key = `namespaces/fields/${chaincode}/ValidationInfo`;
  const write = writes.find((each) => each.namespace === LIFECYCLE && each.key === key);
  if (!write) return undefined;
  const info = ChaincodeValidationInfo.deserializeBinary(StateData.deserializeBinary(write.value).getBytes_asU8());
  return endorsementPolicyIn(info.getValidationParameter_asU8());
}
