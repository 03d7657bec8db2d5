/** Connections to the gateway service of each peer that the profile names. The first call opens one; gRPC keeps it and comes back after a fall. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, credentials, type CallOptions } from '@grpc/grpc-js';
import { connect, signers, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import type { LedgerProfile, PeerEndpoint } from './profile.js';

export interface Peer {
  readonly mspId: string;
  readonly address: string;
  readonly gateway: Gateway;
  readonly network: Network;
}

/** How long a call may take: a peer that takes longer hangs, and another is asked. */
const EVALUATE_MS = 5_000;
const ENDORSE_MS = 12_000;
const SUBMIT_MS = 12_000;
const COMMIT_MS = 8_000;

const CHANNEL_OPTIONS = {
  // Peers disconnect who pings more often than once a minute (core.yaml, peer.keepalive.minInterval).
  'grpc.keepalive_time_ms': 90_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

export class Peers {
  readonly all: readonly Peer[];
  readonly #clients: readonly Client[];

  /** @throws {Error} if a file of the profile can't be read */
  constructor({ mspId, channel, peers, identity }: LedgerProfile) {
    const signer = signers.newPrivateKeySigner(createPrivateKey(readFileSync(identity.keyFile)));
    const member = { mspId, credentials: readFileSync(identity.certFile) };
    this.#clients = peers.map(openClient);
    this.all = peers.map((endpoint, at) => {
      const client = this.#clients[at];
      if (!client) throw new Error('a peer without client');
      const gateway = connect({ client, identity: member, signer, ...callOptions() });
      return { mspId: endpoint.mspId, address: endpoint.address, gateway, network: gateway.getNetwork(channel) };
    });
  }

  close(): void {
    for (const { gateway } of this.all) gateway.close();
    for (const client of this.#clients) client.close();
  }
}

function callOptions() {
  const within = (ms: number) => (): CallOptions => ({ deadline: Date.now() + ms });
  return {
    evaluateOptions: within(EVALUATE_MS),
    endorseOptions: within(ENDORSE_MS),
    submitOptions: within(SUBMIT_MS),
    commitStatusOptions: within(COMMIT_MS),
  };
}

function openClient({ address, tlsCaFile, serverName }: PeerEndpoint): Client {
  const tls = credentials.createSsl(readFileSync(tlsCaFile));
  return new Client(address, tls, { ...CHANNEL_OPTIONS, 'grpc.ssl_target_name_override': serverName });
}
