import { expect } from 'chai';
import { prepareCommand } from '../../../../chaincode/domain/batch.js';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { URGENT_WAITING } from '../../../../gateway/fabric/places.js';
import type { Committed } from '../../../../gateway/fabric/ledger.js';
import { placeOrder } from '../../../../gateway/fabric/order.js';
import {
  aKeyRegistration,
  aSale,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  newKey,
  type Command,
} from '../../../support/statements.js';
import { aBench, COMMIT_MS, settled } from './scripted-ledger.js';

const event = anEvent();
const allotment = anAllotment(event);
const otherAllotment = anAllotment(anEvent({ event: 'OrganizerMSP:second-night' }));
const sell = (number: number, buyer = newKey()): Command =>
  aSale(allotment, { seats: [`floor:A:${number}`], buyer }).command;
const sales = (count: number) => Array.from({ length: count }, (_, index) => sell(index + 1));
const receiptOf = (result: Committed | Error) => (result as Committed).receipt.tx;
const codeOf = (result: Committed | Error) => (result as GatewayError | Refusal).code;

describe('lanes', () => {
  it('gather the commands of one event into one transaction, and give each caller his own receipt', async () => {
    const { clock, ledger, lanes } = aBench({
      outcome: ({ kind }, { tx }) => ({ accepted: true, receipt: { tx, kind } }),
    });
    const results = await settled(
      clock,
      [...sales(3), anEventChange(event)].map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([3, 1]);
    expect(results[0]).to.deep.equal({ receipt: { tx: 'tx-1', kind: 'ticket.sell' }, replayed: false, block: 7 });
  });

  it('do not mix events', async () => {
    const { clock, ledger, lanes } = aBench();
    await settled(
      clock,
      [sell(1), aSale(otherAllotment).command].map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([1, 1]);
  });

  it('give commands that concern no event a lane', async () => {
    const { clock, ledger, lanes } = aBench();
    const keys = [aKeyRegistration(newKey(), 'seller'), aKeyRegistration(newKey(), 'seller')];
    await settled(
      clock,
      keys.map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([2]);
    expect(ledger.sent[0]?.endorsers).to.include('ResellerMSP');
  });

  it('refuse a malformed command at once and ask the ledger nothing', async () => {
    const { clock, ledger, lanes } = aBench();
    const results = await settled(clock, [
      lanes.submit({ kind: 'ticket.sell' }),
      lanes.submit({ kind: 'ticket.steal' }),
    ]);
    expect(results.map(codeOf)).to.deep.equal(['INVALID_FIELD', 'UNKNOWN_COMMAND']);
    expect(ledger.sent).to.deep.equal([]);
  });

  it('send a full batch without waiting for the rest of the time', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 4, gatherMs: 1_000 });
    const results = sales(4).map((command) => lanes.submit(command));
    await clock.pass(1);
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([4]);
    await settled(clock, results);
  });

  describe('while orders keep coming', () => {
    /** One order every two milliseconds. @returns how many were in each transaction, and when the first had gone */
    const coming = async (count: number, first?: Command) => {
      const { clock, ledger, lanes } = aBench({}, { gatherMs: 5 });
      const start = clock.now();
      let wentMs: number | undefined;
      const results: Promise<Committed>[] = [];
      for (const command of [...(first ? [first] : []), ...sales(count)]) {
        results.push(lanes.submit(command));
        await clock.pass(2);
        if (ledger.sent.length > 0) wentMs ??= clock.now() - start;
      }
      await settled(clock, results);
      return { sizes: ledger.sent.map(({ commands }) => commands.length), wentMs };
    };

    it('gather on, so that the first batch is not of the few who were fastest', async () => {
      expect((await coming(20)).sizes).to.deep.equal([20]);
    });

    it('gather on for ten times as long at most', async () => {
      const { sizes, wentMs } = await coming(40);
      expect(sizes).to.deep.equal([25, 15]);
      expect(wentMs).to.equal(50);
    });

    it('do not gather on where one of them is urgent', async () => {
      expect((await coming(20, anAdvance(event))).wentMs).to.equal(6);
    });
  });

  it('never send more than fits, in commands, in characters or in records', async () => {
    const size = JSON.stringify(sell(1)).length;
    const { reads, writes } = prepareCommand(sell(1), 'ResellerMSP');
    const maxKeys = 3 * (1 + reads.length + writes.length);
    for (const limits of [{ maxCommands: 3 }, { maxChars: 3 * size + 20 }, { maxKeys }]) {
      const { clock, ledger, lanes } = aBench({}, limits);
      await settled(
        clock,
        sales(8).map((command) => lanes.submit(command)),
      );
      expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([3, 3, 2]);
    }
  });

  it('send a command that is bigger than a batch should be on its own', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxChars: 10 });
    await settled(
      clock,
      sales(2).map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.map(({ commands }) => commands.length)).to.deep.equal([1, 1]);
  });

  it('send at once while little is in flight, and then fuller batches only', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 10 });
    const sizes = () => ledger.sent.map(({ commands }) => commands.length);
    const results: Promise<Committed>[] = [];
    const submit = async (number: number) => {
      results.push(lanes.submit(sell(number)));
      await clock.pass(COMMIT_MS / 10);
    };
    await submit(1);
    await submit(2);
    await submit(3);
    expect(sizes()).to.deep.equal([1, 1]);
    await submit(4);
    expect(sizes()).to.deep.equal([1, 1, 2]);
    await submit(5);
    // What waits goes when another has ended, however little it is.
    await clock.pass(10 * COMMIT_MS);
    await Promise.all(results);
    expect(sizes()).to.deep.equal([1, 1, 2, 1]);
  });

  it('do not send little because much waits that may not go yet', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 10 });
    const sizes = () => ledger.sent.map(({ commands }) => commands.length);
    const results: Promise<Committed>[] = [];
    const submit = async (number: number) => {
      results.push(lanes.submit(sell(number)));
      await clock.pass(COMMIT_MS / 20);
    };
    await submit(1);
    await submit(2);
    // Of these none may go before the first two have ended.
    for (let rival = 0; rival < 8; rival += 1) await submit((rival % 2) + 1);
    await submit(3);
    expect(sizes()).to.deep.equal([1, 1]);
    await settled(clock, results);
    expect(sizes()).to.deep.equal([1, 1, 5, 4]);
  });

  it('have only so many transactions in flight over all lanes', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1, maxInFlight: 3 });
    await settled(
      clock,
      [...sales(9), aSale(otherAllotment).command].map((command) => lanes.submit(command)),
    );
    expect(ledger.maxInFlight).to.equal(3);
    expect(ledger.sent).to.have.length(10);
  });

  it('keep a command back while a transaction in flight touches its records, and let others pass', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1 });
    const buyer = newKey();
    const results = [sell(1, buyer), sell(2, buyer), sell(3)].map((command) => lanes.submit(command));
    await clock.pass(COMMIT_MS / 2);
    expect(ledger.sent).to.have.length(2);
    await settled(clock, results);
    expect(ledger.sent).to.have.length(3);
    expect(receiptOf((await settled(clock, results))[1]!)).to.equal('tx-3');
  });

  it('put commands on the same records into one batch, in their order', async () => {
    const { clock, ledger, lanes } = aBench();
    const buyer = newKey();
    const commands = [sell(1, buyer), sell(1), sell(2, buyer)];
    await settled(
      clock,
      commands.map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.map((sent) => sent.commands)).to.deep.equal([commands]);
  });

  it('serve waiting commands on the same records in the order they came', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1 });
    const buyer = newKey();
    const commands = [1, 2, 3, 4, 5].map((number) => sell(number, buyer));
    await settled(
      clock,
      commands.map((command) => lanes.submit(command)),
    );
    expect(ledger.sent.flatMap((sent) => sent.commands)).to.deep.equal(commands);
    expect(ledger.maxInFlight).to.equal(1);
  });

  it('do not starve a command that all sales wait for', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1, maxInFlight: 2 });
    const before = sales(2).map((command) => lanes.submit(command));
    const moving = lanes.submit(anAdvance(event));
    const after = [11, 12, 13, 14].map((number) => lanes.submit(sell(number)));
    const results = await settled(clock, [...before, moving, ...after]);
    expect(receiptOf(results[2]!)).to.equal('tx-3');
    expect(ledger.sent[2]?.commands[0]?.kind).to.equal('event.advance');
  });

  it('keep FIFO over lanes: new keys are not starved by sales that read them', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1, maxInFlight: 2 });
    const commands = [sell(1), sell(2), aKeyRegistration(newKey(), 'seller'), sell(3), sell(4)];
    await settled(
      clock,
      commands.map((command) => lanes.submit(command)),
    );
    expect(ledger.sent[2]?.commands[0]?.kind).to.equal('keys.register');
  });

  it('send what needs the organizer on its own, endorsed by it and one other', async () => {
    const { clock, ledger, lanes } = aBench();
    await settled(
      clock,
      [sell(1), anEventChange(event), sell(2)].map((command) => lanes.submit(command)),
    );
    const change = ledger.sent.find(({ commands }) => commands[0]?.kind === 'event.change');
    expect(change?.commands).to.have.length(1);
    expect(change?.endorsers).to.deep.equal(['OrganizerMSP', 'ResellerMSP']);
  });

  it('take no more than the queue holds', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxWaiting: 5, maxInFlight: 1, maxCommands: 5 });
    const submitted = sales(12).map((command) => lanes.submit(command));
    expect(lanes.counts).to.deep.equal({ waiting: 5, inFlight: 1 });
    const results = await settled(clock, submitted);
    expect(results.filter((result) => result instanceof GatewayError).map(codeOf)).to.deep.equal([
      'QUEUE_FULL',
      'QUEUE_FULL',
    ]);
    expect(ledger.sent.flatMap(({ commands }) => commands)).to.have.length(10);
    expect(lanes.counts).to.deep.equal({ waiting: 0, inFlight: 0 });
  });

  // Regression: the clockwork's commands shared the queue with the sales, and a full one kept deadlines from the ledger.
  it('have places in the queue for deadlines that sales can not take', async () => {
    const { clock, lanes } = aBench({}, { maxWaiting: 5, maxInFlight: 1, maxCommands: 5 });
    const selling = sales(12).map((command) => lanes.submit(command));
    const advances = Array.from({ length: URGENT_WAITING + 1 }, () => lanes.submit(anAdvance(event)));
    const results = await settled(clock, [...selling, ...advances]);
    const refused = results.slice(12).filter((result) => result instanceof Error);
    expect(refused.map(codeOf)).to.deep.equal(['QUEUE_FULL']);
  });

  it('send a deadline before sales that have waited longer', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1, maxInFlight: 2 });
    const selling = sales(8).map((command) => lanes.submit(command));
    await clock.pass(COMMIT_MS / 2);
    await settled(clock, [lanes.submit(anAdvance(event)), ...selling]);
    expect(ledger.sent.map(({ commands }) => commands[0]?.kind).indexOf('event.advance')).to.equal(2);
  });

  it('keep one place in flight for deadlines and keys', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 1, maxInFlight: 2 });
    const selling = sales(4).map((command) => lanes.submit(command));
    await clock.pass(COMMIT_MS / 2);
    const advances = [1, 2].map((number) => lanes.submit(anAdvance({ event: `OrganizerMSP:night-${number}` })));
    expect(lanes.counts).to.deep.equal({ waiting: 3, inFlight: 3 });
    await settled(clock, [...selling, ...advances]);
    expect(ledger.maxInFlight).to.equal(3);
  });

  // Regression: one deadline that waited anywhere had all lanes send whatever they had, one order to a transaction.
  it('are not hurried by a deadline of another event', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 10 });
    const other = { event: 'OrganizerMSP:second-night' };
    const results = [1, 2].map((number) => lanes.submit(anAdvance(other, `advance-${number}-of-two`)));
    await clock.pass(COMMIT_MS / 10);
    results.push(lanes.submit(anAdvance(other)));
    for (const number of [1, 2, 3, 4]) {
      results.push(lanes.submit(sell(number)));
      await clock.pass(COMMIT_MS / 10);
    }
    const sizes = ledger.sent.flatMap(({ commands }) => (commands[0]?.kind === 'ticket.sell' ? commands.length : []));
    expect(sizes).to.deep.equal([1, 1, 2]);
    await settled(clock, results);
  });

  // Regression: whatever concerned no event was urgent, and the public brings some of that.
  it('know what is urgent by its kind', () => {
    const isUrgent = (command: Command) => placeOrder(command, 'ResellerMSP').order.isUrgent;
    expect(isUrgent(anAdvance(event))).to.equal(true);
    expect(isUrgent(aKeyRegistration(newKey(), 'seller'))).to.equal(true);
    const ofPerson = { kind: 'credential.activate', id: 'activation-1', subject: newKey().kid };
    expect(placeOrder(ofPerson, 'ResellerMSP').order.lane).to.equal('consortium');
    expect(isUrgent(ofPerson)).to.equal(false);
    expect(isUrgent(sell(1))).to.equal(false);
  });

  it('drain: take nothing new, answer everything taken, without waiting for more', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 2, maxInFlight: 1, gatherMs: 60_000 });
    const before = sales(5).map((command) => lanes.submit(command));
    const start = clock.now();
    const drained = lanes.drain();
    const after = lanes.submit(sell(20));
    const results = await settled<unknown>(clock, [...before, after, drained]);
    expect(codeOf(results[5] as Error)).to.equal('SHUTTING_DOWN');
    expect(results.slice(0, 5).every((result) => !(result instanceof Error))).to.equal(true);
    expect(ledger.sent.flatMap(({ commands }) => commands)).to.have.length(5);
    expect(clock.now() - start).to.be.below(10_000);
  });

  it('lose nothing under load', async () => {
    const { clock, ledger, lanes } = aBench({}, { maxCommands: 7, maxInFlight: 3 });
    const buyers = Array.from({ length: 20 }, () => newKey());
    const commands = Array.from({ length: 300 }, (_, index) => sell((index % 50) + 1, buyers[index % 20]));
    const results = await settled(
      clock,
      commands.map((command) => lanes.submit(command)),
    );
    expect(results.every((result) => !(result instanceof Error))).to.equal(true);
    const sent = ledger.sent.flatMap((each) => each.commands.map((command) => JSON.stringify(command)));
    expect(new Set(sent).size).to.equal(300);
    expect(sent).to.have.length(300);
  });
});
