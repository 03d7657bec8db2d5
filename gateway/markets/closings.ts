/** What the committee's nodes say about a market's close, as a port; and that port over the nodes' own interface. */
import { committeeKey } from '../../chaincode/domain/keys.js';
import { allClosings, askClosings, httpNode, type NodeClient, type NodeFailure } from '../../committee/client/index.js';
import { GatewayError } from '../errors.js';
import type { Records } from '../http/ports.js';
import type { MarketOf } from './step.js';

/** Who has a say: of the committee of this epoch those with these indexes. */
export interface Holders {
  readonly epoch: number;
  readonly holders: readonly number[];
}

export interface Closings {
  /** By as many nodes as are needed. @throws {ClientError} NODES_TOO_FEW naming those that failed */
  enough(of: MarketOf, by: Holders): Promise<readonly string[]>;
  /** By whoever answers in time: an abort names the others. */
  all(of: MarketOf, by: Holders): Promise<readonly string[]>;
}

export interface CommitteeNode {
  readonly mspId: string;
  readonly node: string;
  readonly url: string;
}

export interface NodeClosingsOptions {
  readonly nodes: readonly CommitteeNode[];
  readonly channel: string;
  readonly records: Records;
  /** Hears of nodes that failed, although there were enough others. */
  readonly failed: (of: MarketOf, failures: readonly NodeFailure[]) => void;
}

export function nodeClosings({ nodes, channel, records, failed }: NodeClosingsOptions): Closings {
  const clients: readonly NodeClient[] = nodes.map(({ mspId, node, url }) => httpNode({ mspId, node, baseUrl: url }));
  const ask = async (asking: typeof askClosings, of: MarketOf, { epoch, holders }: Holders) => {
    const [committee] = await records.read([committeeKey(epoch)]);
    if (!committee) throw new GatewayError('NOT_FOUND', { field: 'epoch', epoch });
    const { answers, failures } = await asking(clients, of, { channel, committee, holders, now: () => Date.now() });
    if (failures.length > 0) failed(of, failures);
    return answers;
  };
  return {
    enough: (of, by) => ask(askClosings, of, by),
    all: (of, by) => ask(allClosings, of, by),
  };
}
