/** How a node comes into a generation: its indexes among those who deal and those who get shares, and the secret it deals from. */
import { randomBytes } from 'node:crypto';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import type { GenerationRecord } from '../../chaincode/domain/committee-records.js';
import { begin, type NodeState, type Role } from '../protocol/index.js';

const SEED_BYTES = 32;

/** The first has the index 1. */
export function indexIn(nodes: readonly PublicJwk[], kid: string): number | undefined {
  const at = nodes.findIndex((jwk) => thumbprintOf(jwk) === kid);
  return at < 0 ? undefined : at + 1;
}

/**
 * @param kid this node's
 * @param oldShare where the key moves: this node's share of it, if it has one
 * @returns undefined for a node that has no part in it
 */
export function joinGeneration(
  { generation, recipients, dealers = recipients }: GenerationRecord,
  kid: string,
  oldShare: string | undefined,
): NodeState | undefined {
  const recipient = indexIn(recipients, kid);
  // An old node that lost its share has nothing to deal.
  const dealer = generation.from && oldShare === undefined ? undefined : indexIn(dealers, kid);
  if (recipient === undefined && dealer === undefined) return undefined;
  const role: Role = { ...(dealer !== undefined && { dealer }), ...(recipient !== undefined && { recipient }) };
  const constant = generation.from && dealer !== undefined ? oldShare : undefined;
  const seed = randomBytes(SEED_BYTES).toString('base64url');
  return begin({ generation, role, secret: { seed, ...(constant !== undefined && { constant }) } }).state;
}
