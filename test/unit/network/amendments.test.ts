import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  amend,
  readAmendments,
  recordAgreement,
  recordNewcomer,
  withOrganization,
} from '../../../network/amendments.js';
import { DataDirectory, findProjectRoot, writeJson } from '../../../network/data-directory.js';
import { resetNetwork } from '../../../network/down.js';
import { loadOrganization } from '../../../network/organization-file.js';
import { planFrom } from '../../../network/options.js';
import { parseTopology, loadTopology } from '../../../network/topology-file.js';
import type { OrganizationTopology, Topology } from '../../../network/topology.js';
import { networkCodeOf } from './network-code-of.js';

const root = findProjectRoot();
const founding = loadTopology(join(root, 'network', 'topology.json'));
const agency = loadOrganization(root, 'agency');
/** The n-th after the agency, on ports of its own. */
const another = (n: number): OrganizationTopology => ({
  ...agency,
  name: `agency${n}`,
  mspId: `Agency${n}MSP`,
  peers: [{ name: 'peer0', host: '127.0.0.1', port: 410 + 100 * n }],
  committeeNodes: [{ name: 'committee0', host: '127.0.0.1', port: 420 + 100 * n }],
  gateway: { host: '127.0.0.1', port: 430 + 100 * n },
  chaincodePort: 440 + 100 * n,
});
const raised = (version: string, sequence: number): Topology =>
  parseTopology({ ...founding, chaincode: { ...founding.chaincode, version, sequence } });

describe('amendments', () => {
  let directory: DataDirectory;
  const chaincodeNow = (topology = founding) => amend(topology, readAmendments(directory)).chaincode;
  const namesNow = () => amend(founding, readAmendments(directory)).organizations.map(({ name }) => name);
  const founders = founding.organizations.map(({ name }) => name);

  beforeEach(() => (directory = new DataDirectory(mkdtempSync(join(tmpdir(), 'guichet-amendments-')))));
  afterEach(() => rmSync(directory.root, { recursive: true, force: true }));

  it('leave a topology as it is when there are none', () => {
    expect(amend(founding, readAmendments(directory))).to.equal(founding);
  });

  it('leave an organization out until its endorsement counts', () => {
    recordNewcomer(directory, agency);
    expect(namesNow()).to.deep.equal(founders);
    recordAgreement(directory, founding, { version: '1.0', sequence: 2 }, 'agency');
    expect(namesNow()).to.deep.equal([...founders, 'agency']);
    expect(chaincodeNow()).to.include({ version: '1.0', sequence: 2, endorsements: 3 });
  });

  it('refuse another description of who has begun to join', () => {
    recordNewcomer(directory, agency);
    recordNewcomer(directory, agency);
    const moved = { ...agency, gateway: { host: '127.0.0.1', port: 431 } };
    expect(networkCodeOf(() => recordNewcomer(directory, moved))).to.equal('TOPOLOGY_CHANGED');
    expect(readAmendments(directory).organizations).to.have.length(1);
  });

  it('hold until the topology says something else than it said then', () => {
    recordAgreement(directory, founding, { version: '1.1', sequence: 2 });
    expect(chaincodeNow()).to.include({ version: '1.1', sequence: 2, endorsements: 2 });
    expect(chaincodeNow(raised('2.0', 3))).to.include({ version: '2.0', sequence: 3 });
    recordAgreement(directory, raised('2.0', 3), { version: '2.1', sequence: 4 });
    expect(chaincodeNow(raised('2.0', 3))).to.include({ version: '2.1', sequence: 4 });
  });

  it('keep who joined through an upgrade', () => {
    recordNewcomer(directory, agency);
    recordAgreement(directory, founding, { version: '1.0', sequence: 2 }, 'agency');
    recordAgreement(directory, founding, { version: '1.1', sequence: 3 });
    expect(namesNow()).to.include('agency');
  });

  it('are in the plan, which tells founders from others', () => {
    recordNewcomer(directory, agency);
    recordAgreement(directory, founding, { version: '1.0', sequence: 2 }, 'agency');
    const plan = planFrom({ dataDir: directory.root, topology: founding });
    expect(plan.endorsing.map(({ mspId }) => mspId)).to.include('AgencyMSP');
    expect(plan.founders.map(({ name }) => name)).to.deep.equal(founders);
    expect(plan.founding).to.equal(founding);
  });

  it('go when the network is reset', async () => {
    const { topologyFile, amendmentsFile } = directory;
    recordNewcomer(directory, agency);
    // A folder without a topology is nobody's network.
    expect(await networkCodeOf(() => resetNetwork({ dataDir: directory.root }))).to.equal('NOT_A_NETWORK');
    writeJson(topologyFile, { portBase: 7000 });
    await resetNetwork({ dataDir: directory.root });
    expect(existsSync(amendmentsFile)).to.be.false;
  });
});

describe('one organization more', () => {
  it('asks for a majority of those that endorse, and never for fewer than before', () => {
    const counts: number[] = [];
    let topology = founding;
    for (const newcomer of [agency, another(1), another(2)]) {
      topology = withOrganization(topology, newcomer);
      counts.push(topology.chaincode.endorsements);
    }
    expect(counts).to.deep.equal([3, 3, 4]);
    const strict = parseTopology({ ...founding, chaincode: { ...founding.chaincode, endorsements: 3 } });
    expect(withOrganization(strict, agency).chaincode.endorsements).to.equal(3);
  });

  it('asks for more than half of the committee, and of nobody too much', () => {
    const thresholds: number[] = [];
    let topology = founding;
    for (const newcomer of [agency, another(1), { ...another(2), committeeNodes: [] }, another(3)]) {
      topology = withOrganization(topology, newcomer);
      thresholds.push(topology.committee.threshold);
    }
    expect(thresholds).to.deep.equal([3, 4, 4, 4]);
    const four = [0, 1, 2, 3].map((at) => ({ name: `committee${at}`, host: '127.0.0.1', port: 420 + at }));
    const greedy = { ...agency, committeeNodes: four };
    expect(networkCodeOf(() => withOrganization(founding, greedy))).to.equal('TOO_MANY_COMMITTEE_NODES');
  });

  it('must fit into the topology', () => {
    const onVenuesPort = { ...agency, gateway: { host: '127.0.0.1', port: 230 } };
    expect(networkCodeOf(() => withOrganization(founding, onVenuesPort))).to.equal('TOPOLOGY_INVALID');
    const asVenue = { ...agency, mspId: 'VenueMSP' };
    expect(networkCodeOf(() => withOrganization(founding, asVenue))).to.equal('TOPOLOGY_INVALID');
  });
});
