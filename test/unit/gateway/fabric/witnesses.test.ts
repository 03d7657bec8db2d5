/** Regression H6: while our own peer was down, the unsigned word of one foreign organization's peer was an acknowledgement. */
import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { BlockStream } from '../../../../gateway/fabric/block-stream.js';
import { FabricLedger } from '../../../../gateway/fabric/fabric-ledger.js';
import type { Commit } from '../../../../gateway/fabric/ledger.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { fabricError, FakeConnection } from './fake-connection.js';
import { settled } from './scripted-ledger.js';

type Word = Commit | 'down' | 'absent';
const VALID: Commit = { code: 'VALID', block: 7 };
const INVALID: Commit = { code: 'MVCC_READ_CONFLICT', block: 7 };
const CODES: Readonly<Record<string, number>> = { VALID: 0, MVCC_READ_CONFLICT: 11 };

/** @param words what the peer at each address says of tx-1 */
function aScene(feedOf: string, words: Readonly<Record<string, Word>>, code = 'VALID') {
  const clock = new VirtualClock(0);
  async function* blocks() {
    await Promise.resolve();
    yield { number: 7, transactions: [{ tx: 'tx-1', code }] };
    await new Promise(() => undefined);
  }
  const feed = { mspId: feedOf, [Symbol.asyncIterator]: blocks, close: () => undefined };
  const stream = new BlockStream({
    open: () => Promise.resolve(feed),
    clock,
    random: () => 0,
    report: () => undefined,
  });
  stream.start();
  const asked: string[] = [];
  const connection = new FakeConnection(
    {
      endorse: () => ({ getTransactionId: () => 'tx-1', getResult: () => Buffer.from('{"outcomes":[]}') }),
      commitStatus: (address) => {
        asked.push(address);
        const word = words[address] ?? 'down';
        if (word === 'down') throw fabricError(status.UNAVAILABLE, '');
        if (word === 'absent') throw fabricError(status.DEADLINE_EXCEEDED, '');
        return { code: CODES[word.code]!, blockNumber: BigInt(word.block) };
      },
    },
    {},
    ['own:1', 'other:2', 'third:3'],
  );
  const alarms: string[] = [];
  const report = (level: string) => void alarms.push(level);
  const ledger = new FabricLedger({ connection: connection.port, stream, clock, report });
  const settle = async (promise: Promise<unknown>) => {
    const [result] = await settled(clock, [promise]);
    return result instanceof Error
      ? [(result as { stage?: unknown }).stage, (result as { reason?: unknown }).reason]
      : result;
  };
  return {
    asked,
    alarms,
    committed: async () => settle((await ledger.endorse('', [])).committed()),
    lookUp: () => settle(ledger.lookUp('tx-1')),
  };
}

describe('witnesses', () => {
  it("our own peer's word is enough, and nobody else is asked", async () => {
    const { committed, asked } = aScene('ResellerMSP', { 'other:2': INVALID });
    expect(await committed()).to.deep.equal(VALID);
    expect(asked).to.deep.equal([]);
  });

  it("a foreign peer's blocks count when a second organization says the same", async () => {
    const { committed, alarms } = aScene('OrganizerMSP', { 'third:3': VALID });
    expect(await committed()).to.deep.equal(VALID);
    expect(alarms).to.deep.equal([]);
  });

  it("a foreign peer's blocks alone leave the outcome unknown", async () => {
    for (const word of ['down', 'absent'] as const) {
      const { committed } = aScene('OrganizerMSP', { 'own:1': word, 'third:3': word });
      expect(await committed()).to.deep.equal(['commit', 'unavailable']);
    }
  });

  it('organizations that say different things leave the outcome unknown, and somebody must look', async () => {
    for (const other of [INVALID, { code: 'VALID', block: 8 }]) {
      const { committed, alarms } = aScene('OrganizerMSP', { 'third:3': other });
      expect(await committed()).to.deep.equal(['commit', 'mismatch']);
      expect(alarms).to.deep.equal(['alarm']);
    }
  });

  it('our own peer decides where it answers after all, and a lie is reported', async () => {
    const { committed, alarms } = aScene('OrganizerMSP', { 'own:1': INVALID });
    expect(await committed()).to.deep.equal(INVALID);
    expect(alarms).to.deep.equal(['alarm']);
  });

  it('a look-up believes our own peer, or two organizations, or nobody', async () => {
    expect(await aScene('ResellerMSP', { 'own:1': VALID, 'other:2': INVALID }).lookUp()).to.deep.equal(VALID);
    expect(await aScene('ResellerMSP', { 'other:2': VALID, 'third:3': VALID }).lookUp()).to.deep.equal(VALID);
    expect(await aScene('ResellerMSP', { 'other:2': VALID }).lookUp()).to.deep.equal(['look-up', 'unavailable']);
    expect(await aScene('ResellerMSP', { 'own:1': 'absent', 'other:2': VALID }).lookUp()).to.deep.equal([
      'look-up',
      'unavailable',
    ]);
    expect(await aScene('ResellerMSP', { 'own:1': 'absent', 'other:2': 'absent' }).lookUp()).to.equal(undefined);
    expect(await aScene('ResellerMSP', {}).lookUp()).to.deep.equal(['look-up', 'unavailable']);
  });
});
