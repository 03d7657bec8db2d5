/** The network that benchmarks run on: the default one or another, from nothing, on ports of its own, with the raw chaincode beside ours where it is wanted. */
import { readFileSync } from 'node:fs';
import { GuichetClient } from '../../gateway/client/guichet-client.js';
import type { FabricProfile } from '../../gateway/fabric/profile.js';
import {
  deployChaincode,
  noApplication,
  resetNetwork,
  startNetwork,
  stopNetwork,
  type NetworkPlan,
  type Topology,
} from '../../network/network.js';
import type { Shop } from './rest-load.js';
import { placeOf } from '../support/place.js';
import { rawChaincode } from '../support/raw-chaincode/deployment.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface BenchNetwork {
  readonly plan: NetworkPlan;
  readonly profileOf: (organization: string) => FabricProfile;
  readonly shopOf: (organization: string) => Shop;
  readonly clientOf: (organization: string) => GuichetClient;
}

export interface BenchNetworkOptions {
  readonly topology?: Topology;
  readonly raw?: boolean;
  /** Without gateways and committee. */
  readonly isBare?: boolean;
}

export async function withBenchNetwork<T>(
  measure: (network: BenchNetwork) => Promise<T>,
  { topology, raw = false, isBare = false }: BenchNetworkOptions = {},
): Promise<T> {
  const options = placeOf('bench');
  const interruption = new Interruption();
  await resetNetwork({ dataDir: options.dataDir });
  try {
    const plan = await startNetwork({
      ...options,
      progress: 'terminal',
      ...(topology && { topology }),
      ...(isBare && { application: noApplication }),
    });
    if (raw) await deployChaincode(plan, rawChaincode);
    return await Promise.race([interruption.came, measure(openNetwork(plan))]);
  } finally {
    await stopNetwork({ dataDir: options.dataDir });
    interruption.forget();
  }
}

/** By a signal; the network is stopped. */
export class Interrupted extends Error {}

/** Who is interrupted leaves nothing running: what is being started is, and is then stopped. */
class Interruption {
  readonly came: Promise<never>;
  #come: (signal: NodeJS.Signals) => void = () => undefined;

  constructor() {
    this.came = new Promise<never>(
      (_, reject) => (this.#come = (signal) => reject(new Interrupted(`${signal}: stopped`))),
    );
    // It may come before anybody waits for it.
    this.came.catch(() => undefined);
    for (const signal of SIGNALS) process.once(signal, this.#come);
  }

  forget(): void {
    for (const signal of SIGNALS) process.removeListener(signal, this.#come);
  }
}

interface ProfileFile extends FabricProfile {
  readonly publicUrl: string;
  readonly tokenFile: string;
}

function openNetwork(plan: NetworkPlan): BenchNetwork {
  const read = (name: string) => {
    const organization = plan.organizations.find((each) => each.name === name);
    return JSON.parse(readFileSync(organization?.directory.profileFile ?? '', 'utf8')) as ProfileFile;
  };
  const shopOf = (name: string): Shop => {
    const { publicUrl, tokenFile } = read(name);
    return { publicUrl, token: readFileSync(tokenFile, 'utf8').trim() };
  };
  const clientOf = (name: string) => {
    const { publicUrl, token } = shopOf(name);
    return new GuichetClient({ baseUrl: publicUrl, token });
  };
  return { plan, profileOf: read, shopOf, clientOf };
}
