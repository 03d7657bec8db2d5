/** A connection whose peers answer as the test says. */
import type { CloseableAsyncIterable, Contract, Gateway, Network, Proposal } from '@hyperledger/fabric-gateway';
import { GatewayError as FabricError } from '@hyperledger/fabric-gateway';
import { Metadata, status } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import { DEADLINES, type Connection, type Endpoint } from '../../../../gateway/fabric/connection.js';
import type { FabricProfile } from '../../../../gateway/fabric/profile.js';

export const PROFILE: FabricProfile = {
  mspId: 'ResellerMSP',
  channel: 'guichet',
  chaincode: 'box-office',
  consensus: 'bft',
  endpoints: [],
  endorsingOrganizations: ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'],
  orderers: [],
  identities: { gateway: { certFile: '', keyFile: '' } },
};

const MSP_IDS: Readonly<Record<string, string>> = {
  'own:1': 'ResellerMSP',
  'other:2': 'OrganizerMSP',
  'third:3': 'VenueMSP',
};

export interface Asked {
  readonly address: string;
  readonly chaincode: string;
  readonly transaction: string;
  readonly arguments: readonly string[];
  readonly organizations: readonly string[] | undefined;
}

export interface Behaviour {
  evaluate?(asked: Asked): Uint8Array | string;
  endorse?(asked: Asked): object;
  commitStatus?(address: string, request: Uint8Array): { code: number; blockNumber: bigint };
  blocks?(startBlock: bigint): AsyncIterable<peer.FilteredBlock>;
  newTransaction?(address: string): { submit(): Promise<unknown> };
}

export class FakeConnection {
  readonly asked: Asked[] = [];
  readonly suspected: string[] = [];
  readonly closed: string[] = [];
  readonly deadlines = DEADLINES;
  readonly credentials = Buffer.from('certificate');
  readonly endpoints: readonly Endpoint[];
  readonly profile: FabricProfile;
  first = 0;

  /** @param addresses of ResellerMSP, which is our own, OrganizerMSP and VenueMSP */
  constructor(
    behaviour: Behaviour,
    profile: Partial<FabricProfile> = {},
    addresses: readonly string[] = ['own:1', 'other:2'],
  ) {
    this.profile = { ...PROFILE, ...profile };
    this.endpoints = addresses.map((address) => this.#endpoint(address, behaviour));
  }

  current(): Endpoint {
    return this.endpoints[this.first]!;
  }

  another(): Endpoint {
    return this.endpoints[1 - this.first]!;
  }

  suspect({ address }: Endpoint): void {
    this.suspected.push(address);
  }

  trust(): void {
    // Tests ask for suspects only.
  }

  /** What the code under test takes. */
  get port(): Connection {
    return this as unknown as Connection;
  }

  #endpoint(address: string, behaviour: Behaviour): Endpoint {
    const network = {
      getContract: (chaincode: string) => this.#contract(address, chaincode, behaviour),
      getFilteredBlockEvents: ({ startBlock }: { startBlock: bigint }) => {
        const blocks = behaviour.blocks!(startBlock) as CloseableAsyncIterable<peer.FilteredBlock>;
        return Promise.resolve({
          [Symbol.asyncIterator]: () => blocks[Symbol.asyncIterator](),
          close: () => this.closed.push(address),
        });
      },
    };
    const gateway = {
      newCommit: (request: Uint8Array) => ({
        getStatus: async () => {
          await Promise.resolve();
          return behaviour.commitStatus!(address, request);
        },
      }),
      newTransaction: () => behaviour.newTransaction!(address),
    };
    return {
      mspId: MSP_IDS[address] ?? '',
      address,
      network: network as unknown as Network,
      gateway: gateway as unknown as Gateway,
    };
  }

  #contract(address: string, chaincode: string, behaviour: Behaviour): Contract {
    const ask = (transaction: string, options: { arguments: string[]; endorsingOrganizations?: string[] }): Asked => {
      const { arguments: given, endorsingOrganizations: organizations } = options;
      const asked = { address, chaincode, transaction, arguments: given, organizations };
      this.asked.push(asked);
      return asked;
    };
    const contract = {
      evaluate: async (...call: Parameters<typeof ask>) => {
        await Promise.resolve();
        return Buffer.from(behaviour.evaluate!(ask(...call)));
      },
      newProposal: (...call: Parameters<typeof ask>) => {
        const asked = ask(...call);
        const endorse = async () => {
          await Promise.resolve();
          return behaviour.endorse!(asked);
        };
        return { endorse } as unknown as Proposal;
      },
    };
    return contract as unknown as Contract;
  }
}

export function fabricError(
  code: status,
  message: string,
  ...details: [mspId: string, message: string][]
): FabricError {
  const cause = Object.assign(new Error(message), { code, details: message, metadata: new Metadata() });
  return new FabricError({
    code,
    message,
    cause,
    details: details.map(([mspId, text]) => ({ mspId, message: text, address: `${mspId}:7051` })),
  });
}
