/** Whatever happens on the ledger, in whatever stretches blocks come and wherever the projector dies: the tables are the fold of the world state. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Database } from '../../gateway/projection/open-tables.js';
import { openTables } from '../../gateway/projection/open-tables.js';
import { LinkedChain } from '../support/linked-chain.js';
import { aProjector, copyOf, Crash, crashingAt, differenceOf } from '../support/read-model.js';
import type { TestLedger } from '../support/test-ledger.js';
import { attempt, CALLER, history, smallWorld, type Attempt } from './small-world.js';
import { anyHistory } from './market-steps.js';
import { market, play } from './market-world.js';

const RUNS = { numRuns: 12 };

/** How many blocks come at once, how many of those that are in come again, and at which statement the projector dies, if it does. */
const stretches = fc.array(
  fc.record({
    blocks: fc.integer({ min: 1, max: 9 }),
    again: fc.nat(3),
    diesAt: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  { minLength: 1, maxLength: 6 },
);
type Stretch = typeof stretches extends fc.Arbitrary<readonly (infer S)[]> ? S : never;

describe('projection of any history', () => {
  let db: Database;
  before(async () => {
    db = await openTables({ memory: true }, () => undefined);
  });
  after(() => db.destroy());

  it('of sales, transfers, returns and scans is the fold of the world state', () =>
    fc.assert(
      fc.asyncProperty(history, stretches, async (steps, how) => {
        const ledger = smallWorld();
        const chain = LinkedChain.of(ledger);
        const past: Attempt[] = [];
        for (const step of steps) {
          const next = attempt(step, ledger, past);
          past.push(next);
          ledger.submit(next.command, CALLER);
          if (ledger.written.length > 0) chain.write(ledger.written);
        }
        await check(ledger, chain, how);
      }),
      RUNS,
    ));

  it('of resales, refunds and cancellations is the fold of the world state', () =>
    fc.assert(
      fc.asyncProperty(anyHistory, stretches, async (steps, how) => {
        const world = market({});
        const chain = LinkedChain.of(world.ledger);
        for (const step of steps) {
          const before = world.ledger.written;
          play(world, step);
          if (world.ledger.written !== before && world.ledger.written.length > 0) chain.write(world.ledger.written);
        }
        await check(world.ledger, chain, how);
      }),
      RUNS,
    ));

  async function check(ledger: TestLedger, chain: LinkedChain, how: readonly Stretch[]): Promise<void> {
    const projector = aProjector(db);
    await projector.clear();
    for (let next = 0, turn = 0; next < chain.blocks.length; turn += 1) {
      const { blocks, again, diesAt } = how[turn % how.length]!;
      const stretch = chain.blocks.slice(Math.max(0, next - again), next + blocks);
      if (diesAt !== null) await aProjector(crashingAt(db, diesAt)).apply(stretch).catch(requireCrash);
      ({ next } = await projector.apply(stretch));
    }
    expect(await differenceOf(db, chain, ledger)).to.be.undefined;
    const piecemeal = await copyOf(db);
    await projector.clear();
    await projector.apply(chain.blocks);
    expect(await copyOf(db)).to.deep.equal(piecemeal);
  }
});

function requireCrash(error: unknown): void {
  if (!(error instanceof Crash)) throw error;
}
