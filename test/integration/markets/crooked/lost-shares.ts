/** Two nodes whose shares of one key are gone for good, while they hold all others. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { thumbprintOf } from '../../../../chaincode/crypto/jwk.js';
import type { UsableKey } from '../../../../chaincode/domain/committee-records.js';
import type { RealNetwork } from '../../../support/real-network.js';
import { killNode, startNode, storedBy } from '../../../support/real-nodes.js';

/** @returns the indexes of the first `count` nodes, which have none any more */
export async function loseShares({ plan }: RealNetwork, owner: string, key: UsableKey, count: number) {
  const losing = plan.committeeNodes.slice(0, count);
  const names = losing.map(({ name }) => name);
  await killNode(plan, ...names);
  for (const { organization, node } of losing) {
    const directory = join(organization.directory.committeeNode(node).dataDir, 'shares');
    const files = readdirSync(directory).map((file) => join(directory, file));
    const own = files.filter((file) => (JSON.parse(readFileSync(file, 'utf8')) as { owner: string }).owner === owner);
    if (own.length === 0) throw new Error(`${node} has no share of ${owner}`);
    for (const file of own) rmSync(file);
  }
  const signers = await Promise.all(losing.map(async (node) => (await storedBy(node)).signer.kid));
  await startNode(plan, ...names);
  return signers.map((kid) => key.nodes.findIndex((jwk) => thumbprintOf(jwk) === kid) + 1).sort();
}
