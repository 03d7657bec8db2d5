/**
 * The chaincode's endorsement policy out of the lifecycle's own records (core/chaincode/lifecycle of Fabric), so that every gateway knows for each
 * block what was needed then, whatever its configuration says now.
 */
import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { KeyWrite } from '../fabric/write-sets.js';
import type { EndorsementPolicy } from './ledger-blocks.js';

const LIFECYCLE = '_lifecycle';
const { StateData, ChaincodeValidationInfo } = peer.lifecycle;

/** @returns the policy that these writes define, if they define one that names organizations */
export function policyIn(writes: readonly KeyWrite[], chaincode: string): EndorsementPolicy | undefined {
  const key = `namespaces/fields/${chaincode}/ValidationInfo`;
  const write = writes.find((each) => each.namespace === LIFECYCLE && each.key === key);
  if (!write) return undefined;
  const info = ChaincodeValidationInfo.deserializeBinary(StateData.deserializeBinary(write.value).getBytes_asU8());
  const envelope = peer.ApplicationPolicy.deserializeBinary(info.getValidationParameter_asU8()).getSignaturePolicy();
  const rule = envelope?.getRule();
  if (!envelope || !rule) return undefined;
  const organizations = envelope.getIdentitiesList().map(organizationOf);
  return { needed: leastOf(rule), organizations: [...new Set(organizations)] };
}

function organizationOf(principal: msp.MSPPrincipal): string {
  return msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier();
}

/** How many signatures satisfy it at the least. */
function leastOf(rule: common.SignaturePolicy): number {
  const outOf = rule.getNOutOf();
  if (!outOf) return 1;
  const each = outOf.getRulesList().map(leastOf);
  return each
    .sort((a, b) => a - b)
    .slice(0, outOf.getN())
    .reduce((sum, count) => sum + count, 0);
}
