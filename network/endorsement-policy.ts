/** Endorsement policies in the form that a chaincode definition carries: so many of these organizations' peers. */
import { common, msp, peer } from '@hyperledger/fabric-protos';

export interface EndorsementPolicy {
  /** How many of the organizations must endorse. */
  readonly count: number;
  readonly mspIds: readonly string[];
}

/** The bytes of a definition's `validation_parameter`. */
export function encodePolicy({ count, mspIds }: EndorsementPolicy): Uint8Array {
  const outOf = new common.SignaturePolicy.NOutOf();
  outOf.setN(count);
  outOf.setRulesList(mspIds.map((_, index) => signedBy(index)));
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(outOf);
  const envelope = new common.SignaturePolicyEnvelope();
  envelope.setRule(rule);
  envelope.setIdentitiesList(mspIds.map(peerOf));
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(envelope);
  return policy.serializeBinary();
}

/** What `encodePolicy` made of it; undefined for a policy of another form. */
export function decodePolicy(bytes: Uint8Array): EndorsementPolicy | undefined {
  const envelope = peer.ApplicationPolicy.deserializeBinary(bytes).getSignaturePolicy();
  const mspIds = (envelope?.getIdentitiesList() ?? []).map((principal) =>
    msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier(),
  );
  const policy = { count: envelope?.getRule()?.getNOutOf()?.getN() ?? 0, mspIds };
  // Whatever else it could say would not come out the same.
  return Buffer.compare(encodePolicy(policy), bytes) === 0 ? policy : undefined;
}

function signedBy(index: number): common.SignaturePolicy {
  const rule = new common.SignaturePolicy();
  rule.setSignedBy(index);
  return rule;
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
