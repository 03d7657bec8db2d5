import { expect } from 'chai';
import { encodeScalar } from '../../../../chaincode/crypto/scalar.js';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { marketKey } from '../../../../chaincode/domain/market/keys.js';
import type { Records } from '../../../../gateway/http/ports.js';
import { advanceMarket } from '../../../../gateway/markets/advance.js';
import { secretNamed } from '../../../support/curve.js';
import { CHANNEL, SCHEDULE } from '../../../support/statements.js';

const OF = { event: 'OrganizerMSP:opening-night', market: 1 };
const PAGES = 79;

/** A market of 79 pages on a ledger that answers when all that is to be asked has been. */
function aWideMarket(state: 'revealed' | 'cleared') {
  const record = {
    ...{ market: 1, supply: 'resale', quotas: { ResellerMSP: 20_000 }, closesAt: SCHEDULE.doorsOpenAt },
    ...{ state, secret: encodeScalar(secretNamed('market')), result: { pages: PAGES } },
  };
  const shown: Record<string, unknown> = {
    [marketKey(OF.event, OF.market)]: record,
    [eventKey(OF.event)]: { state: 'scheduled', schedule: SCHEDULE },
  };
  const under = { now: 0, most: 0 };
  const submitter = {
    async submit() {
      under.most = Math.max(under.most, (under.now += 1));
      await new Promise((resolve) => void setImmediate(resolve));
      under.now -= 1;
      return { receipt: { tx: 'tx' }, replayed: false, block: 1 };
    },
  };
  const records: Records = {
    read: ((keys: readonly string[]) => Promise.resolve(keys.map((key) => shown[key]))) as Records['read'],
    list: () => Promise.resolve([]),
    history: () => Promise.resolve([]),
  };
  const closings = { enough: () => Promise.resolve([]), all: () => Promise.resolve([]) };
  const nowMs = () => Date.parse(SCHEDULE.doorsOpenAt) - 1_000;
  return { under, options: { channel: CHANNEL, records, submitter, closings, nowMs } };
}

describe('advancing a market with many pages', () => {
  for (const [state, kind, most, taken] of [
    ['revealed', 'read', 2, 8],
    ['cleared', 'settle', 16, 64],
  ] as const)
    it(`has no more steps to ${kind} under way than the driver would, and leaves the rest to the next call`, async () => {
      const { under, options } = aWideMarket(state);
      const { steps, left } = await advanceMarket(OF, options);
      expect(steps.map(({ step }) => step)).to.deep.equal(
        Array.from({ length: taken }, (_, page) => `${kind}.${page}`),
      );
      expect([under.most, left]).to.deep.equal([most, PAGES - taken]);
    });
});
