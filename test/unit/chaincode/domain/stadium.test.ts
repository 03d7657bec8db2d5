import { expect } from 'chai';
import { MAX_BATCH_CHARS, MAX_COMMANDS_PER_BATCH, parseBatch } from '../../../../chaincode/domain/batch.js';
import { anAllotment, anEvent, type Command, type TestEvent } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { expectAccepted } from '../../../support/world.js';

const BLOCKS = 80;
const ROWS = 40;
const SEATS = 25;

/** One block of seats, in rows that are numbered as stadiums do. */
function allotBlock(event: TestEvent, number: number): Command {
  const rows = Array.from({ length: ROWS }, (_, row): [string, number, number] => [`R${row + 1}`, 1, SEATS]);
  return anAllotment(event, { allotment: `block-${number}`, seats: { section: `block-${number}`, rows } }).command;
}

function batchesOf(commands: readonly Command[], size: number): Command[][] {
  return Array.from({ length: Math.ceil(commands.length / size) }, (_, index) =>
    commands.slice(index * size, (index + 1) * size),
  );
}

describe('a stadium of 80,000 seats', () => {
  for (const size of [MAX_COMMANDS_PER_BATCH, 8]) {
    it(`goes on sale in at most 10 transactions, ${size} allotments in each at most`, () => {
      const ledger = TestLedger.founded();
      const event = anEvent();
      ledger.accept(event.command);
      const commands = Array.from({ length: BLOCKS }, (_, index) => allotBlock(event, index + 1));
      const batches = batchesOf(commands, size);
      expect(batches.length).to.be.at.most(10);
      let places = 0;
      for (const batch of batches) {
        const argument = JSON.stringify({ commands: batch });
        expect(argument.length).to.be.below(MAX_BATCH_CHARS / 2);
        const outcomes = ledger.submit(parseBatch(argument) as Command[]);
        places += outcomes.reduce((sum, outcome) => sum + Number(expectAccepted(outcome).places), 0);
        // Allotment, block and memory of each, and the event's supply.
        expect(ledger.written).to.have.lengthOf(3 * batch.length + 1);
        expect(JSON.stringify(ledger.written).length).to.be.below(MAX_BATCH_CHARS / 2);
      }
      expect(places).to.equal(80_000);
    });
  }

  it('fits into one allotment too', () => {
    const ledger = TestLedger.founded();
    const event = anEvent();
    const rows = Array.from({ length: 2_000 }, (_, row): [string, number, number] => [`R${row + 1}`, 1, 40]);
    const { command } = anAllotment(event, { seats: { section: 'stadium', rows } });
    ledger.accept(event.command);
    expect(expectAccepted(ledger.submit(command))).to.include({ places: 80_000 });
  });
});
