/** What is due follows from the ledger and the time: whoever looks after whatever crash comes to the same, and to the end. */
import { expect } from 'chai';
import fc from 'fast-check';
import { encodeScalar } from '../../../../chaincode/crypto/scalar.js';
import { eventKey } from '../../../../chaincode/domain/keys.js';
import { shareKey } from '../../../../chaincode/domain/market/keys.js';
import { commandOf, type CommandSources } from '../../../../gateway/markets/commands.js';
import { planOf } from '../../../../gateway/markets/plan.js';
import { ViewReader } from '../../../../gateway/markets/read-view.js';
import { stepId, type Step } from '../../../../gateway/markets/step.js';
import {
  ABORTABLE,
  CLOSES,
  drawing,
  persons,
  sealedMarket,
  type SealedMarket,
} from '../../../support/sealed-market.js';
import { secretNamed } from '../../../support/curve.js';
import { drive } from '../../../support/market-steps.js';
import { CHANNEL, type Command } from '../../../support/statements.js';
import { closingsOf, escrowOf, ORGANIZATIONS, recordsOf, withOrders } from './a-driven-market.js';

const AFTER = '2027-03-02T12:00:10Z';

const viewOf = (market: SealedMarket) => new ViewReader(recordsOf(market), market.of()).view();
const planAt = async (market: SealedMarket, now = AFTER) => planOf(await viewOf(market), now);
const dueAt = async (market: SealedMarket, now = AFTER) => (await planAt(market, now)).due.map(stepId);

async function take(market: SealedMarket, step: Step, caller = 'VenueMSP', now = AFTER) {
  const sources: CommandSources = { channel: CHANNEL, records: recordsOf(market), closings: closingsOf(market) };
  const command = (await commandOf(step, await viewOf(market), sources)) as Command;
  return market.scene.ledger.submit(command, { caller, now });
}

describe('plan of a sealed market', () => {
  it('waits for the close, and then closes', async () => {
    const market = sealedMarket();
    expect(await planAt(market, '2027-03-02T11:59:59Z')).to.deep.equal({
      ...{ due: [], awaited: 'closesAt', nextAt: CLOSES },
    });
    expect(await dueAt(market, CLOSES)).to.deep.equal(['close']);
  });

  it('waits for a key that is not there until it can abort', async () => {
    const market = sealedMarket({ keyed: false });
    expect(await planAt(market)).to.deep.equal({ due: [], awaited: 'key', nextAt: ABORTABLE });
    expect(await dueAt(market, ABORTABLE)).to.deep.equal(['abort']);
  });

  it('freezes the pages that are missing, then the root', async () => {
    const market = drive(sealedMarket(), 'closed');
    expect(await dueAt(market)).to.deep.equal(['freeze.0', 'freeze.1', 'freeze.2']);
    await take(market, { kind: 'freeze', page: 1 });
    expect(await dueAt(market)).to.deep.equal(['freeze.0', 'freeze.2']);
    await take(market, { kind: 'freeze', page: 0 });
    await take(market, { kind: 'freeze', page: 2 });
    expect(await dueAt(market)).to.deep.equal(['root']);
  });

  it('waits for shares, and prefers the reveal to the abort', async () => {
    const market = drive(sealedMarket(), 'frozen');
    expect(await planAt(market)).to.deep.equal({ due: [], awaited: 'shares', nextAt: ABORTABLE });
    expect(await dueAt(market, ABORTABLE)).to.deep.equal(['abort']);
    for (const index of [1, 2, 4]) market.take(market.share(index), { now: AFTER });
    expect(await dueAt(market, ABORTABLE)).to.deep.equal(['unseal']);
  });

  it('closes late where it still can, and aborts where it can’t', async () => {
    const market = sealedMarket();
    expect(await dueAt(market, ABORTABLE)).to.deep.equal(['close', 'abort']);
    expect(await take(market, { kind: 'abort' }, 'VenueMSP', ABORTABLE)).to.include({ code: 'NOTHING_DUE' });
    expect(await take(market, { kind: 'close' }, 'VenueMSP', ABORTABLE)).to.include({ accepted: true });
  });

  it('gives the nodes of a market that is frozen late their time', async () => {
    const market = drive(drive(sealedMarket(), 'closed'), 'frozen', { now: ABORTABLE });
    const later = '2027-03-02T13:03:00Z';
    expect(await planAt(market, ABORTABLE)).to.deep.equal({ due: [], awaited: 'shares', nextAt: later });
    expect(await dueAt(market, later)).to.deep.equal(['abort']);
  });

  it('counts shares as the ledger does', async () => {
    const market = drive(sealedMarket(), 'frozen');
    for (const index of [2, 4]) market.take(market.share(index), { now: AFTER });
    const stale = { share: encodeScalar(secretNamed('an earlier generation')), statement: 'A'.repeat(43) };
    market.scene.ledger.put(shareKey(market.event, 1, 1), stale);
    expect(await planAt(market)).to.include({ awaited: 'shares' });
    market.take(market.share(1), { now: AFTER });
    expect(await dueAt(market)).to.deep.equal(['unseal']);
  });

  it('reads the pages that have orders, then clears', async () => {
    const market = drive(withOrders(sealedMarket()), 'revealed');
    expect(await dueAt(market)).to.deep.equal(['read.0']);
    await take(market, { kind: 'read', page: 0 });
    expect(await dueAt(market)).to.deep.equal(['clear.0']);
  });

  it('looks at the supply of a ballot from the close on', async () => {
    const market = drive(drawing('ballot'), 'closed');
    expect(await dueAt(market)).to.include('supply.0');
    await take(market, { kind: 'supply', page: 0 });
    expect(await dueAt(market)).not.to.include('supply.0');
  });

  it('settles until the doors open, and waits for the record that they have', async () => {
    const market = drive(withOrders(sealedMarket()), 'cleared');
    const view = await viewOf(market);
    expect(planOf(view, AFTER).due.map(stepId)).to.deep.equal(['settle.0']);
    expect(planOf(view, view.doorsOpenAt)).to.deep.equal({ due: [], awaited: 'doors' });
    expect(planOf({ ...view, doorsOpened: true }, view.doorsOpenAt).due).to.deep.equal([{ kind: 'finish' }]);
  });

  it('aborts a cancelled event’s market in any state, and releases everything', async () => {
    for (const state of ['open', 'closed', 'frozen', 'revealed', 'cleared'] as const) {
      const market = drive(withOrders(sealedMarket()), state);
      const { ledger } = market.scene;
      ledger.put(eventKey(market.event), { ...ledger.read(eventKey(market.event))!, state: 'cancelled' });
      expect(await dueAt(market, AFTER), state).to.deep.equal(['abort']);
      expect((await take(market, { kind: 'abort' })).accepted, state).to.equal(true);
      const { due } = await planAt(market);
      expect(due, state).to.have.lengthOf(4);
      for (const step of due) expect((await take(market, step)).accepted).to.equal(true);
      expect(await planAt(market)).to.deep.equal({ due: [], isDone: true });
      expect(escrowOf(market)).to.equal(0);
    }
  });

  it('names the nodes that would not close', async () => {
    const market = withOrders(sealedMarket());
    const sources = { channel: CHANNEL, records: recordsOf(market), closings: closingsOf(market, [2, 3]) };
    const command = (await commandOf({ kind: 'abort' }, await viewOf(market), sources)) as Command;
    market.scene.ledger.accept(command, { caller: 'VenueMSP', now: ABORTABLE });
    expect(market.record).to.deep.include({ state: 'aborted', silent: [2, 3] });
  });

  it('comes to the end after any crash, with any order of drivers and of what is due', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('resale', 'ballot' as const),
        fc.infiniteStream(fc.nat()),
        async (supply, chance) => {
          const pick = (count: number) => chance.next().value % count;
          const market = supply === 'resale' ? withOrders(sealedMarket()) : ballotWithBids();
          for (let turns = 0; ; turns += 1) {
            if (turns > 100) throw new Error(`${market.record.state} after ${turns} turns`);
            // Every look is a new reader's: as after a crash.
            const { due, awaited, isDone } = await planAt(market);
            if (isDone) break;
            if (awaited === 'shares') market.take(postedBy(market, pick(4)), { now: AFTER });
            const caller = ORGANIZATIONS[pick(ORGANIZATIONS.length)]!;
            const some = due.filter(() => pick(3) > 0);
            // Whoever is late repeats what others have done.
            for (const step of [...some, ...some.slice(0, 1)]) {
              const outcome = await take(market, step, caller);
              const isBehind = !outcome.accepted && ['MARKET_NOT_OVER', 'NOTHING_DUE'].includes(outcome.code);
              expect(outcome.accepted || isBehind, `${stepId(step)} ${JSON.stringify(outcome)}`).to.equal(true);
            }
          }
          expect([market.record.state, escrowOf(market)]).to.deep.equal(['finished', 0]);
        },
      ),
      { numRuns: 15 },
    );
  });
});

/** The next node that has not, from one of them on; the third keeps silent. */
function postedBy(market: SealedMarket, from: number): Command {
  const posted = (index: number) => market.scene.ledger.read(`${market.event}/w/${market.number}/s/${index}`);
  const free = [1, 2, 4].filter((index) => !posted(index));
  return market.share(free[from % free.length]!);
}

function ballotWithBids(): SealedMarket {
  const market = drawing('ballot');
  for (const bidder of persons(market, 'Ben', 'Bea')) market.bid(bidder, { priceClass: 'ballot' });
  return market;
}
