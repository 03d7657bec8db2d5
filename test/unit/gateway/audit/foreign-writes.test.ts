/** What organizations with a chaincode of their own write beside a market, and what goes on beside it in order. */
import { expect } from 'chai';
import { entriesKey, eventKey, gateKey, ticketKey } from '../../../../chaincode/domain/keys.js';
import { latestMarketKey } from '../../../../chaincode/domain/market/keys.js';
import type { MarketState } from '../../../../chaincode/domain/market/records.js';
import { encodeRecord } from '../../../../chaincode/ledger/codec.js';
import type { AuditReport } from '../../../../gateway/audit/run.js';
import { auditOf } from '../../../support/audited.js';
import { drive, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { persons, type SealedMarket } from '../../../support/sealed-market.js';
import { aDevice, anAdvance, anAllotment, anEventChange, aScan, DOORS, newId } from '../../../support/statements.js';
import { SCHEDULE } from '../../../support/statements.js';
import { asNow, AT_THE_DOOR } from '../../../support/world.js';
import { anOpenMarket, aWholeMarket, releaseAll } from '../../../support/whole-markets.js';

const SEAT = 'floor:A:1';

/** Every command of the market is accepted before and after the foreign writes. */
async function auditWith(until: MarketState, foreign: (market: SealedMarket) => void): Promise<AuditReport> {
  const market = drive(anOpenMarket('lottery'), until);
  const { length } = market.scene.ledger.journal;
  foreign(market);
  drive(market, 'finished');
  releaseAll(market);
  return (await auditOf(market, undefined, length)).report;
}

async function expectFound(until: MarketState, key: RegExp, foreign: (market: SealedMarket) => void): Promise<void> {
  const { difference } = await auditWith(until, foreign);
  expect(difference?.key, JSON.stringify(difference)).to.match(key);
  expect(difference?.tx).to.match(/^foreign-/);
}

function write({ scene: { ledger } }: SealedMarket, key: string, change: object): void {
  ledger.put<object>(key, { ...ledger.read<object>(key), ...change });
}

describe('a foreign write beside a market', () => {
  it('is found out where the lock is lifted, a ticket given away, and the lock put back', () =>
    expectFound('frozen', /\/w$/, (market) => {
      const lock = latestMarketKey(market.event);
      write(market, lock, { state: 'over' });
      write(market, ticketKey(market.event, SEAT), { holder: 'somebody' });
      write(market, lock, { state: 'settling' });
    }));

  it('is found out where a second market begins before the first is over, by the audit of each', async () => {
    const market = anOpenMarket('lottery');
    const { ledger } = market.scene;
    const { length } = ledger.journal;
    write(market, latestMarketKey(market.event), { state: 'over' });
    const second = market.next();
    ledger.accept(second.opening);
    for (const each of [market, second]) {
      const { difference } = (await auditOf(each, undefined, length)).report;
      expect(difference).to.include({ key: latestMarketKey(market.event), tx: `foreign-${length}` });
    }
  });

  it('is found out where a market is opened out of turn, whoever said that the one before is over', async () => {
    const market = anOpenMarket('lottery');
    market.scene.ledger.put(latestMarketKey(market.event), { market: 1, state: 'over' });
    const second = market.next();
    market.scene.ledger.accept(second.opening);
    // Replayed before all transactions, it stands there when the first is opened.
    expect((await auditOf(market)).report.difference).to.include({ expected: 'm2', found: 'm1' });
    expect((await auditOf(second)).report.difference?.expected).to.include('STALE_MARKET');
  });

  it('is found out where a market is opened while another is', async () => {
    const market = anOpenMarket('lottery');
    market.scene.ledger.put(latestMarketKey(market.event), { market: 0, state: 'open' });
    expect((await auditOf(market)).report.difference).to.include({ expected: 'no other market', found: 'm0' });
  });

  for (const [what, change] of Object.entries({
    'taken back': { state: 'returned' },
    'let in without a scan': { state: 'admitted', change: 1, entered: 1 },
    'only counted on': { change: 5 },
  }))
    it(`is found out where an offered ticket is ${what}, so that a trade lapses`, () =>
      expectFound('cleared', /\/t\/floor\/A\/1$/, (market) => write(market, ticketKey(market.event, SEAT), change)));

  it('is found out where the rules change between the close and the clearing', () =>
    expectFound('revealed', /\/e$/, (market) => {
      const { policy } = market.scene.ledger.read(eventKey(market.event))!;
      write(market, eventKey(market.event), { policy: { ...policy, perPersonLimit: { primary: 50, resale: 50 } } });
    }));

  it('is found out where the event is cancelled by nobody', () =>
    expectFound('cleared', /\/e$/, (market) => {
      write(market, eventKey(market.event), { state: 'cancelled' });
      write(market, eventKey(market.event), { state: 'scheduled' });
    }));

  it('is found out where doors are said to be open, and the market ends unsettled', async () => {
    const market = drive(anOpenMarket('lottery'), 'cleared');
    const { ledger } = market.scene;
    const { length } = ledger.journal;
    write(market, gateKey(market.event, 'doors'), { state: 'open' });
    expect(submitStep(market, steps.finish(market))).to.include({ accepted: true });
    releaseAll(market);
    const { difference } = (await auditOf(market, undefined, length)).report;
    expect(difference).to.include({ key: gateKey(market.event, 'doors'), tx: `foreign-${length}` });
  });

  it('is found out where doors were said to be open before the market was', async () => {
    const { report } = await auditOf(aWholeMarket('lottery'), (ledger) => {
      const at = ledger.findIndex(({ writes }) => writes.some(({ key }) => key.endsWith('/x/doors')));
      const event = ledger[at]!.writes.find(({ key }) => key.endsWith('/x/doors'))!;
      const open = { ...event, value: encodeRecord({ state: 'open', byOrganizer: false }) };
      return ledger.toSpliced(at, 0, { ...ledger[at]!, tx: 'early', commands: [], writes: [open] });
    });
    expect(report.difference?.tx).to.equal('early');
  });

  const theft = [['VenueMSP/theft-0001', ['escrow:deposits', -50, 'release'], ['VenueMSP', 50, 'release']]] as const;

  it('is found out where the escrow is emptied under a name of its own', () =>
    expectFound('frozen', /\/m\//, ({ scene: { ledger }, event }) =>
      ledger.put(entriesKey(event, `foreign-${ledger.journal.length}`), theft),
    ));

  it('is found out where the escrow is emptied under another transaction’s', () =>
    expectFound('frozen', /\/m\/theft$/, ({ scene: { ledger }, event }) =>
      ledger.put(entriesKey(event, 'theft'), theft),
    ));

  it('is found out where entries are taken away', () =>
    expectFound('frozen', /\/m\//, ({ scene: { ledger }, event }) => {
      const [key = ''] = [...ledger.records().keys()].filter((each) => each.startsWith(entriesKey(event, '')));
      ledger.put(key, []);
    }));

  it('is found out where a settlement books twice', async () => {
    const market = aWholeMarket('lottery');
    const second = { key: entriesKey(market.event, 'othertx'), value: encodeRecord(theft) };
    const { report } = await auditOf(market, (ledger) =>
      ledger.map((each) => {
        const settles = each.commands.some((command) => (command as { kind: string }).kind === 'market.settle');
        return settles ? { ...each, writes: [...each.writes, second] } : each;
      }),
    );
    expect(report.difference).to.include({ key: second.key });
  });

  it('is found out where another market’s release gives more than its deposit', async () => {
    const [market, second] = two();
    const { report } = await auditOf(market, (ledger) =>
      ledger.map((each) => {
        const released = each.commands.some((command) => {
          const { kind, market: number } = command as { kind: string; market?: number };
          return kind === 'market.release' && number === second.number;
        });
        const writes = each.writes.map((entry) => {
          if (!entry.key.startsWith(entriesKey(market.event, ''))) return entry;
          const more = Buffer.from(entry.value).toString().replaceAll('3000', '3001');
          return { ...entry, value: Buffer.from(more) };
        });
        return released ? { ...each, writes } : each;
      }),
    );
    expect(report.difference?.expected).to.equal('at least 0 in escrow:deposits of m2');
  });
});

/** One after the other, both over: the second without a trade, and one deposit given back. */
function two(): readonly [SealedMarket, SealedMarket] {
  const first = aWholeMarket('lottery');
  const [closesAt, abortableAt] = ['2027-03-03T12:00:00Z', '2027-03-03T13:00:00Z'];
  const second = first.next({ closesAt, abortableAt });
  const [zoe] = persons(second, 'Zoe');
  second.holdKey();
  for (const command of [second.opening, second.deposit(zoe)]) second.take(command, { now: '2027-03-02T12:10:00Z' });
  expect(submitStep(second, steps.abort(second), { now: abortableAt })).to.include({ accepted: true });
  releaseAll(second);
  return [first, second];
}

describe('what goes on beside a market in order', () => {
  async function expectSound(market: SealedMarket): Promise<void> {
    const { difference } = (await auditOf(market)).report;
    expect(difference, JSON.stringify(difference)).to.equal(undefined);
  }

  it('agrees: another market of the event after it, and before', async () => {
    for (const market of two()) await expectSound(market);
  });

  it('agrees: new supply, supply that is done with, and doors put off', async () => {
    const market = drive(anOpenMarket('lottery'), 'frozen');
    const { ledger, event, floor } = market.scene;
    const balcony = anAllotment(event, { allotment: 'balcony', seats: { section: 'balcony', rows: [['A', 1, 9]] } });
    ledger.accept(balcony.command, { now: SETTLING });
    const close = { kind: 'allotment.close', id: newId(), event: event.event, allotment: floor.payload.allotment };
    ledger.accept(close, { now: SETTLING, caller: floor.payload.seller });
    const [doorsOpenAt, startsAt, endsAt] = ['2027-05-02T18:00:00Z', '2027-05-02T20:00:00Z', '2027-05-02T23:00:00Z'];
    const schedule = { ...SCHEDULE, doorsOpenAt, startsAt, endsAt };
    ledger.accept(anEventChange(event, { action: 'postpone', schedule }), { now: SETTLING });
    drive(market, 'finished');
    releaseAll(market);
    await expectSound(market);
  });

  it('agrees: doors that open, a ticket that is let in, out and in again, and a market that ends unsettled', async () => {
    const market = drive(anOpenMarket('lottery'), 'cleared');
    const { ledger, event } = market.scene;
    const device = aDevice(event);
    ledger.accept(device.command, { caller: 'VenueMSP' });
    ledger.accept(anAdvance(event), { now: DOORS });
    const holder = market.scene.enrol('Ann A');
    const ticket = { event: event.event, ticket: `${event.event}:${SEAT}`, holder };
    const admitted = aScan(asNow(ledger, ticket), device);
    ledger.accept(admitted.command, AT_THE_DOOR);
    const left = aScan(asNow(ledger, ticket), device, { action: 'exit', after: admitted });
    ledger.accept(left.command, AT_THE_DOOR);
    expect(submitStep(market, steps.finish(market), { now: DOORS })).to.include({ accepted: true });
    releaseAll(market);
    await expectSound(market);
  });
});
