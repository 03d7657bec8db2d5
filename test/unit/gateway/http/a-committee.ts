/** The committee behind a network in memory: real nodes with their keys made on its ledger, asked as a wallet or a gate asks them. */
import { evaluateCredential, signCredential } from '../../../../committee/node/credentials.js';
import { signClosing } from '../../../../committee/node/closing.js';
import { evaluateAtGate } from '../../../../committee/node/gate.js';
import { evaluatePerson, signPerson } from '../../../../committee/node/persons.js';
import type { NodeServices } from '../../../../committee/node/services.js';
import { NodeError } from '../../../../committee/errors.js';
import { NodeRefusal, type NodeClient } from '../../../../committee/client/index.js';
import type { NodeAnswer, NodeOperation, NodeRequest } from '../../../../committee/messages/index.js';
import { appointCommittee } from '../../../support/committee.js';
import { startNodes, TestClock, tendAll, type TestCommitteeNode } from '../../../support/nodes.js';
import type { MemoryNetwork } from './memory-network.js';

const HANDLERS: {
  readonly [O in NodeOperation]: (request: NodeRequest<O>, services: NodeServices) => Promise<object>;
} = {
  evaluatePerson,
  signPerson,
  evaluateCredential,
  signCredential,
  evaluateAtGate,
  signClosing,
};

const clientOf = (node: TestCommitteeNode, name: string): NodeClient => ({
  mspId: node.mspId,
  node: name,
  async ask<O extends NodeOperation>(operation: O, request: NodeRequest<O>): Promise<NodeAnswer<O>> {
    try {
      return (await HANDLERS[operation](request, node.services)) as NodeAnswer<O>;
    } catch (error) {
      if (error instanceof NodeError) throw new NodeRefusal(error.code, String(error.details.field));
      throw error;
    }
  },
});

export interface CommitteeInMemory {
  readonly nodes: readonly TestCommitteeNode[];
  readonly clients: readonly NodeClient[];
  /** Has the nodes make a key. @param owner `dedup` or an event's id */
  make(owner: string): Promise<void>;
  close(): Promise<void>;
}

/** Four nodes, any three of which suffice; they hold the dedup key. */
export async function aCommittee(network: MemoryNetwork): Promise<CommitteeInMemory> {
  const committee = appointCommittee(network.ledger);
  const clock = new TestClock();
  clock.ms = Date.parse(network.now);
  const nodes = await startNodes(network.ledger, committee, clock);
  const make = (owner: string) => tendAll(nodes, owner, clock);
  await make('dedup');
  return {
    nodes,
    clients: nodes.map((node, at) => clientOf(node, `committee-${at}`)),
    make,
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}
