import { status } from '@grpc/grpc-js';
import { common, gateway as protos, msp } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { BlockStream } from '../../../../gateway/fabric/block-stream.js';
import { FabricLedger } from '../../../../gateway/fabric/fabric-ledger.js';
import type { LedgerFailure } from '../../../../gateway/fabric/ledger.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { fabricError, FakeConnection, type Behaviour } from './fake-connection.js';
import { settled } from './scripted-ledger.js';

const OUTCOMES = [
  { accepted: true, receipt: { tx: 'tx-1' } },
  { accepted: false, code: 'NOTHING_DUE', details: {} },
];

function transactionOf(result: unknown, submit: () => Promise<unknown> = () => Promise.resolve()) {
  return {
    getTransactionId: () => 'tx-1',
    getResult: () => Buffer.from(JSON.stringify(result)),
    getBytes: () => Buffer.from('envelope'),
    submit,
  };
}

function emptyBlock(): Uint8Array {
  const block = new common.Block();
  block.setHeader(new common.BlockHeader());
  block.setData(new common.BlockData());
  block.setMetadata(new common.BlockMetadata());
  return block.serializeBinary();
}

function aLedger(behaviour: Behaviour) {
  const clock = new VirtualClock(0);
  const feed = {
    mspId: 'ResellerMSP',
    [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
    close: () => undefined,
  };
  const stream = new BlockStream({
    open: () => Promise.resolve(feed),
    clock,
    random: () => 0,
    report: () => undefined,
  });
  const connection = new FakeConnection({ endorse: () => transactionOf({ outcomes: OUTCOMES }), ...behaviour });
  return { clock, stream, connection, ledger: new FabricLedger({ connection: connection.port, stream }) };
}

const failureOf = async (promise: Promise<unknown>) => {
  const { stage, reason } = (await promise.catch((error: unknown) => error)) as LedgerFailure;
  return [stage, reason];
};

describe('fabric ledger', () => {
  it('proposes BoxOffice:submit with one argument to the organizations named', async () => {
    const { connection, ledger } = aLedger({});
    const endorsed = await ledger.endorse('{"commands":[]}', ['ResellerMSP', 'VenueMSP']);
    expect(connection.asked).to.deep.equal([
      {
        address: 'own:1',
        chaincode: 'box-office',
        transaction: 'BoxOffice:submit',
        arguments: ['{"commands":[]}'],
        organizations: ['ResellerMSP', 'VenueMSP'],
      },
    ]);
    expect([endorsed.tx, endorsed.outcomes]).to.deep.equal(['tx-1', OUTCOMES]);
    expect(ledger.mspId).to.equal('ResellerMSP');
  });

  it('has records stand still where its peers have no further block, and all of them answer', async () => {
    const info = new common.BlockchainInfo();
    info.setHeight(9);
    const { connection, ledger } = aLedger({ evaluate: () => info.serializeBinary() });
    const organizations = ['ResellerMSP', 'OrganizerMSP'];
    expect(await ledger.stoodStill(['key'], 9, organizations)).to.equal(true);
    expect(connection.asked.map(({ transaction }) => transaction)).to.deep.equal(['GetChainInfo', 'GetChainInfo']);
    expect(await ledger.stoodStill(['key'], 10, organizations)).to.equal(false);
    const { ledger: deaf } = aLedger({
      evaluate: ({ address }) => {
        if (address === 'other:2') throw fabricError(status.UNAVAILABLE, '');
        return info.serializeBinary();
      },
    });
    expect(await deaf.stoodStill(['key'], 9, organizations)).to.equal(false);
  });

  it('looks through the blocks that one of its peers had and another may not have had', async () => {
    for (const heights of [
      [11, 9],
      [9, 11],
    ]) {
      const { connection, ledger } = aLedger({
        evaluate: ({ transaction, organizations: [asked] = [] }) => {
          if (transaction === 'GetBlockByNumber') return emptyBlock();
          const info = new common.BlockchainInfo();
          info.setHeight(heights[asked === 'ResellerMSP' ? 0 : 1]!);
          return info.serializeBinary();
        },
      });
      expect(await ledger.stoodStill(['key'], 9, ['ResellerMSP', 'OrganizerMSP'])).to.equal(true);
      const blocks = connection.asked.filter(({ transaction }) => transaction === 'GetBlockByNumber');
      expect(blocks.map(({ arguments: [, number] }) => number)).to.deep.equal(['9', '10']);
    }
  });

  it('does not take another answer for outcomes', async () => {
    for (const result of [{}, { outcomes: [{}] }, { outcomes: [{ accepted: true }] }, []]) {
      const { ledger } = aLedger({ endorse: () => transactionOf(result) });
      expect(await ledger.endorse('', []).catch((error: unknown) => error)).to.be.instanceOf(Error);
    }
  });

  // Regression H5: one peer's text was thrown as the refusal.
  it('throws no refusal of a batch as a whole: it is what one organization claims', async () => {
    const { connection, ledger } = aLedger({
      endorse: () => {
        throw fabricError(status.ABORTED, '', [
          'VenueMSP',
          'chaincode response 500, {"code":"TOO_LARGE","details":{}}',
        ]);
      },
    });
    expect(await failureOf(ledger.endorse('', ['VenueMSP']))).to.deep.equal(['endorse', 'claimed']);
    expect(connection.suspected).to.deep.equal([]);
    connection.first = 1;
    expect(await failureOf(ledger.endorse('', ['VenueMSP']))).to.deep.equal(['endorse', 'claimed']);
    expect(connection.suspected).to.deep.equal(['other:2']);
  });

  it('throws what any organization refuses of a transaction that needs them all', async () => {
    const refusedBy =
      (code: string, ...organizations: string[]) =>
      async () => {
        const texts = organizations.map((msp): [string, string] => [
          msp,
          `chaincode response 500, {"code":"${code}","details":{}}`,
        ]);
        const { ledger } = aLedger({
          endorse: () => {
            throw fabricError(status.ABORTED, '', ...texts);
          },
        });
        const asked = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
        const error = await ledger.endorseTransaction('Consortium:found', '', asked).catch((caught: unknown) => caught);
        return error instanceof Refusal ? error.code : (error as LedgerFailure).reason;
      };
    expect(await refusedBy('FOUNDING_MISMATCH', 'VenueMSP')()).to.equal('FOUNDING_MISMATCH');
    expect(await refusedBy('NOT_FOUNDED', 'VenueMSP')()).to.equal('NOT_FOUNDED');
    expect(await refusedBy('ALREADY_FOUNDED', 'OrganizerMSP', 'VenueMSP')()).to.equal('ALREADY_FOUNDED');
    // One alone could make the others believe that it is done.
    expect(await refusedBy('ALREADY_FOUNDED', 'VenueMSP')()).to.equal('claimed');
  });

  it('suspects a peer that does not answer', async () => {
    const { connection, ledger } = aLedger({
      endorse: () => {
        throw fabricError(status.DEADLINE_EXCEEDED, '');
      },
    });
    expect(await failureOf(ledger.endorse('', []))).to.deep.equal(['endorse', 'deadline']);
    expect(connection.suspected).to.deep.equal(['own:1']);
  });

  it('submits through the peer that endorsed, and the same envelope again through another', async () => {
    const through: string[] = [];
    const submitAt = (address: string) => () => {
      through.push(address);
      return Promise.reject(fabricError(status.UNAVAILABLE, ''));
    };
    const { ledger } = aLedger({
      endorse: () => transactionOf({ outcomes: [] }, submitAt('own:1')),
      newTransaction: (address) => ({ submit: submitAt(address) }),
    });
    const endorsed = await ledger.endorse('', []);
    expect(await failureOf(endorsed.submit())).to.deep.equal(['submit', 'unavailable']);
    expect(await failureOf(endorsed.submit())).to.deep.equal(['submit', 'unavailable']);
    expect(through).to.deep.equal(['own:1', 'other:2']);
  });

  it('waits for the commit no longer than the deadline', async () => {
    const { clock, connection, ledger } = aLedger({});
    const endorsed = await ledger.endorse('', []);
    const [failure] = (await settled(clock, [endorsed.committed()])) as unknown as [LedgerFailure];
    expect([failure.stage, failure.reason]).to.deep.equal(['commit', 'deadline']);
    expect(clock.now()).to.equal(connection.deadlines.commitMs);
  });

  it('looks a transaction up by its id at every peer, as its own organization', async () => {
    let request: Uint8Array = new Uint8Array();
    const askedAt: string[] = [];
    const { ledger } = aLedger({
      commitStatus: (address, bytes) => {
        askedAt.push(address);
        request = bytes;
        return { code: 11, blockNumber: 7n };
      },
    });
    expect(await ledger.lookUp('tx-1')).to.deep.equal({ code: 'MVCC_READ_CONFLICT', block: 7 });
    expect(askedAt).to.deep.equal(['own:1', 'other:2']);
    const signed = protos.SignedCommitStatusRequest.deserializeBinary(request);
    const asked = protos.CommitStatusRequest.deserializeBinary(signed.getRequest_asU8());
    const identity = msp.SerializedIdentity.deserializeBinary(asked.getIdentity_asU8());
    expect([asked.getChannelId(), asked.getTransactionId(), identity.getMspid()]).to.deep.equal([
      'guichet',
      'tx-1',
      'ResellerMSP',
    ]);
  });

  it('finds nothing when the peer waits for a transaction that it does not have', async () => {
    const { ledger } = aLedger({
      commitStatus: () => {
        throw fabricError(status.DEADLINE_EXCEEDED, '');
      },
    });
    expect(await ledger.lookUp('tx-1')).to.equal(undefined);
  });

  it('fails a look-up that no peer answers', async () => {
    const { ledger } = aLedger({
      commitStatus: () => {
        throw fabricError(status.UNAVAILABLE, '');
      },
    });
    expect(await failureOf(ledger.lookUp('tx-1'))).to.deep.equal(['look-up', 'unavailable']);
  });
});
