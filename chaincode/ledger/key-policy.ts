/** Key-level endorsement policies as Fabric's SignaturePolicyEnvelope: all of some organizations' peers and one of others'. */
import { common, msp } from '@hyperledger/fabric-protos';
import type { KeyPolicy } from '../domain/state.js';

/** It replaces the chaincode's policy for its key, so it says everything. @returns serialized SignaturePolicyEnvelope */
export function encodeKeyPolicy({ allOf, oneOf }: KeyPolicy): Uint8Array {
  const organizations = [...allOf, ...oneOf];
  const signedBy = (index: number) => {
    const policy = new common.SignaturePolicy();
    policy.setSignedBy(index);
    return policy;
  };
  const every = allOf.map((_, index) => signedBy(index));
  const some = oneOf.map((_, index) => signedBy(allOf.length + index));
  const rules = some.length === 0 ? every : [...every, outOf(1, some)];

  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setVersion(0);
  envelope.setIdentitiesList(organizations.map(peerOf));
  envelope.setRule(outOf(rules.length, rules));
  return envelope.serializeBinary();
}

function outOf(count: number, rules: common.SignaturePolicy[]): common.SignaturePolicy {
  const nOutOf = new common.SignaturePolicy.NOutOf();
  nOutOf.setN(count);
  nOutOf.setRulesList(rules);
  const policy = new common.SignaturePolicy();
  policy.setNOutOf(nOutOf);
  return policy;
}

function peerOf(mspId: string): msp.MSPPrincipal {
  const role = new msp.MSPRole();
  role.setMspIdentifier(mspId);
  role.setRole(msp.MSPRole.MSPRoleType.PEER);
  const principal = new msp.MSPPrincipal();
  principal.setPrincipalClassification(msp.MSPPrincipal.Classification.ROLE);
  principal.setPrincipal(role.serializeBinary());
  return principal;
}
