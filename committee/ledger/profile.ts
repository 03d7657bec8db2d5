/** What a node is told of the network: the part of its profile that this folder reads. */

export interface PeerEndpoint {
  readonly mspId: string;
  /** host:port */
  readonly address: string;
  readonly tlsCaFile: string;
  /** The name in the peer's TLS certificate. */
  readonly serverName: string;
}

export interface LedgerProfile {
  readonly mspId: string;
  readonly channel: string;
  readonly chaincode: string;
  /** The node's own organization's first, where it has any. */
  readonly peers: readonly PeerEndpoint[];
  readonly identity: { readonly certFile: string; readonly keyFile: string };
}
