/**
 * The connection to Fabric: the gateway service of each peer that the profile names. Our own peer is used while it answers; when it does not, the
 * next one that does, and back again when it has returned.
 */
import { readFileSync } from 'node:fs';
import { Client, connectivityState, credentials, type CallOptions } from '@grpc/grpc-js';
import { connect, hash, type Gateway, type Network } from '@hyperledger/fabric-gateway';
import type { Clock } from './clock.js';
import type { FabricProfile, PeerEndpoint } from './profile.js';
import { newSigner } from './signer.js';
import { Suspicion } from './suspicion.js';

/** How long each call may take. A peer gives endorsers and orderers 10 s, so a call that takes longer means that this peer hangs. */
export interface Deadlines {
  readonly evaluateMs: number;
  readonly endorseMs: number;
  readonly submitMs: number;
  /** From submission to commit. */
  readonly commitMs: number;
  readonly lookUpMs: number;
}
export const DEADLINES: Deadlines = {
  evaluateMs: 10_000,
  endorseMs: 12_000,
  submitMs: 12_000,
  commitMs: 8_000,
  lookUpMs: 2_000,
};

const MESSAGE_BYTES = 100 * 1024 * 1024;
const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': MESSAGE_BYTES,
  'grpc.max_send_message_length': MESSAGE_BYTES,
  // Peers disconnect who pings more often than once a minute (core.yaml, peer.keepalive.minInterval).
  'grpc.keepalive_time_ms': 90_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5_000,
};

export interface Endpoint {
  readonly mspId: string;
  readonly address: string;
  readonly gateway: Gateway;
  readonly network: Network;
}

interface OpenEndpoint extends Endpoint {
  readonly client: Client;
}

export interface ConnectionOptions {
  readonly profile: FabricProfile;
  readonly clock: Clock;
  readonly deadlines?: Deadlines;
}

export class Connection {
  readonly profile: FabricProfile;
  readonly deadlines: Deadlines;
  readonly credentials: Uint8Array;
  readonly #clock: Clock;
  readonly #suspicion: Suspicion;
  readonly #open: (endpoint: PeerEndpoint) => OpenEndpoint;
  readonly #own: OpenEndpoint;
  #endpoints: readonly OpenEndpoint[];

  /** Opens no connection yet: the first call does. @throws {Error} if a file of the profile can't be read */
  constructor({ profile, clock, deadlines = DEADLINES }: ConnectionOptions) {
    const { certFile, keyFile } = profile.identities.gateway;
    this.profile = profile;
    this.deadlines = deadlines;
    this.credentials = readFileSync(certFile);
    this.#clock = clock;
    this.#suspicion = new Suspicion(clock);
    const identity = { mspId: profile.mspId, credentials: this.credentials };
    const signer = newSigner(readFileSync(keyFile, 'utf8'));
    this.#open = (endpoint) => {
      const client = openClient(endpoint);
      const gateway = connect({ client, identity, signer, hash: hash.none, ...this.#callOptions() });
      const { mspId, address } = endpoint;
      return { mspId, address, client, gateway, network: gateway.getNetwork(profile.channel) };
    };
    this.#endpoints = profile.endpoints.map(this.#open);
    const [own] = this.#endpoints;
    if (!own) throw new Error('the profile names no peer');
    this.#own = own;
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }

  /** Peers that the profile did not name yet, of organizations that joined since. @throws {Error} if a file can't be read */
  extend(endpoints: readonly PeerEndpoint[]): void {
    const unknown = endpoints.filter((each) => !this.#endpoints.some(({ address }) => address === each.address));
    this.#endpoints = [...this.#endpoints, ...unknown.map(this.#open)];
  }

  /** The endpoint to use now: the first that is connected, else the first that may be. */
  current(): Endpoint {
    return choose(this.#trusted()) ?? choose(this.#endpoints) ?? this.#own;
  }

  /** One to ask what the current one can't say, if there is such a one. */
  another(): Endpoint {
    const { address } = this.current();
    return choose(this.#trusted().filter((endpoint) => endpoint.address !== address)) ?? this.current();
  }

  /** It took a call and did not answer: it is used last for a while. */
  suspect({ address }: Endpoint): void {
    this.#suspicion.raise(address);
  }

  /** It answered. */
  trust({ address }: Endpoint): void {
    this.#suspicion.clear(address);
  }

  close(): void {
    for (const { gateway, client } of this.#endpoints) {
      gateway.close();
      client.close();
    }
  }

  #trusted(): readonly OpenEndpoint[] {
    return this.#endpoints.filter(({ address }) => !this.#suspicion.isSuspect(address));
  }

  #callOptions() {
    const within = (ms: number) => (): CallOptions => ({ deadline: this.#clock.now() + ms });
    const { evaluateMs, endorseMs, submitMs, lookUpMs } = this.deadlines;
    return {
      evaluateOptions: within(evaluateMs),
      endorseOptions: within(endorseMs),
      submitOptions: within(submitMs),
      commitStatusOptions: within(lookUpMs),
    };
  }
}

/** Asking for the state also makes an idle channel connect, so that the next one is warm when the first fails. */
function choose(candidates: readonly OpenEndpoint[]): OpenEndpoint | undefined {
  const states = candidates.map(({ client }) => client.getChannel().getConnectivityState(true));
  const { READY, IDLE, CONNECTING } = connectivityState;
  const ready = states.indexOf(READY);
  return candidates[ready >= 0 ? ready : states.findIndex((state) => state === IDLE || state === CONNECTING)];
}

function openClient({ address, tlsCaFile, serverName }: PeerEndpoint): Client {
  const tls = credentials.createSsl(readFileSync(tlsCaFile));
  return new Client(address, tls, { ...CHANNEL_OPTIONS, 'grpc.ssl_target_name_override': serverName });
}
