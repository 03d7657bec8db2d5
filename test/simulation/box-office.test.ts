/** SEED=<n> replays one seed; SEEDS=<n> plays that many. */
import { expect } from 'chai';
import { MAX_IN_FLIGHT, MAX_WAITING } from './gateway.js';
import { checkInvariants } from './invariants.js';
import { run } from './run.js';

const { SEED, SEEDS = '50' } = process.env;
const first = SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SEED);
const count = SEED === undefined ? Number(SEEDS) : 1;

describe(`two gateways sell the same seats while the network fails, seeds ${first} to ${first + count - 1}`, function () {
  this.timeout(120_000);

  it('sells no seat twice, keeps every receipt, and answers everybody', async () => {
    for (let seed = first; seed < first + count; seed++) {
      try {
        const { network, gateways, answered } = await run(seed);
        checkInvariants(network, answered);
        for (const { peak } of gateways) {
          expect(peak.waiting).to.be.at.most(MAX_WAITING);
          expect(peak.inFlight).to.be.at.most(MAX_IN_FLIGHT);
        }
      } catch (cause) {
        throw new Error(`SEED=${seed}: ${String(cause)}`, { cause });
      }
    }
  });
});
