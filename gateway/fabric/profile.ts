/** What a gateway is told of the network: the part of the profile that this folder reads. */

export interface PeerEndpoint {
  readonly mspId: string;
  /** host:port */
  readonly address: string;
  readonly tlsCaFile: string;
  /** The name in the peer's TLS certificate. */
  readonly serverName: string;
}

export interface OrdererEndpoint extends PeerEndpoint {
  /** Base of its operations service, which answers /healthz. */
  readonly operationsUrl: string;
}

export interface FabricProfile {
  readonly mspId: string;
  readonly channel: string;
  readonly chaincode: string;
  readonly consensus?: string;
  /** Peers whose gateway service may be used, the organization's own first. */
  readonly endpoints: readonly PeerEndpoint[];
  readonly endorsingOrganizations: readonly string[];
  /** How many of them must endorse, until the ledger has been asked. */
  readonly endorsements?: number | undefined;
  readonly orderers?: readonly OrdererEndpoint[];
  readonly identities: { readonly gateway: { readonly certFile: string; readonly keyFile: string } };
}
