import { expect } from 'chai';
import fc from 'fast-check';
import type { Report } from '../../../../gateway/fabric/clock.js';
import { Book } from '../../../../gateway/statements/book.js';
import { Checkpoints } from '../../../../gateway/statements/checkpoints.js';
import { Currencies } from '../../../../gateway/statements/currencies.js';
import { positionOf, textOf, type Line, type Position } from '../../../../gateway/statements/line.js';
import { Statements, type Statement, type StatementQuery } from '../../../../gateway/statements/statements.js';
import { until } from '../../../support/until.js';
import { aSaleOf, aTransaction, genesis, MemoryChain, NOON_MS, ORGANIZER, RESELLER, VENUE } from './a-chain.js';

const TARIFFS = [{ since: '2020-01-01T00:00:00Z', currency: 'CHF', perCommandMinor: 7 }];
const SECOND_MS = 1_000;

/** Spaced so closely, and so few, that they are thinned out in every test. */
const sparse = () => new Checkpoints({ limit: 4, spacing: 1 });
const over = (chain: MemoryChain, checkpoints = sparse(), report: Report = () => undefined) =>
  new Statements({ blocks: chain, tariffs: TARIFFS, report, checkpoints });

async function taken(lines: AsyncIterable<Line>, limit = Infinity): Promise<readonly Line[]> {
  const found: Line[] = [];
  for await (const line of lines) if (found.push(line) >= limit) break;
  return found;
}

/** A sale in each block, a second apart, the first at noon in block 1. The operators' fee is in another currency. */
function salesEachSecond(count: number): MemoryChain {
  const sales = Array.from({ length: count }, (_, index) => [
    aTransaction({ atMs: NOON_MS + index * SECOND_MS, commands: [aSaleOf()] }),
  ]);
  return new MemoryChain(genesis(), ...sales);
}

/** The same from all lines of the chain at once, without index or checkpoints. */
function byHand(
  { blocks }: MemoryChain,
  { organization, currency, fromMs = 0, toMs = Infinity, through }: StatementQuery,
) {
  const book = new Book({ tariffs: TARIFFS, currencies: new Currencies() });
  const own = blocks
    .slice(0, through === undefined ? blocks.length : through + 1)
    .flatMap((block) => book.post(block).lines)
    .filter((line) => line.account === organization && line.currency === currency);
  const sum = (lines: readonly Line[]) => lines.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
  const before = (ms: number) => own.filter(({ bookedAtMs }) => bookedAtMs < ms);
  const lines = before(toMs).filter(({ bookedAtMs }) => bookedAtMs >= fromMs);
  return { lines, openingMinor: sum(before(Math.min(fromMs, toMs))), closingMinor: sum(before(toMs)) };
}

async function whole(statement: Statement) {
  const { throughBlock, closed, openingMinor, closingMinor, totals } = statement;
  return { throughBlock, closed, openingMinor, closingMinor, totals, lines: await taken(statement.lines()) };
}

/** Random chains: timestamps run back and forth, some blocks are empty, some transactions carry nothing of ours. */
const amounts = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 3 });
const transaction = fc.record({
  atMs: fc.integer({ min: 0, max: 40 }).map((seconds) => NOON_MS + seconds * SECOND_MS),
  submitter: fc.constantFrom(ORGANIZER, RESELLER, VENUE),
  endorsers: fc.shuffledSubarray([ORGANIZER, RESELLER, VENUE], { minLength: 2 }),
  commands: fc
    .array(amounts, { maxLength: 2 })
    .map((commands) =>
      commands.map((each) => [
        ...each.map((amount, index) => [[ORGANIZER, VENUE, 'holder:fan'][index]!, amount, 'fee'] as const),
        ...(each.length > 0 ? [[RESELLER, -each.reduce((sum, amount) => sum + amount, 0), 'collected'] as const] : []),
      ]),
    ),
});
const chains = fc
  .array(fc.array(transaction, { maxLength: 3 }), { maxLength: 40, size: 'max' })
  .map((blocks) => new MemoryChain(genesis(), ...blocks.map((block) => block.map((each) => aTransaction(each)))));
const instant = fc.option(
  fc.integer({ min: -1, max: 41 }).map((seconds) => NOON_MS + seconds * SECOND_MS),
  { nil: undefined },
);
const queries = fc.record({
  organization: fc.constantFrom(ORGANIZER, RESELLER, VENUE),
  currency: fc.constantFrom('EUR', 'EUR', 'CHF', 'USD'),
  fromMs: instant,
  toMs: instant,
});
const isPeriod = ({ fromMs, toMs }: StatementQuery) => fromMs === undefined || toMs === undefined || fromMs < toMs;

describe('statements', () => {
  it('are what all lines of the chain say, for any chain and any period', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        queries.filter(isPeriod),
        fc.integer({ min: 1, max: 8 }),
        async (chain, query, limit) => {
          const statement = await over(chain, new Checkpoints({ limit, spacing: 1 })).statement(query);
          const { lines, openingMinor, closingMinor } = byHand(chain, query);
          expect(await taken(statement!.lines())).to.deep.equal(lines);
          expect([statement!.openingMinor, statement!.closingMinor]).to.deep.equal([openingMinor, closingMinor]);
          const total = statement!.totals.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
          expect(openingMinor + total).to.equal(closingMinor);
          expect(statement!.totals.reduce((sum, each) => sum + each.lines, 0)).to.equal(lines.length);
        },
      ),
    );
  });

  it('are the same after a restart, after catching up bit by bit, and up to a block that is not the newest', async () => {
    await fc.assert(
      fc.asyncProperty(chains, queries.filter(isPeriod), fc.nat(40), async (chain, query, some) => {
        const through = some % chain.blocks.length;
        const growing = new MemoryChain();
        const early = over(growing);
        for (const block of chain.blocks) {
          growing.blocks.push(block);
          if (block.number % 7 === some % 7) await early.statement(query);
        }
        const answers = [early, over(chain, new Checkpoints({ spacing: 1_000 })), over(new MemoryChain(), sparse())];
        const cut = new MemoryChain();
        cut.blocks.push(...chain.blocks.slice(0, through + 1));
        answers[2] = over(cut);
        const [first, ...others] = await Promise.all(
          answers.map(async (each) => whole((await each.statement({ ...query, through }))!)),
        );
        for (const other of others) expect(other).to.deep.equal(first);
      }),
    );
  });

  it('have pages that are together the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        chains,
        queries.filter(isPeriod),
        fc.integer({ min: 1, max: 5 }),
        async (chain, query, limit) => {
          const statement = (await over(chain).statement(query))!;
          const all = await taken(statement.lines());
          const pages: Line[] = [];
          let after: Position | undefined;
          do {
            const page = await taken(statement.lines(after), limit);
            pages.push(...page);
            after = page.at(-1) && positionOf(textOf(page.at(-1)!));
          } while (after);
          expect(pages).to.deep.equal(all);
        },
      ),
    );
  });

  it('of all organizations sum to zero with what fans and escrow have', async () => {
    const chain = salesEachSecond(5);
    const statements = over(chain);
    const balances = await Promise.all(
      [ORGANIZER, RESELLER, VENUE].map(
        async (organization) => (await statements.statement({ organization, currency: 'EUR' }))!.closingMinor,
      ),
    );
    expect(balances.reduce((sum, balance) => sum + balance, 0n)).to.equal(0n);
    expect(balances[0]).to.equal(5n * 2000n);
  });

  it('take a line that is booked exactly at the beginning, and leave one at the end to the next period', async () => {
    const statements = over(salesEachSecond(4));
    const at = (seconds: number) => NOON_MS + seconds * SECOND_MS;
    const of = async (fromMs: number, toMs: number) => {
      const statement = (await statements.statement({ organization: ORGANIZER, currency: 'EUR', fromMs, toMs }))!;
      const { closed, openingMinor, closingMinor } = statement;
      const blocks = (await taken(statement.lines())).map(({ block }) => block);
      return { blocks, closed, openingMinor, closingMinor };
    };
    expect(await of(at(1), at(3))).to.deep.equal({
      blocks: [2, 3],
      closed: true,
      openingMinor: 2000n,
      closingMinor: 6000n,
    });
    expect(await of(at(3), at(4))).to.deep.equal({
      blocks: [4],
      closed: false,
      openingMinor: 6000n,
      closingMinor: 8000n,
    });
    expect(await of(at(9), at(10))).to.deep.equal({
      blocks: [],
      closed: false,
      openingMinor: 8000n,
      closingMinor: 8000n,
    });
  });

  it('of a period that has closed never change, not even by a transaction that was held back', async () => {
    const chain = salesEachSecond(4);
    const statements = over(chain);
    const query = { organization: ORGANIZER, currency: 'EUR', toMs: NOON_MS + 2 * SECOND_MS };
    const before = await whole((await statements.statement(query))!);
    chain.add([aTransaction({ atMs: NOON_MS, commands: [aSaleOf()] })]);
    const after = await whole((await statements.statement(query))!);
    expect(before.closed).to.be.true;
    expect(after).to.deep.equal({ ...before, throughBlock: before.throughBlock + 1 });
  });

  it('are not there beyond the newest block', async () => {
    const statements = over(salesEachSecond(2));
    expect(await statements.statement({ organization: ORGANIZER, currency: 'EUR', through: 3 })).to.equal(undefined);
    expect(await statements.statement({ organization: ORGANIZER, currency: 'EUR', through: 2 })).not.to.equal(
      undefined,
    );
  });

  it('pass over stretches without a line, and read a chain once', async () => {
    const empty = Array.from({ length: 200 }, () => []);
    const chain = new MemoryChain(genesis(), [aTransaction({ commands: [aSaleOf()] })], ...empty);
    const statements = over(chain, new Checkpoints({ limit: 64, spacing: 8 }));
    await statements.statement({ organization: ORGANIZER, currency: 'EUR' });
    chain.reads.length = 0;
    const statement = await statements.statement({ organization: ORGANIZER, currency: 'EUR' });
    expect(await taken(statement!.lines())).to.have.length(1);
    expect(chain.reads.length).to.be.below(20);
  });

  it('keep no more checkpoints than the limit, however long the chain', async () => {
    const checkpoints = new Checkpoints({ limit: 16, spacing: 2 });
    const chain = new MemoryChain(genesis(), ...Array.from({ length: 1_000 }, () => []));
    await over(chain, checkpoints).statement({ organization: ORGANIZER, currency: 'EUR' });
    expect(checkpoints.count).to.be.within(8, 16);
  });

  it('go on from where a reading failed', async () => {
    const chain = salesEachSecond(3);
    const statements = over(chain);
    chain.failNext = new Error('the peer went away');
    const query = { organization: ORGANIZER, currency: 'EUR' };
    const failed = await statements.statement(query).catch((error: unknown) => error);
    expect(failed).to.have.property('message', 'the peer went away');
    expect((await statements.statement(query))!.closingMinor).to.equal(6000n);
  });

  it('read on by themselves when far behind, and report what keeps them from it', async () => {
    const reported: string[] = [];
    const chain = new MemoryChain(genesis());
    const statements = over(chain, sparse(), (level, message) => void reported.push(`${level}: ${message}`));
    await statements.statement({ organization: ORGANIZER, currency: 'EUR' });
    for (let block = 1; block <= 300; block += 1) chain.add([]);
    chain.reads.length = 0;
    statements.follow({ number: 10 });
    expect(chain.reads).to.be.empty;
    chain.failNext = new Error('the peer went away');
    statements.follow({ number: 300 });
    await until(() => reported.length > 0);
    expect(reported).to.deep.equal(['warning: statements could not read the blocks']);
    statements.follow({ number: 300 });
    await until(() => chain.reads.length >= 300);
    expect(chain.reads).to.have.length(300);
  });

  it('read nothing before somebody asks for one', async () => {
    const chain = new MemoryChain(genesis(), ...Array.from({ length: 600 }, () => []));
    const statements = over(chain);
    statements.follow({ number: 600 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(chain.reads).to.be.empty;
  });

  it('let others have the thread while they read', async () => {
    const chain = salesEachSecond(100);
    const statements = over(chain);
    const query = { organization: ORGANIZER, currency: 'EUR' };
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    turn();
    await statements.statement(query);
    isOver = true;
    expect(turns).to.be.at.least(100);
  });

  it('raise an alarm once for a money record that counts for nothing', async () => {
    const alarms: unknown[] = [];
    const chain = new MemoryChain(genesis(), [aTransaction({ writes: { 'OrganizerMSP:night/m/other': [] } })]);
    const statements = over(chain, sparse(), (level, _, details) => void alarms.push([level, details]));
    const statement = (await statements.statement({ organization: ORGANIZER, currency: 'EUR' }))!;
    await taken(statement.lines());
    expect(alarms).to.deep.equal([['alarm', { block: 1, faults: ['OrganizerMSP:night/m/other'] }]]);
  });
});
