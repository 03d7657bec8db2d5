import { status } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { caughtUp } from '../../../../gateway/fabric/heights.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { fabricError, FakeConnection } from './fake-connection.js';
import { settled } from './scripted-ledger.js';

const ORGANIZATIONS = ['ResellerMSP', 'OrganizerMSP'];

/** @param heights each organization's, one after the other */
async function levelOf(heights: Readonly<Record<string, number[]>>, height = 0) {
  const clock = new VirtualClock(0);
  const connection = new FakeConnection({
    evaluate: ({ organizations = [] }) => {
      const own = heights[organizations[0] ?? ''] ?? [];
      if (own.length === 0) throw fabricError(status.UNAVAILABLE, '');
      const info = new common.BlockchainInfo();
      info.setHeight(own.length > 1 ? own.shift()! : own[0]!);
      return info.serializeBinary();
    },
  }).port;
  const [level] = await settled(clock, [caughtUp({ connection, clock }, ORGANIZATIONS, height)]);
  return { level, ms: clock.now() };
}

describe('heights', () => {
  it('are level where everybody has the same blocks', async () => {
    expect(await levelOf({ ResellerMSP: [9], OrganizerMSP: [9] })).to.deep.equal({ level: 9, ms: 0 });
  });

  it('come to be level while one catches up, even if the other goes on', async () => {
    const { level, ms } = await levelOf({ ResellerMSP: [7, 8, 9], OrganizerMSP: [9, 10, 11] });
    expect(level).to.equal(9);
    expect(ms).to.equal(400);
  });

  it('are not level where one lags for long, is below the blocks that we have, or does not answer', async () => {
    expect((await levelOf({ ResellerMSP: [7], OrganizerMSP: [9] })).level).to.equal(undefined);
    expect((await levelOf({ ResellerMSP: [7], OrganizerMSP: [7] }, 9)).level).to.equal(undefined);
    expect((await levelOf({ OrganizerMSP: [9] })).level).to.equal(undefined);
  });
});
