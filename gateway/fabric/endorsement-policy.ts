/** Endorsement policies as Fabric's lifecycle carries them (peer.ApplicationPolicy): how many of which organizations must endorse. */
import { common, msp, peer } from '@hyperledger/fabric-protos';

/** So many of these organizations. */
export interface EndorsementPolicy {
  readonly needed: number;
  readonly organizations: readonly string[];
}

/**
 * Any policy that names organizations, counted by the fewest signatures that satisfy it.
 * @returns undefined for one that refers to a policy of the channel's
 */
export function endorsementPolicyIn(bytes: Uint8Array): EndorsementPolicy | undefined {
  const { rule, organizations } = signaturePolicyIn(bytes);
  return rule && { needed: leastOf(rule), organizations: [...new Set(organizations)] };
}

/**
 * Where any so many of the organizations will do, each once: as our network writes it (network/endorsement-policy.ts).
 * @returns undefined for a policy that asks for something else
 */
export function plainPolicyIn(bytes: Uint8Array): EndorsementPolicy | undefined {
  const { rule, organizations } = signaturePolicyIn(bytes);
  const signers = rule?.getNOutOf()?.getRulesList() ?? [];
  const each = new Set(organizations);
  const isPlain =
    signers.length === organizations.length && signers.every((signer, index) => isSignedBy(signer, index));
  return isPlain && each.size === signers.length ? endorsementPolicyIn(bytes) : undefined;
}

function signaturePolicyIn(bytes: Uint8Array) {
  const envelope = peer.ApplicationPolicy.deserializeBinary(bytes).getSignaturePolicy();
  return { rule: envelope?.getRule(), organizations: (envelope?.getIdentitiesList() ?? []).map(organizationOf) };
}

const organizationOf = (principal: msp.MSPPrincipal): string =>
  msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8()).getMspIdentifier();

const isSignedBy = (rule: common.SignaturePolicy, index: number): boolean =>
  rule.getTypeCase() === common.SignaturePolicy.TypeCase.SIGNED_BY && rule.getSignedBy() === index;

function leastOf(rule: common.SignaturePolicy): number {
  const outOf = rule.getNOutOf();
  if (!outOf) return 1;
  const each = outOf.getRulesList().map(leastOf);
  return each
    .sort((a, b) => a - b)
    .slice(0, outOf.getN())
    .reduce((sum, count) => sum + count, 0);
}
