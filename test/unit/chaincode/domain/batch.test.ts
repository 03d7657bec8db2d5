import { expect } from 'chai';
import {
  judgeBatch,
  keysOf,
  MAX_BATCH_CHARS,
  parseBatch,
  prepareBatch,
  prepareCommand,
} from '../../../../chaincode/domain/batch.js';
import type { Prepared } from '../../../../chaincode/domain/rule.js';
import { RULES } from '../../../../chaincode/domain/rules/index.js';
import { anAdvance, aSale, held, newKey, type Command } from '../../../support/statements.js';
import { aContext } from '../../../support/test-ledger.js';
import { expectAccepted, expectRefusal, expectThrows, onSale, ticketOf } from '../../../support/world.js';

const batchOf = (count: number) => JSON.stringify({ commands: Array.from({ length: count }, () => ({})) });

describe('batch as a whole', () => {
  it('is 1 to 100 commands', () => {
    expect(parseBatch(batchOf(1))).to.have.lengthOf(1);
    expect(parseBatch(batchOf(100))).to.have.lengthOf(100);
    for (const count of [0, 101]) expectThrows(() => parseBatch(batchOf(count)), 'INVALID_FIELD', 'batch.commands');
  });

  it('is 1 MiB at most', () => {
    const padded = (length: number) => batchOf(1).padEnd(length, ' ');
    expect(parseBatch(padded(MAX_BATCH_CHARS))).to.have.lengthOf(1);
    expectThrows(() => parseBatch(padded(MAX_BATCH_CHARS + 1)), 'TOO_LARGE', 'batch');
  });

  for (const text of ['', '{', 'undefined', "{'commands': []}", '{"commands": [{}],}', '\u0000']) {
    it(`is refused as ${JSON.stringify(text)}, which is no JSON`, () =>
      expectThrows(() => parseBatch(text), 'MALFORMED_BATCH', 'batch'));
  }

  for (const [text, field] of [
    ['null', 'batch'],
    ['[]', 'batch'],
    ['{}', 'batch.commands'],
    ['{"commands": {}}', 'batch.commands'],
    ['{"commands": "[{}]"}', 'batch.commands'],
  ] as const) {
    it(`is refused as ${text}`, () => expectThrows(() => parseBatch(text), 'INVALID_FIELD', field));
  }

  it('is refused with a further member', () => {
    expectThrows(() => parseBatch('{"commands": [{}], "id": 1}'), 'UNKNOWN_FIELD', 'batch.id');
    expectThrows(() => parseBatch('{"commands": [{}], "__proto__": {}}'), 'UNKNOWN_FIELD', 'batch.__proto__');
  });
});

describe('command', () => {
  const unknown = [null, 1, 'ticket.sell', [], {}, { kind: 1 }, { kind: ['ticket.sell'] }, { kind: '' }];
  const inherited = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'ticket.sell ', 'Ticket.sell'];
  for (const raw of [...unknown, ...inherited.map((kind) => ({ kind }))]) {
    it(`is unknown as ${JSON.stringify(raw)}`, () =>
      expectThrows(() => prepareCommand(raw, 'OrganizerMSP'), 'UNKNOWN_COMMAND', 'kind'));
  }

  for (const kind of Object.keys(RULES)) {
    it(`${kind} refuses to be empty and to have further members`, () => {
      expectThrows(() => prepareCommand({ kind }, 'OrganizerMSP'), 'INVALID_FIELD');
      const further = JSON.parse(`{"kind": "${kind}", "extra": 1, "__proto__": 1}`) as unknown;
      expectThrows(() => prepareCommand(further, 'OrganizerMSP'), 'INVALID_FIELD');
    });
  }

  it('refuses further members when the rest is right', () => {
    const { ledger, event } = onSale();
    expectRefusal(ledger.submit({ ...anAdvance(event), note: 'x' }), 'UNKNOWN_FIELD', 'note');
    const polluted = { ...anAdvance(event), ...(JSON.parse('{"__proto__": 1}') as object) };
    Object.defineProperty(polluted, '__proto__', { value: 1, enumerable: true });
    expectRefusal(ledger.submit(polluted), 'UNKNOWN_FIELD', '__proto__');
  });

  it('refuses a statement that is no text or far too long', () => {
    const { ledger } = onSale();
    for (const statement of [1, null, {}, ['x'], 'x'.repeat(128 * 1024 + 1)]) {
      expectRefusal(ledger.submit({ kind: 'ticket.void', statement }), 'INVALID_FIELD', 'statement');
    }
  });

  it('refuses nesting of any depth', () => {
    const depth = 200_000;
    const nested = JSON.parse(`{"kind": "event.advance", "id": ${'['.repeat(depth)}${']'.repeat(depth)}}`) as Command;
    expectRefusal(onSale().ledger.submit(nested), 'INVALID_FIELD', 'id');
  });
});

describe('commands of a batch', () => {
  it('are judged each on its own, malformed ones too', () => {
    const { ledger, floor } = onSale();
    const sale = (seat: string) => aSale(floor, { seats: [seat] }).command;
    const batch = [sale('floor:A:1'), null, { kind: 'ticket.sell' }, sale('floor:A:99'), sale('floor:A:2')];
    const outcomes = ledger.submit(batch as Command[]);
    expect(outcomes.map(({ accepted }) => accepted)).to.deep.equal([true, false, false, false, true]);
    expectRefusal(outcomes[1]!, 'UNKNOWN_COMMAND', 'kind');
    expectRefusal(outcomes[2]!, 'INVALID_FIELD', 'request');
  });

  it('see what the accepted ones before wrote', () => {
    const { ledger, event, floor } = onSale({ policy: { perPersonLimit: { primary: 1, resale: 1 } } });
    const buyer = newKey();
    const [first, second] = ['floor:A:1', 'floor:A:2'].map((seat) => aSale(floor, { buyer, seats: [seat] }).command);
    const outcomes = ledger.submit([first!, second!]);
    expectAccepted(outcomes[0]!);
    expectRefusal(outcomes[1]!, 'PERSON_LIMIT_REACHED');
    expect(event.event).to.equal(floor.of.event);
  });

  it('see nothing of what a refused one before had written', () => {
    const { ledger, floor } = onSale();
    ledger.accept(aSale(floor).command);
    const half = aSale(floor, { seats: ['floor:A:2', 'floor:A:1'] });
    const next = aSale(floor, { seats: ['floor:A:2'] });
    const [refused, accepted] = ledger.submit([half.command, next.command]);
    expectRefusal(refused!, 'SEAT_ALREADY_SOLD', 'sale.seats[1]');
    expectAccepted(accepted!);
    expect(ticketOf(ledger, held(next))).to.include({ holder: next.buyer.kid, issue: 1 });
  });

  it('write nothing when all are refused', () => {
    const { ledger, floor } = onSale();
    const before = ledger.records();
    ledger.submit([aSale(floor, { seats: ['floor:A:1', 'floor:Z:1'] }).command, { kind: 'x' }]);
    expect(ledger.written).to.be.empty;
    expect(ledger.records()).to.deep.equal(before);
  });

  it('are answered with the first receipt when they come again, within the batch or after it', () => {
    const { ledger, floor } = onSale();
    const { command } = aSale(floor);
    const [first, again] = ledger.submit([command, command]);
    const receipt = expectAccepted(first!);
    expect(first).not.to.have.property('replayed');
    expect(again).to.deep.equal({ accepted: true, receipt, replayed: true });
    expect(ledger.submit(command)).to.deep.equal(again);
    expect(ledger.written).to.be.empty;
  });
});

describe('judging a batch', () => {
  const prepared = (decide: Prepared['decide']): Prepared => {
    return { kind: 'test', event: 'M:e', memory: 'M:e/c/M/id', digest: 'd', reads: [], writes: ['M:e/t/a/1'], decide };
  };
  const judge = (command: Prepared) => {
    return judgeBatch([command], new Map(keysOf([command]).map((key) => [key, undefined])), aContext('tx-1'));
  };

  it('fails as a whole when money does not sum to zero', () => {
    const unbalanced = prepared(() => ({ entries: [['a', -2, 'fee'], ['b', 1, 'fee']] })); // prettier-ignore
    expect(() => judge(unbalanced)).to.throw(/sum to -1/);
  });

  it('fails as a whole when a rule reads what it did not announce', () => {
    const greedy = prepared((state) => ({ result: { read: String(state.get('M:e/e')) } }));
    expect(() => judge(greedy)).to.throw('M:e/e was not loaded');
  });

  it('tells each new command’s kind, event and memory, and none of a replay', () => {
    const { ledger, floor, event } = onSale();
    const { command, payload } = aSale(floor);
    const run = () => {
      const candidates = prepareBatch([command, command, { kind: 'x' }], 'OrganizerMSP');
      const records = ledger.records();
      return judgeBatch(
        candidates,
        new Map(keysOf(candidates).map((key) => [key, records.get(key)])),
        aContext('tx-9'),
      );
    };
    expect(run().facts).to.deep.equal([['ticket.sell', event.event, `${event.event}/r/ResellerMSP/${payload.jti}`]]);
    ledger.accept(command);
    expect(run().facts).to.deep.equal([]);
  });

  it('loads each record once', () => {
    const { floor } = onSale();
    const sales = ['floor:A:1', 'floor:A:2'].map((seat) => aSale(floor, { seats: [seat] }).command);
    const keys = keysOf(prepareBatch(sales, 'OrganizerMSP'));
    expect(new Set(keys).size).to.equal(keys.length);
    expect(keys).to.have.lengthOf(6 + 2 * 3);
  });
});
