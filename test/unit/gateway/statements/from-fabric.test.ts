import { status } from '@grpc/grpc-js';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { decodeBlock, type Block } from '../../../../gateway/fabric/block-codec.js';
import { OwnBlocks } from '../../../../gateway/fabric/own-blocks.js';
import { acceptedIn } from '../../../../gateway/statements/accepted.js';
import { policyIn } from '../../../../gateway/statements/definition.js';
import { ledgerBlockOf, ledgerBlocks } from '../../../../gateway/statements/from-fabric.js';
import { encodePolicy } from '../../../../network/endorsement-policy.js';
import vector from '../fabric/block.json' with { type: 'json' };
import { fabricError, FakeConnection } from '../fabric/fake-connection.js';

const BLOCK = Buffer.from(vector.block, 'base64');
const VALID = 0;
const BAD_PAYLOAD = 2;

/** Of google.protobuf.Timestamp, which the package declares with types that it does not bring. */
interface Dated {
  getTimestamp(): { setSeconds(value: number): void };
  setTimestamp(timestamp: object): void;
}

/** A block of one transaction whose body and time are as its client likes. */
function hostileBlock(code: number, { data = Buffer.from('nonsense'), seconds = 0 } = {}): Buffer {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId('tx-hostile');
  const original = common.Block.deserializeBinary(BLOCK);
  const first = common.Envelope.deserializeBinary(original.getData()!.getDataList_asU8()[0]!);
  const honest = common.Payload.deserializeBinary(first.getPayload_asU8()).getHeader()!;
  const dated = common.ChannelHeader.deserializeBinary(honest.getChannelHeader_asU8()) as unknown as Dated;
  const timestamp = dated.getTimestamp();
  timestamp.setSeconds(seconds);
  (channelHeader as unknown as Dated).setTimestamp(timestamp);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(honest.getSignatureHeader_asU8());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(data);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  original.getData()!.setDataList([envelope.serializeBinary()]);
  const metadata = original.getMetadata()!.getMetadataList_asU8();
  metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.of(code);
  original.getMetadata()!.setMetadataList(metadata);
  return Buffer.from(original.serializeBinary());
}

function validationInfo(parameter: Uint8Array): Uint8Array {
  const info = new peer.lifecycle.ChaincodeValidationInfo();
  info.setValidationPlugin('vscc');
  info.setValidationParameter(parameter);
  const state = new peer.lifecycle.StateData();
  state.setBytes(info.serializeBinary());
  return state.serializeBinary();
}

describe('blocks for statements', () => {
  it('have what a real transaction wrote, who endorsed it and what it newly accepted', () => {
    const { number, transactions } = ledgerBlockOf(decodeBlock(BLOCK), 'guichet');
    expect([number, transactions.length]).to.deep.equal([9, 1]);
    const [transaction] = transactions;
    expect(transaction).to.include({
      index: 0,
      submitter: 'ResellerMSP',
      timestampMs: Date.parse('2026-11-20T22:53:04.539Z'),
    });
    expect(transaction!.endorsers).to.have.members(['OrganizerMSP', 'ResellerMSP']);
    expect(transaction!.writes.map(({ key }) => key.split('/')[1])).to.deep.equal(['c', 'h', 'm', 't']);
    expect(acceptedIn(transaction!)).to.equal(1);
  });

  it('leave out other chaincodes and whatever is not valid', () => {
    const block = decodeBlock(BLOCK);
    expect(ledgerBlockOf(block, 'another').transactions).to.be.empty;
    const invalid: Block = {
      ...block,
      transactions: block.transactions.map((each) => ({ ...each, validationCode: 'MVCC_READ_CONFLICT' })),
    };
    expect(ledgerBlockOf(invalid, 'guichet').transactions).to.be.empty;
  });

  it('are read although a member had nonsense put into one, at any time it likes', () => {
    for (const seconds of [0, -1, 2 ** 40, 2 ** 53]) {
      const block = decodeBlock(hostileBlock(BAD_PAYLOAD, { seconds }));
      expect(block.transactions[0]).to.include({ tx: 'tx-hostile', validationCode: 'BAD_PAYLOAD' });
      expect(block.transactions[0]!.timestamp).to.match(/^[12]\d{3}-/);
      expect(ledgerBlockOf(block, 'guichet').transactions).to.be.empty;
    }
    expect(() => decodeBlock(hostileBlock(VALID))).to.throw();
  });

  it('say what the chaincode’s definition asks for', () => {
    const mspIds = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
    const key = 'namespaces/fields/guichet/ValidationInfo';
    const value = validationInfo(encodePolicy({ count: 2, mspIds }));
    const write = { namespace: '_lifecycle', key, value };
    expect(policyIn([write], 'guichet')).to.deep.equal({ needed: 2, organizations: mspIds });
    expect(policyIn([write], 'another')).to.equal(undefined);
    expect(policyIn([{ ...write, namespace: 'guichet' }], 'guichet')).to.equal(undefined);
    const reference = new peer.ApplicationPolicy();
    reference.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
    expect(policyIn([{ ...write, value: validationInfo(reference.serializeBinary()) }], 'guichet')).to.equal(undefined);
  });

  it('count the fewest signatures that satisfy a policy of policies', () => {
    const rule = (n: number, rules: common.SignaturePolicy[]) => {
      const outOf = new common.SignaturePolicy.NOutOf();
      outOf.setN(n);
      outOf.setRulesList(rules);
      const policy = new common.SignaturePolicy();
      policy.setNOutOf(outOf);
      return policy;
    };
    const signed = () => {
      const policy = new common.SignaturePolicy();
      policy.setSignedBy(0);
      return policy;
    };
    const envelope = new common.SignaturePolicyEnvelope();
    envelope.setRule(rule(2, [rule(3, [signed(), signed(), signed()]), signed(), rule(2, [signed(), signed()])]));
    const role = new msp.MSPRole();
    role.setMspIdentifier('OrganizerMSP');
    const principal = new msp.MSPPrincipal();
    principal.setPrincipal(role.serializeBinary());
    envelope.setIdentitiesList([principal, principal]);
    const policy = new peer.ApplicationPolicy();
    policy.setSignaturePolicy(envelope);
    const value = validationInfo(policy.serializeBinary());
    const write = { namespace: '_lifecycle', key: 'namespaces/fields/guichet/ValidationInfo', value };
    expect(policyIn([write], 'guichet')).to.deep.equal({ needed: 3, organizations: ['OrganizerMSP'] });
  });
});

/** Blocks from 0 on, as the deliver service sends them. */
async function* delivered(startBlock: bigint, last = 20): AsyncGenerator<common.Block> {
  await Promise.resolve();
  for (let number = Number(startBlock); number <= last; number += 1) {
    const block = common.Block.deserializeBinary(BLOCK);
    block.getHeader()!.setNumber(number);
    yield block;
  }
}

function ownBlocks(blocks: (startBlock: bigint) => AsyncIterable<common.Block>, silent = false) {
  const connection = new FakeConnection({
    evaluate: () => {
      const info = new common.BlockchainInfo();
      info.setHeight(21);
      return info.serializeBinary();
    },
  });
  const opened: string[] = [];
  for (const endpoint of connection.endpoints) {
    const getBlockEvents = ({ startBlock }: { startBlock: bigint }) => {
      opened.push(endpoint.address);
      const stream = blocks(startBlock);
      const close = () => connection.closed.push(endpoint.address);
      return Promise.resolve({ [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](), close });
    };
    Object.assign(endpoint.network, { getBlockEvents });
  }
  const after = (_ms: number, run: () => void) => {
    if (silent) setImmediate(run);
    return () => undefined;
  };
  const clock = { now: () => 0, after };
  return { connection, opened, blocks: new OwnBlocks({ connection: connection.port, clock }) };
}

async function numbersOf(blocks: AsyncIterable<{ readonly number: number }>): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const { number } of blocks) numbers.push(number);
  return numbers;
}

describe('own blocks', () => {
  it('are a stretch of one stream of our own peer, which is closed at its end', async () => {
    const { blocks, connection, opened } = ownBlocks(delivered);
    connection.first = 1;
    expect(await numbersOf(ledgerBlocks(blocks, 'guichet').read(3, 6))).to.deep.equal([3, 4, 5]);
    expect(await numbersOf(blocks.read(6, 6))).to.be.empty;
    expect([opened, connection.closed]).to.deep.equal([['own:1'], ['own:1']]);
    expect(await blocks.height()).to.equal(21);
    expect(connection.asked[0]).to.deep.include({ address: 'own:1', organizations: ['ResellerMSP'] });
  });

  it('close their stream when nobody wants more', async () => {
    const { blocks, connection } = ownBlocks(delivered);
    for await (const { number } of blocks.read(0, 20)) if (number === 1) break;
    expect(connection.closed).to.deep.equal(['own:1']);
  });

  it('are never skipped, nor taken for the end when they end early', async () => {
    const skipping = ownBlocks((startBlock) => delivered(startBlock + 1n));
    expect(await numbersOf(skipping.blocks.read(0, 3)).catch((error: unknown) => error)).to.be.instanceOf(Error);
    const ending = ownBlocks((startBlock) => delivered(startBlock, 1));
    expect(await numbersOf(ending.blocks.read(0, 3)).catch((error: unknown) => error)).to.be.instanceOf(Error);
  });

  it('are unavailable when our own peer fails or falls silent', async () => {
    const failing = ownBlocks(() => {
      throw fabricError(status.UNAVAILABLE, 'connection refused');
    });
    const codeOf = (error: unknown) => (error as { code?: unknown }).code;
    expect(await numbersOf(failing.blocks.read(0, 3)).catch(codeOf)).to.equal('LEDGER_UNAVAILABLE');
    const silence = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) };
    const silent = ownBlocks(() => silence, true);
    expect(await numbersOf(silent.blocks.read(0, 3)).catch(codeOf)).to.equal('LEDGER_UNAVAILABLE');
    expect(silent.connection.closed).to.deep.equal(['own:1']);
  });
});
