/** The channel's nodes: orderers and peers join it while they boot, and a peer that comes late reads what it has missed. */
import { blockHeight, joinOrderer, joinPeer } from './channel.js';
import { withPeers } from './fabric-peer.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
import { ProcessTable } from './processes.js';
import { until } from './waiting.js';

const BOOT_MS = 60_000;
/** Some 1,000 blocks a second; more than this asks for a snapshot. */
const READ_MS = 600_000;

export async function joinNodes(plan: NetworkPlan, nodes: Pick<NetworkPlan, 'orderers' | 'peers'>): Promise<void> {
  const table = new ProcessTable(plan.directory);
  const joining = (name: string, join: () => Promise<void>) =>
    until(
      {
        what: name,
        timeoutMs: BOOT_MS,
        guard: () => table.assertRunning(name),
        logLines: () => table.logTail(name),
      },
      join,
    );
  await withPeers(nodes.peers, (peers) =>
    Promise.all([
      ...nodes.orderers.map((orderer) => joining(orderer.name, () => joinOrderer(plan, orderer))),
      ...peers.map((peer) => joining(peer.plan.name, () => joinPeer(plan, peer))),
    ]),
  );
}

/** Returns when an organization's peers have every block that another peer had when this was called. */
export async function readLedger(plan: NetworkPlan, organization: OrganizationPlan): Promise<void> {
  const { channel } = plan.topology;
  const table = new ProcessTable(plan.directory);
  const others = plan.peers.filter((peer) => peer.organization !== organization);
  const heights = await withPeers(others, (peers) => Promise.all(peers.map((peer) => blockHeight(channel, peer))));
  const target = Math.max(...heights);
  await withPeers(organization.peers, (peers) =>
    Promise.all(
      peers.map((peer) => {
        const { name } = peer.plan;
        const guard = () => table.assertRunning(name);
        return until({ what: `${name} with all blocks`, timeoutMs: READ_MS, guard }, async () => {
          const height = await blockHeight(channel, peer);
          if (height < target) throw new Error(`it has ${height} of ${target} blocks`);
        });
      }),
    ),
  );
}
