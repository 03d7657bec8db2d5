/** SEED=<n> replays one seed; SEEDS=<n> plays that many. */
import { expect } from 'chai';
import { URGENT_IN_FLIGHT } from '../../gateway/fabric/lanes.js';
import { URGENT_WAITING } from '../../gateway/fabric/places.js';
import { MAX_IN_FLIGHT, MAX_WAITING } from './gateway.js';
import { checkInvariants } from './invariants.js';
import { run } from './run.js';

const { SEED, SEEDS = '50' } = process.env;
const first = SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
const count = SEED === undefined ? Number(SEEDS) : 1;

describe(`two gateways sell the same seats while the network fails, seeds ${first} to ${first + count - 1}`, () => {
  it('sells no seat twice, keeps every receipt, tells nobody a no that does not last, and answers everybody', async () => {
    for (let seed = first; seed < first + count; seed++) {
      try {
        const { network, gateways, answered } = await run(seed);
        checkInvariants(network, answered);
        for (const { peak, alarms } of gateways) {
          expect(peak.waiting).to.be.at.most(MAX_WAITING + URGENT_WAITING);
          expect(peak.inFlight).to.be.at.most(MAX_IN_FLIGHT + URGENT_IN_FLIGHT);
          // The rules are deterministic, whatever lags.
          expect(alarms).not.to.include('LEDGER_DISAGREES');
        }
      } catch (cause) {
        throw new Error(`SEED=${seed}: ${String(cause)}`, { cause });
      }
    }
  });
});
