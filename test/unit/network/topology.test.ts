import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../network/data-directory.js';
import { NetworkError } from '../../../network/errors.js';
import { toleratedOrderers } from '../../../network/topology-rules.js';
import { loadTopology, parseTopology } from '../../../network/topology-file.js';
import type { Topology } from '../../../network/topology.js';

const file = join(findProjectRoot(), 'network', 'topology.json');
const edited = (edit: (topology: Topology) => void): Topology => {
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology;
  edit(topology);
  return topology;
};
const refusal = (edit: (topology: Topology) => void): string => {
  try {
    parseTopology(edited(edit));
  } catch (error) {
    if (error instanceof NetworkError) return error.code;
    throw error;
  }
  return 'accepted';
};
const node = (name: string, port: number) => ({ name, host: '127.0.0.1', port });

describe('topology', () => {
  it('has four BFT orderers, three endorsing organizations and four committee nodes by default', () => {
    const { consensus, organizations } = loadTopology(file);
    expect(consensus).to.equal('bft');
    expect(organizations.map(({ mspId }) => mspId)).to.deep.equal([
      'OrganizerMSP',
      'ResellerMSP',
      'VenueMSP',
      'TrusteeMSP',
    ]);
    expect(organizations.flatMap(({ orderers }) => orderers)).to.have.length(4);
    expect(organizations.flatMap(({ peers }) => peers)).to.have.length(3);
    expect(organizations.flatMap(({ committeeNodes }) => committeeNodes)).to.have.length(4);
  });

  it('tolerates (n-1)/3 orderers with BFT and (n-1)/2 with Raft', () => {
    expect([1, 3, 4, 6, 7].map((n) => toleratedOrderers('bft', n))).to.deep.equal([0, 0, 1, 1, 2]);
    expect([1, 2, 3, 4, 5].map((n) => toleratedOrderers('raft', n))).to.deep.equal([0, 0, 1, 1, 2]);
  });

  it('refuses an organization with more than f BFT orderers', () => {
    expect(refusal(({ organizations }) => organizations[0]!.orderers.push(node('orderer1', 900)))).to.equal(
      'TOO_MANY_ORDERERS',
    );
  });

  it('accepts two orderers in one organization once there are seven', () => {
    const add = ({ organizations }: Topology) => {
      for (const [index, organization] of organizations.slice(0, 3).entries()) {
        organization.orderers.push(node('orderer1', 900 + 10 * index));
      }
    };
    expect(refusal(add)).to.equal('accepted');
  });

  it('refuses an organization with more than f Raft orderers', () => {
    const raft = (topology: Topology) => {
      topology.consensus = 'raft';
      topology.organizations[2]!.orderers = [];
      topology.organizations[3]!.orderers = [];
    };
    expect(refusal(raft)).to.equal('TOO_MANY_ORDERERS');
  });

  it('accepts three Raft orderers of three organizations', () => {
    const raft = (topology: Topology) => {
      topology.consensus = 'raft';
      topology.organizations[3]!.orderers = [];
    };
    expect(refusal(raft)).to.equal('accepted');
  });

  it('refuses a topology without orderers', () => {
    const none = ({ organizations }: Topology) => organizations.forEach((organization) => (organization.orderers = []));
    expect(refusal(none)).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses an organization that could stop the committee', () => {
    // n = 5, t = 4: two nodes are more than n - t = 1.
    const greedy = (topology: Topology) => {
      topology.committee.threshold = 4;
      topology.organizations[0]!.committeeNodes.push(node('committee1', 900));
    };
    expect(refusal(greedy)).to.equal('TOO_MANY_COMMITTEE_NODES');
  });

  it('refuses an organization that could decide as the committee', () => {
    // n = 5, t = 2: two nodes are t, though not more than n - t = 3.
    const greedy = (topology: Topology) => {
      topology.committee.threshold = 2;
      topology.organizations[0]!.committeeNodes.push(node('committee1', 900));
    };
    expect(refusal(greedy)).to.equal('TOO_MANY_COMMITTEE_NODES');
  });

  describe('of n committee nodes and threshold t', () => {
    /** @param nodes of each organization in turn */
    const spread = (threshold: number, ...nodes: readonly number[]) =>
      refusal((topology) => {
        topology.committee.threshold = threshold;
        for (const [at, count] of nodes.entries()) {
          const names = Array.from({ length: count }, (_, index) => node(`committee${index}`, 900 + 10 * at + index));
          topology.organizations[at]!.committeeNodes = names;
        }
      });
    for (const [n, t, nodes, expected] of [
      [3, 2, [1, 1, 1, 0], 'accepted'],
      [4, 3, [1, 1, 1, 1], 'accepted'],
      [5, 3, [2, 1, 1, 1], 'accepted'],
      [6, 4, [2, 2, 1, 1], 'accepted'],
      [7, 4, [2, 2, 2, 1], 'accepted'],
      [7, 4, [3, 2, 1, 1], 'accepted'],
      [7, 5, [2, 2, 2, 1], 'accepted'],
      // More than n - t in one organization.
      [5, 4, [2, 1, 1, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [7, 5, [3, 2, 1, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [7, 6, [2, 2, 2, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [4, 4, [1, 1, 1, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [7, 7, [2, 2, 2, 1], 'TOO_MANY_COMMITTEE_NODES'],
      // t in one organization.
      [7, 4, [4, 1, 1, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [4, 1, [1, 1, 1, 1], 'TOO_MANY_COMMITTEE_NODES'],
      [1, 1, [1, 0, 0, 0], 'TOO_MANY_COMMITTEE_NODES'],
      [2, 2, [1, 1, 0, 0], 'TOO_MANY_COMMITTEE_NODES'],
      // Two sets of t that have no node in common.
      [4, 2, [1, 1, 1, 1], 'TOPOLOGY_INVALID'],
      [6, 3, [2, 2, 1, 1], 'TOPOLOGY_INVALID'],
      [7, 3, [2, 2, 2, 1], 'TOPOLOGY_INVALID'],
      [4, 5, [1, 1, 1, 1], 'TOPOLOGY_INVALID'],
    ] as const) {
      it(`says ${expected} to (${n},${t}) as ${nodes.join(' + ')}`, () => {
        expect(spread(t, ...nodes)).to.equal(expected);
      });
    }
  });

  it('refuses committee nodes without an identity that may write for them', () => {
    const identities = (topology: Topology) => topology.organizations[3]!.identities;
    expect(refusal((topology) => delete identities(topology).committee)).to.equal('TOPOLOGY_INVALID');
    expect(refusal((topology) => (identities(topology).committee = ['auditor']))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses committee nodes of an organization without peer where not two others have one', () => {
    const onePeer = ({ organizations, chaincode }: Topology, more = 0) => {
      chaincode.endorsements = 1;
      for (const organization of organizations.slice(1 + more, 3)) {
        organization.peers = [];
        organization.committeeNodes = [];
        delete organization.gateway;
        delete organization.chaincodePort;
      }
    };
    const nodesOf = ({ organizations, committee }: Topology, at: readonly number[], threshold: number) => {
      committee.threshold = threshold;
      for (const each of at) {
        organizations[each]!.committeeNodes = [node('committee0', 900 + 10 * each)];
      }
    };
    const withOne = (topology: Topology) => {
      onePeer(topology);
      nodesOf(topology, [0, 1, 3], 2);
    };
    const withTwo = (topology: Topology) => {
      onePeer(topology, 1);
      nodesOf(topology, [0, 1, 3], 2);
    };
    expect(refusal(withOne)).to.equal('TOPOLOGY_INVALID');
    expect(refusal(withTwo)).to.equal('accepted');
  });

  it('accepts two of five committee nodes in one organization with threshold three', () => {
    const add = ({ organizations }: Topology) => organizations[0]!.committeeNodes.push(node('committee1', 900));
    expect(refusal(add)).to.equal('accepted');
  });

  it('refuses a threshold above the number of committee nodes', () => {
    expect(refusal(({ committee }) => (committee.threshold = 5))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses more endorsements than endorsing organizations', () => {
    expect(refusal(({ chaincode }) => (chaincode.endorsements = 4))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses two listeners on one port, neighbours of a node and of a chaincode included', () => {
    expect(refusal(({ organizations }) => (organizations[1]!.peers[0]!.port = 2))).to.equal('TOPOLOGY_INVALID');
    expect(refusal(({ organizations }) => (organizations[1]!.gateway!.port = 59))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses two organizations of one MSP', () => {
    expect(refusal(({ organizations }) => (organizations[1]!.mspId = 'OrganizerMSP'))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses a gateway in an organization without peer', () => {
    expect(refusal(({ organizations }) => (organizations[3]!.gateway = { host: '127.0.0.1', port: 330 }))).to.equal(
      'TOPOLOGY_INVALID',
    );
  });

  it('refuses to listen beyond this machine', () => {
    expect(refusal(({ organizations }) => (organizations[0]!.peers[0]!.host = '0.0.0.0'))).to.equal('TOPOLOGY_INVALID');
  });

  it('refuses an unknown field', () => {
    expect(refusal((topology) => Object.assign(topology, { consenus: 'raft' }))).to.equal('TOPOLOGY_INVALID');
  });
});
