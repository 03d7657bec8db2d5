/** What of a network is running, and how far its ledger is. */
import { existsSync } from 'node:fs';
import { blockHeight } from './channel.js';
import { messageOf } from './errors.js';
import { withPeers } from './fabric-peer.js';
import { planFrom, type NetworkOptions } from './options.js';
import { ProcessTable } from './processes.js';

export interface ProcessStatus {
  readonly name: string;
  /** Undefined when it was started and has ended since. */
  readonly pid: number | undefined;
  readonly ports: readonly number[];
}

export interface PeerStatus {
  readonly name: string;
  /** Blocks of the channel on this peer, or why it did not say. */
  readonly height: number | string;
}

export interface NetworkStatus {
  readonly dataDir: string;
  readonly channel: string;
  /** Everything that was started and not stopped. */
  readonly processes: readonly ProcessStatus[];
  readonly peers: readonly PeerStatus[];
}

export async function networkStatus(options: NetworkOptions = {}): Promise<NetworkStatus> {
  const plan = planFrom(options);
  const { channel } = plan.topology;
  const table = new ProcessTable(plan.directory);
  const processes = table.names().map((name) => {
    return { name, pid: table.running(name)?.pid, ports: table.record(name)?.ports ?? [] };
  });
  const running = plan.peers.filter(
    ({ name, organization }) => table.running(name) && existsSync(organization.directory.identity('admin').keyFile),
  );
  const peers = await withPeers(running, (connections) =>
    Promise.all(
      connections.map(async (peer) => ({
        name: peer.plan.name,
        height: await blockHeight(channel, peer).catch(messageOf),
      })),
    ),
  );
  return { dataDir: plan.directory.root, channel, processes, peers };
}
