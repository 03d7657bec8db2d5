import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { readNetworkStatus } from '../../../../gateway/fabric/network-status.js';
import { fabricError, FakeConnection } from './fake-connection.js';

const orderer = (mspId: string) => ({
  mspId,
  address: `${mspId}:7050`,
  tlsCaFile: '',
  serverName: '',
  operationsUrl: '',
});

describe('network status', () => {
  it('says how high each peer is, which does not answer, and which orderers are well', async () => {
    const connection = new FakeConnection(
      {
        evaluate: ({ address }) => {
          if (address === 'other:2') throw fabricError(status.UNAVAILABLE, '');
          const info = new common.BlockchainInfo();
          info.setHeight(12);
          return info.serializeBinary();
        },
      },
      { orderers: [orderer('OrganizerMSP'), orderer('VenueMSP')] },
    );
    const seen = await readNetworkStatus(connection.port, ({ mspId }) => Promise.resolve(mspId === 'VenueMSP'));
    expect(seen).to.deep.equal({
      channel: 'guichet',
      consensus: 'bft',
      height: 12,
      peers: [
        { mspId: 'ResellerMSP', address: 'own:1', height: 12 },
        { mspId: 'OrganizerMSP', address: 'other:2', height: undefined },
      ],
      orderers: [
        { mspId: 'OrganizerMSP', address: 'OrganizerMSP:7050', healthy: false },
        { mspId: 'VenueMSP', address: 'VenueMSP:7050', healthy: true },
      ],
    });
    expect(connection.asked.map(({ organizations }) => organizations)).to.deep.equal([
      ['ResellerMSP'],
      ['OrganizerMSP'],
    ]);
  });
});
