import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import type { Refusal } from '../../../../chaincode/domain/refusal.js';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { FabricRecords } from '../../../../gateway/fabric/records.js';
import { fabricError, FakeConnection, type Behaviour } from './fake-connection.js';

function recordsOf(behaviour: Behaviour) {
  const connection = new FakeConnection(behaviour);
  return { connection, records: new FabricRecords(connection.port) };
}

describe('records', () => {
  it('are read by keys, in their order, absent ones as undefined', async () => {
    const { connection, records } = recordsOf({ evaluate: () => '{"records":[null,{"state":"open"}]}' });
    expect(await records.readAll(['a', 'b'])).to.deep.equal([undefined, { state: 'open' }]);
    expect(connection.asked[0]).to.deep.include({
      chaincode: 'box-office',
      transaction: 'Records:read',
      arguments: ['{"keys":["a","b"]}'],
    });
  });

  it('are read one by one too', async () => {
    const { records } = recordsOf({ evaluate: () => '{"records":[{"event":"A:b"}]}' });
    expect(await records.read(eventKey('A:b'))).to.deep.equal({ event: 'A:b' });
  });

  it('are read in pages of what the ledger gives at once', async () => {
    const { connection, records } = recordsOf({
      evaluate: ({ arguments: [query = ''] }) =>
        JSON.stringify({ records: (JSON.parse(query) as { keys: unknown[] }).keys }),
    });
    const keys = Array.from({ length: 2_500 }, (_, index) => `k${index}`);
    expect(await records.readAll<string>(keys)).to.deep.equal(keys);
    expect(connection.asked).to.have.length(3);
    expect(await records.readAll([])).to.deep.equal([]);
  });

  it('are listed by prefix, page after page', async () => {
    const page = { records: [{ key: 'p/b', record: true }], next: 'p/b' };
    const { connection, records } = recordsOf({ evaluate: () => JSON.stringify(page) });
    expect(await records.list('p/', { after: 'p/a', limit: 1 })).to.deep.equal(page);
    expect(connection.asked[0]?.arguments).to.deep.equal(['{"prefix":"p/","after":"p/a","limit":1}']);
  });

  it('have a history', async () => {
    const versions = [{ tx: 't', timestamp: 1, deleted: false, record: { change: 1 } }];
    const { records } = recordsOf({ evaluate: () => JSON.stringify({ versions }) });
    expect(await records.history('k')).to.deep.equal(versions);
  });

  it('are refused by the contract for a key that can not be', async () => {
    const { connection, records } = recordsOf({
      evaluate: () => {
        throw fabricError(status.UNKNOWN, 'evaluate', [
          'ResellerMSP',
          'chaincode response 500, {"code":"INVALID_FIELD","details":{"field":"keys[0]"}}',
        ]);
      },
    });
    const error = await records.read('no key').catch((caught: unknown) => caught);
    expect((error as Refusal).code).to.equal('INVALID_FIELD');
    expect(connection.asked).to.have.length(1);
  });

  it('are read from another peer when this one hangs, which is then suspect', async () => {
    const { connection, records } = recordsOf({
      evaluate: ({ address }) => {
        if (address === 'own:1') throw fabricError(status.DEADLINE_EXCEEDED, 'Deadline exceeded');
        return '{"records":[null]}';
      },
    });
    expect(await records.read('k')).to.equal(undefined);
    expect(connection.suspected).to.deep.equal(['own:1']);
  });
});
