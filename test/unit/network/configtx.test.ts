import { expect } from 'chai';
import { join } from 'node:path';
import { renderConfigtx } from '../../../network/configtx.js';
import { DataDirectory, findProjectRoot } from '../../../network/data-directory.js';
import { planNetwork } from '../../../network/plan.js';
import { checkSocketPaths } from '../../../network/profile.js';
import { loadTopology } from '../../../network/topology-file.js';

interface Rendered {
  Profiles: {
    Guichet: {
      Application: { Organizations: { Name: string }[]; Policies: Record<string, { Rule: string }> };
      Orderer: {
        OrdererType: string;
        BatchTimeout: string;
        BatchSize: object;
        SmartBFT: object;
        ConsenterMapping: { ID: number; Port: number; MSPID: string }[];
      };
    };
  };
}

const plan = (dataDir: string, portBase = 7000) =>
  planNetwork({
    topology: loadTopology(join(findProjectRoot(), 'network', 'topology.json')),
    portBase,
    directory: new DataDirectory(dataDir),
    projectRoot: findProjectRoot(),
    binDir: '/bin',
  });

describe('channel configuration', () => {
  const { Application, Orderer } = (JSON.parse(renderConfigtx(plan('/data'))) as Rendered).Profiles.Guichet;

  it('has every organization as a member, the trustee too', () => {
    expect(Application.Organizations.map(({ Name }) => Name)).to.include('TrusteeMSP');
  });

  it('asks endorsements of organizations with a peer only', () => {
    const endorsers = "'OrganizerMSP.peer', 'ResellerMSP.peer', 'VenueMSP.peer'";
    expect(Application.Policies.Endorsement?.Rule).to.equal(`OutOf(2, ${endorsers})`);
    expect(Application.Policies.LifecycleEndorsement?.Rule).to.equal(`OutOf(2, ${endorsers})`);
  });

  it('cuts a block after 200 ms, 500 transactions or 512 KB, whichever comes first', () => {
    expect(Orderer.BatchTimeout).to.equal('200ms');
    expect(Orderer.SmartBFT).to.include({ RequestBatchMaxInterval: '200ms' });
    expect(Orderer.BatchSize).to.deep.equal({
      MaxMessageCount: 500,
      PreferredMaxBytes: '512 KB',
      AbsoluteMaxBytes: '10 MB',
    });
  });

  it('maps each orderer to its organization', () => {
    expect(Orderer.OrdererType).to.equal('BFT');
    expect(Orderer.ConsenterMapping.map(({ ID, Port, MSPID }) => [ID, Port, MSPID])).to.deep.equal([
      [1, 7000, 'OrganizerMSP'],
      [2, 7100, 'ResellerMSP'],
      [3, 7200, 'VenueMSP'],
      [4, 7300, 'TrusteeMSP'],
    ]);
  });
});

describe('profile', () => {
  it('refuses a data directory whose sockets would have too long a path', () => {
    checkSocketPaths(plan('/data'));
    expect(() => checkSocketPaths(plan(`/${'long/'.repeat(20)}`)))
      .to.throw()
      .with.property('code', 'SOCKET_PATH_TOO_LONG');
  });
});
