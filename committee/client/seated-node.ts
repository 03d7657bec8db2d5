/** Which of the nodes that can be reached are of the committee, and at which index. A node that nobody has pinned is not asked. */
import type { NodeClient } from './node-client.js';
import { seatsOf, type PinnedCommittee, type Seat } from './pinned.js';

export interface SeatedNode extends Seat {
  readonly client: NodeClient;
}

/** @param without an organization whose nodes may not see this */
export function seatedAt(committee: PinnedCommittee, nodes: readonly NodeClient[], without?: string): SeatedNode[] {
  return seatsOf(committee)
    .filter(({ member }) => member.mspId !== without)
    .flatMap((seat) =>
      nodes
        .filter(({ mspId, node }) => mspId === seat.member.mspId && node === seat.member.node)
        .slice(0, 1)
        .map((client) => ({ ...seat, client })),
    );
}
