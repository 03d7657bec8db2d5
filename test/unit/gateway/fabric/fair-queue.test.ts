import { expect } from 'chai';
import { GatewayError } from '../../../../gateway/errors.js';
import { DrainRate } from '../../../../gateway/fabric/drain-rate.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { aSale, anAdvance, anAllotment, anEvent, NOW, type Command } from '../../../support/statements.js';
import { aBench, settled } from './scripted-ledger.js';

const event = anEvent();
const allotment = anAllotment(event);
const otherAllotment = anAllotment(anEvent({ event: 'OrganizerMSP:second-night' }));
const sell = (number: number, of = allotment): Command => aSale(of, { seats: [`floor:A:${number}`] }).command;
const sales = (from: number, count: number, of = allotment) =>
  Array.from({ length: count }, (_, index) => sell(from + index, of));
const codeOf = (result: unknown) => (result instanceof GatewayError ? result.code : 'committed');
const countOf = (results: readonly unknown[], code: string) => results.filter((each) => codeOf(each) === code).length;

describe('clients of one lane', () => {
  it('take turns, however many orders one of them has waiting', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 8, maxInFlight: 1 });
    const flood = sales(1, 40).map((command) => lanes.submit(command, { client: 'key:flood' }));
    const late = sales(41, 4).map((command) => lanes.submit(command, { client: 'key:late' }));
    await settled(clock, [...flood, ...late]);
    // The first batch was on its way when they came.
    const batches = new Set((await Promise.all(late)).map(({ receipt }) => receipt.tx));
    expect([...batches].every((tx) => ['tx-2', 'tx-3'].includes(tx))).to.equal(true);
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([8, 8, 8, 8, 8, 4]);
  });

  it('keep the order in which each has come', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 5, maxInFlight: 1 });
    const commands = { a: sales(1, 12), b: sales(13, 7) };
    const submitted = (['a', 'b'] as const).flatMap((client) =>
      commands[client].map((command) => lanes.submit(command, { client: `key:${client}` })),
    );
    await settled(clock, submitted);
    const sent = ledger.sent.flatMap((each) => each.commands.map((command) => JSON.stringify(command)));
    for (const client of ['a', 'b'] as const) {
      const own = commands[client].map((command) => JSON.stringify(command));
      expect(sent.filter((command) => own.includes(command))).to.deep.equal(own);
    }
  });

  it('pay by the size of what they order', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 10, maxInFlight: 1 });
    const big = Array.from(
      { length: 10 },
      (_, index) =>
        aSale(allotment, { seats: Array.from({ length: 4 }, (_seat, seat) => `floor:A:${4 * index + seat + 1}`) })
          .command,
    );
    const small = Array.from({ length: 40 }, (_, index) => anAdvanceLike(index));
    const submitted = [
      lanes.submit(sell(50)),
      ...big.map((command) => lanes.submit(command, { client: 'key:big' })),
      ...small.map((command) => lanes.submit(command, { client: 'key:small' })),
    ];
    await settled(clock, submitted);
    const [, second] = ledger.sent;
    const isBig = (command: object) => JSON.stringify(command).length > 1_000;
    expect(second?.commands.filter((command) => !isBig(command)).length).to.be.above(
      second?.commands.filter(isBig).length ?? 0,
    );
  });
});

/** Small and not urgent. */
const anAdvanceLike = (index: number): Command => ({
  ...{ kind: 'sales.close', id: `closing-${index}-of-many`, event: event.event },
});

describe('a full queue', () => {
  const bounds = { maxWaiting: 20, maxInFlight: 1, maxCommands: 5, gatherMs: 0 };

  it('takes from whoever has the most, for one who has less', async () => {
    const { clock, lanes } = aBench({}, bounds);
    const flood = sales(1, 40).map((command) => lanes.submit(command, { client: 'key:flood' }));
    const late = sales(41, 6).map((command) => lanes.submit(command, { client: 'key:late' }));
    const results = await settled(clock, [...flood, ...late]);
    expect(results.slice(40).map(codeOf)).to.deep.equal(Array.from({ length: 6 }, () => 'committed'));
    expect(countOf(results.slice(0, 40), 'QUEUE_FULL')).to.equal(40 - 25 + 6);
  });

  it('says that everybody has his share, where so it is', async () => {
    const { clock, lanes } = aBench({}, bounds);
    const clients = Array.from({ length: 40 }, (_, index) => `key:${index}`);
    const results = await settled(
      clock,
      clients.map((client, index) => lanes.submit(sell(index + 1), { client })),
    );
    expect(countOf(results, 'committed')).to.equal(25);
    expect(countOf(results, 'OVERLOADED')).to.equal(15);
    expect(lanes.figures.shed).to.deep.equal({ byShare: 0, byLoad: 15 });
  });

  it('keeps one event from filling it for others', async () => {
    const { clock, lanes } = aBench({}, bounds);
    const hot = sales(1, 40).map((command, index) => lanes.submit(command, { client: `key:${index}` }));
    const quiet = sales(1, 8, otherAllotment).map((command) => lanes.submit(command, { client: 'key:0' }));
    const results = await settled(clock, [...hot, ...quiet]);
    expect(countOf(results.slice(40), 'committed')).to.equal(8);
  });

  it('never gives up a deadline', async () => {
    const { clock, lanes } = aBench({}, { ...bounds, maxWaiting: 5 });
    const first = sales(1, 5).map((command) => lanes.submit(command));
    const deadline = lanes.submit(anAdvance(event), { client: 'key:flood' });
    const flood = sales(6, 6).map((command) => lanes.submit(command, { client: 'key:flood' }));
    const late = sales(12, 2).map((command) => lanes.submit(command, { client: 'key:late' }));
    const results = await settled(clock, [deadline, ...first, ...flood, ...late]);
    expect(codeOf(results[0])).to.equal('committed');
  });

  it('says when to come back by how fast it is worked off', () => {
    const clock = new VirtualClock(Date.parse(NOW));
    const rate = new DrainRate({ clock, random: () => 0.5 });
    expect(rate.retryAfterS(800)).to.equal(3);
    rate.settle(2_000);
    expect(rate.perSecond).to.equal(400);
    expect(rate.retryAfterS(800)).to.equal(2);
    expect(rate.retryAfterS(100)).to.equal(1);
    expect(rate.retryAfterS(1_000_000)).to.equal(30);
    const spread = [0, 0.99].map((random) => new DrainRate({ clock, random: () => random }));
    for (const each of spread) each.settle(500);
    expect(spread.map((each) => each.retryAfterS(1_000))).to.deep.equal([8, 13]);
  });

  it('tells whom it turns away', async () => {
    const { clock, lanes } = aBench({}, bounds);
    const results = await settled(
      clock,
      sales(1, 30).map((command) => lanes.submit(command, { client: 'key:flood' })),
    );
    const refused = results.find((result) => codeOf(result) === 'QUEUE_FULL') as GatewayError;
    expect(refused.details.limit).to.equal(20);
    expect(refused.details.retryAfterS).to.be.within(1, 30);
  });
});
