/**
 * The committee of a running network in a test's hands: its nodes stand still, and the test signs what they would not, with their own keys out of the
 * network's folder. Whoever takes it gives it back.
 */
import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { loadNodeKey } from '../../committee/storage/node-key.js';
import { openSecret, sealedSchema } from '../../committee/storage/sealed.js';
import type { NetworkPlan } from '../../network/network.js';
import type { TestCommittee } from './committee.js';
import type { TestKey } from './keys.js';
import type { RealNetwork } from './real-network.js';

export interface LiveCommittee extends TestCommittee {
  /** Lets the nodes go on. */
  release(): void;
}

export async function takeCommittee(network: RealNetwork): Promise<LiveCommittee> {
  const release = standStill(network);
  try {
    const { epoch, threshold, members } = await network.organizer.client.committee();
    const keys = new Map((await nodeSigningKeys(network.plan)).map((key) => [key.kid, key]));
    const nodes = members.map(({ jwk, node }) => {
      const key = keys.get(thumbprintOf(jwk));
      if (!key) throw new Error(`${node} of the committee has another key than its process`);
      return key;
    });
    return { epoch, threshold, nodes, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** They keep their connections, and look at the ledger as soon as they go on. */
function standStill({ plan, processes }: RealNetwork): () => void {
  const pids = plan.committeeNodes.map(({ name }) => processes.running(name)!.pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/** The nodes' own, out of the network's folder, in the order of the plan. */
export const nodeSigningKeys = ({ committeeNodes }: NetworkPlan): Promise<readonly TestKey[]> =>
  Promise.all(
    committeeNodes.map(async ({ organization, node }) => {
      const { dataDir, keyFile } = organization.directory.committeeNode(node);
      const sealed = sealedSchema.parse(JSON.parse(await readFile(join(dataDir, 'signing-key.json'), 'utf8')));
      const secret = openSecret(sealed, ['signing-key'], await loadNodeKey(keyFile, false)) as PublicJwk;
      const { kty, crv, x, y } = secret;
      const jwk = { kty, crv, x, y };
      return { jwk, kid: thumbprintOf(jwk), privateKey: createPrivateKey({ key: { ...secret }, format: 'jwk' }) };
    }),
  );
