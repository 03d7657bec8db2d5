/**
 * Asks nodes to say that a sealed market's time has come: t of them close it. A statement counts only if it says that of this market and its own node has
 * signed it, so that the ledger takes what is brought to it.
 */
import { askNodes, type Asked } from './ask-nodes.js';
import { ClientError } from './client-error.js';
import type { NodeClient } from './node-client.js';
import type { PinnedCommittee } from './pinned.js';
import { requireSigned } from './require-signed.js';
import { seatedAt, type SeatedNode } from './seated-node.js';

/** Its number among the event's. */
export interface MarketOf {
  readonly event: string;
  readonly market: number;
}

/** Who holds the market's key. It stays with the committee of the epoch in which it was made. */
export interface ClosingCommittee {
  readonly channel: string;
  readonly committee: PinnedCommittee;
  /** Indexes of the nodes that have a share of it: the others' word counts for nothing on the ledger. All unless given. */
  readonly holders?: readonly number[] | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeoutMs?: number | undefined;
}

/**
 * @returns t statements (`guichet-market-close+jwt`), and who failed meanwhile
 * @throws {ClientError} NODES_TOO_FEW naming every node that failed; before `closesAt` all refuse with NOTHING_DUE
 */
export function askClosings(
  nodes: readonly NodeClient[],
  market: MarketOf,
  asking: ClosingCommittee,
): Promise<Asked<string>> {
  const { committee } = asking;
  return askSeats(seatsOfHolders(nodes, asking), market, asking, committee.threshold);
}

/** Whatever there is within the time, be it fewer than t: an abort names by it who kept silent. */
export async function allClosings(
  nodes: readonly NodeClient[],
  market: MarketOf,
  asking: ClosingCommittee,
): Promise<Asked<string>> {
  const seats = seatsOfHolders(nodes, asking);
  const asked = await Promise.all(seats.map((seat) => askSeats([seat], market, asking, 1).catch(failuresOf)));
  return { answers: asked.flatMap(({ answers }) => answers), failures: asked.flatMap(({ failures }) => failures) };
}

const seatsOfHolders = (nodes: readonly NodeClient[], { committee, holders }: ClosingCommittee): SeatedNode[] =>
  seatedAt(committee, nodes).filter(({ index }) => holders?.includes(index) ?? true);

function failuresOf(error: unknown): Asked<string> {
  if (!(error instanceof ClientError)) throw error;
  return { answers: [], failures: error.failures };
}

function askSeats(
  seats: readonly SeatedNode[],
  { event, market }: MarketOf,
  { channel, now, timeoutMs }: ClosingCommittee,
  needed: number,
): Promise<Asked<string>> {
  const members = new Map(seats.map(({ client, member }) => [client, member]));
  return askNodes({
    nodes: seats.map(({ client }) => client),
    needed,
    timeoutMs,
    async ask(node, signal) {
      const { statement } = await node.ask('signClosing', { event, market }, signal);
      const by = members.get(node);
      if (!by) throw new Error('asked a node without a seat');
      const said = { channel, event, market };
      await requireSigned(statement, { name: 'market-close', by, members: said, nowMs: now() });
      return statement;
    },
  });
}
