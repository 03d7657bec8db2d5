import { status } from '@grpc/grpc-js';
import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import type { GatewayError } from '../../../../gateway/errors.js';
import { packBatch } from '../../../../chaincode/ledger/packing.js';
import { decodeBlock, decodeTransaction } from '../../../../gateway/fabric/block-codec.js';
import { FabricBlocks } from '../../../../gateway/fabric/blocks.js';
import vector from './block.json' with { type: 'json' };
import { fabricError, FakeConnection, type Behaviour } from './fake-connection.js';

const BLOCK = Buffer.from(vector.block, 'base64');
const TX = '99d7a97cf557a2fcf8879c680f44223e28c103b3c22707147eeb516f021bc2fc';

function chainInfo(height: number): Uint8Array {
  const info = new common.BlockchainInfo();
  info.setHeight(height);
  info.setCurrentblockhash(Buffer.from('abcd', 'hex'));
  return info.serializeBinary();
}

/** A call that was never endorsed, as any member can have it put into a block. */
function anInvocation(name: string, args: readonly string[]): common.Envelope {
  const input = new peer.ChaincodeInput();
  input.setArgsList([name, ...args].map((text) => Buffer.from(text)));
  const spec = new peer.ChaincodeSpec();
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const proposal = new peer.ChaincodeProposalPayload();
  proposal.setInput(invocation.serializeBinary());
  const call = new peer.ChaincodeActionPayload();
  call.setChaincodeProposalPayload(proposal.serializeBinary());
  const action = new peer.TransactionAction();
  action.setPayload(call.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.addActions(action);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope;
}

const unknownTransaction = () =>
  fabricError(status.ABORTED, `Failed to get transaction with id ${TX}, error no such transaction ID [${TX}] in index`);

function blocksOf(behaviour: Behaviour) {
  const connection = new FakeConnection(behaviour);
  return { connection, blocks: new FabricBlocks(connection.port) };
}

describe('blocks', () => {
  it('have the hash by which the next block of a real network names them', () => {
    expect(decodeBlock(BLOCK).hash).to.equal(vector.hash);
  });

  it('are taken apart to what was called, by whom, who endorsed it and what became of it', () => {
    const { number, transactions, signatures } = decodeBlock(BLOCK);
    expect([number, signatures]).to.deep.equal([9, { count: 3, consenters: [4, 3, 2] }]);
    expect(transactions).to.have.length(1);
    const { call, ...rest } = transactions[0]!;
    expect(rest).to.deep.equal({
      tx: TX,
      type: 'ENDORSER_TRANSACTION',
      timestamp: '2026-11-20T22:53:04.539Z',
      creatorMsp: 'ResellerMSP',
      validationCode: 'VALID',
    });
    expect(call).to.include({ chaincode: 'guichet', function: 'BoxOffice:submit' });
    expect(call?.endorsers).to.have.members(['OrganizerMSP', 'ResellerMSP']);
    expect(Object.keys(JSON.parse(call!.arguments[0]!) as object)).to.deep.equal(['commands']);
    const { outcomes } = JSON.parse(call!.response) as { outcomes: { receipt: { tx: string } }[] };
    expect(outcomes[0]?.receipt.tx).to.equal(TX);
  });

  it('have one argument unpacked, a batch’s: any member can put thousands of others into a block', () => {
    const packed = packBatch(JSON.stringify({ commands: Array.from({ length: 400 }, () => ({ kind: 'x' })) }));
    const argumentsOf = (name: string) =>
      decodeTransaction(anInvocation(name, [packed, packed]), 0).call?.arguments.map((each) => each[0]);
    expect(argumentsOf('BoxOffice:submit')).to.deep.equal(['{', 'e']);
    expect(argumentsOf('Other:submit')).to.deep.equal(['e', 'e']);
  });

  it('hash numbers of any size in DER', () => {
    const hashes = [0, 127, 128, 255, 256, 2 ** 40].map((number) => {
      const header = new common.BlockHeader();
      header.setNumber(number);
      const block = new common.Block();
      block.setHeader(header);
      return decodeBlock(block.serializeBinary()).hash;
    });
    // From Go's asn1.Marshal and sha256.Sum256, which Fabric uses.
    expect(hashes).to.deep.equal([
      '1d1c288c6851505be0b47a0f8e7dfb91ab2abe6ad71cef63a3791d14588d1d0e',
      '484b0d9e2cea40ec3868d49a98ebfca0797fa5d97cdfaa5246c5eb8d5d69a446',
      '2fc899e6fa44ba5e41f8476f1f3955b5794feee49c827d251dcf3196e3d8af71',
      'cf5ce161ac375224a9858c49095993d6f01bbd54fad0643571421c38512c91ef',
      '3dea8319b68bbee6c105036d945e3d8e0defbc4d6b7418c5204c28a4e89eed67',
      '63902bf514235bacd0cbc06638b03dc3cdef962d6b3fbbc90f64e8a3ad19175f',
    ]);
  });

  it('are read by number, and there is none above the chain', async () => {
    const { connection, blocks } = blocksOf({
      evaluate: ({ transaction }) => (transaction === 'GetChainInfo' ? chainInfo(10) : BLOCK),
    });
    expect((await blocks.block(9))?.number).to.equal(9);
    expect(await blocks.block(10)).to.equal(undefined);
    expect(await blocks.info()).to.deep.equal({ height: 10, hash: 'abcd' });
    const { chaincode, arguments: given } = connection.asked[1]!;
    expect([chaincode, given]).to.deep.equal(['qscc', ['guichet', '9']]);
  });

  // Regression: each block that a conflict was looked up in cost a question about the height first.
  it('that there should be are asked for at once, of whichever peer has them', async () => {
    const { connection, blocks } = blocksOf({
      evaluate: ({ address, arguments: [, number] }) => {
        if (address === 'other:2' && number === '9') return BLOCK;
        throw fabricError(
          status.ABORTED,
          `Failed to get block number ${number}, error no such block number [9] in index`,
        );
      },
    });
    expect((await blocks.committed(9))?.number).to.equal(9);
    expect(connection.asked.map(({ transaction }) => transaction)).to.deep.equal(Array(2).fill('GetBlockByNumber'));
    expect(await blocks.committed(10)).to.equal(undefined);
  });

  it('are found by transaction, and a transaction comes with its block', async () => {
    const { blocks } = blocksOf({
      evaluate: ({ transaction }) =>
        transaction === 'GetBlockByTxID' ? BLOCK : Buffer.from(vector.transaction, 'base64'),
      commitStatus: () => ({ code: 0, blockNumber: 9n }),
    });
    expect((await blocks.blockOf(TX))?.number).to.equal(9);
    expect(await blocks.transaction(TX)).to.include({ tx: TX, block: 9, validationCode: 'VALID' });
  });

  it('do not have a transaction that the ledger does not know', async () => {
    const { blocks } = blocksOf({
      evaluate: () => {
        throw unknownTransaction();
      },
    });
    expect(await blocks.transaction(TX)).to.equal(undefined);
    expect(await blocks.blockOf(TX)).to.equal(undefined);
  });

  it('are unavailable when no peer answers, which is not the same', async () => {
    const { connection, blocks } = blocksOf({
      evaluate: () => {
        throw fabricError(status.UNAVAILABLE, 'connection refused');
      },
    });
    const error = await blocks.transaction(TX).catch((caught: unknown) => caught);
    expect((error as GatewayError).code).to.equal('LEDGER_UNAVAILABLE');
    expect(connection.asked.map(({ address }) => address)).to.deep.equal(['own:1', 'other:2']);
  });
});
