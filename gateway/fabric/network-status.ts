/** How the network is: each peer's height as far as it answers, and whether each orderer is well. */
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import type { Connection, Endpoint } from './connection.js';
import type { OrdererEndpoint } from './profile.js';
import { heightAt } from './queries.js';

const HEALTH_DEADLINE_MS = 2_000;

export interface PeerStatus {
  readonly mspId: string;
  readonly address: string;
  /** undefined: it does not answer */
  readonly height: number | undefined;
}

export interface OrdererStatus {
  readonly mspId: string;
  readonly address: string;
  readonly healthy: boolean;
}

export interface NetworkStatus {
  readonly channel: string;
  readonly consensus: string | undefined;
  /** Of the highest peer; 0 if none answers. */
  readonly height: number;
  readonly peers: readonly PeerStatus[];
  readonly orderers: readonly OrdererStatus[];
}

/** @param healthOf asks an orderer's operations service; another in tests */
export async function readNetworkStatus(connection: Connection, healthOf = askHealth): Promise<NetworkStatus> {
  const { channel, consensus, orderers: known = [] } = connection.profile;
  const [peers, orderers] = await Promise.all([
    Promise.all(connection.endpoints.map((endpoint) => peerStatus(endpoint, channel))),
    Promise.all(
      known.map(async (orderer) => ({
        mspId: orderer.mspId,
        address: orderer.address,
        healthy: await healthOf(orderer),
      })),
    ),
  ]);
  return { channel, consensus, height: Math.max(0, ...peers.map(({ height }) => height ?? 0)), peers, orderers };
}

async function peerStatus(endpoint: Endpoint, channel: string): Promise<PeerStatus> {
  const { mspId, address } = endpoint;
  try {
    // The organization is named, or the gateway service might ask another organization's peer.
    return { mspId, address, height: await heightAt(endpoint, channel, [mspId]) };
  } catch {
    // That it does not answer is the answer.
    return { mspId, address, height: undefined };
  }
}

function askHealth({ operationsUrl, tlsCaFile, serverName }: OrdererEndpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { ca: readFileSync(tlsCaFile), servername: serverName, timeout: HEALTH_DEADLINE_MS };
    const request = get(new URL('/healthz', operationsUrl), options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', () => resolve(false));
  });
}
