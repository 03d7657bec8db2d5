/** Whatever is tried in whatever order, these hold. fast-check prints the seed and the shortest history that breaks one. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome } from '../../chaincode/domain/batch.js';
import { entriesKey, holderKey, ticketKey } from '../../chaincode/domain/keys.js';
import type { TestLedger } from '../support/test-ledger.js';
import {
  attempt,
  CALLER,
  EVENT,
  history,
  HOLDERS,
  LIMIT,
  SEATS,
  smallWorld,
  type Attempt,
  type Step,
} from './small-world.js';

const RUNS = { numRuns: 50 };

interface Told {
  readonly ledger: TestLedger;
  readonly attempts: readonly Attempt[];
  readonly outcomes: readonly Outcome[];
}

/** Submits each step in a transaction of its own. */
function tell(steps: readonly Step[], afterEach: (told: Told) => void = () => undefined): Told {
  const told = { ledger: smallWorld(), attempts: [] as Attempt[], outcomes: [] as Outcome[] };
  for (const step of steps) {
    const next = attempt(step, told.ledger, told.attempts);
    told.outcomes.push(told.ledger.submit(next.command, CALLER));
    told.attempts.push(next);
    afterEach(told);
  }
  return told;
}

const isNew = (outcome: Outcome) => outcome.accepted && !outcome.replayed;
const commandsOf = ({ attempts }: Told) => attempts.map(({ command }) => command);

/** Without what differs from one way of submitting to another: transaction ids, and under which of them entries stand. */
function stateOf(ledger: TestLedger): unknown {
  const entries: unknown[] = [];
  const records = new Map<string, unknown>();
  for (const [key, record] of ledger.records()) {
    if (key.startsWith(`${EVENT}/m/`)) entries.push(...(record as unknown[]));
    else records.set(key, withoutTx(record));
  }
  return [[...records].sort(), entries.map((entry) => JSON.stringify(entry)).sort()];
}
const withoutTx = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (member, inner: unknown) => (member === 'tx' ? undefined : inner)));

describe('any history', () => {
  it('gives each seat one owner at most, and holders exactly the tickets they own', () => {
    const check = (steps: readonly Step[]) => {
      const owners = new Map<string, string>();
      tell(steps, ({ ledger, attempts, outcomes }) => {
        const effect = attempts.at(-1)?.effect;
        if (effect && isNew(outcomes.at(-1)!)) {
          for (const seat of effect.seats) {
            expect(owners.get(seat)).to.equal(effect.from);
            if (effect.to === undefined) owners.delete(seat);
            else owners.set(seat, effect.to);
          }
        }
        expectOwners(ledger, owners);
      });
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('sums all money to zero, command by command', () => {
    const check = (steps: readonly Step[]) => {
      tell(steps, ({ ledger, outcomes }) => {
        const last = outcomes.at(-1)!;
        const lines = last.accepted ? (ledger.read(entriesKey(EVENT, last.receipt.tx)) ?? []) : [];
        for (const [, ...entries] of lines) expect(entries.reduce((sum, [, minor]) => sum + minor, 0)).to.equal(0);
      });
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('writes nothing for what is refused or comes again', () => {
    const check = (steps: readonly Step[]) => {
      tell(steps, ({ ledger, outcomes }) => expect(ledger.written.length > 0).to.equal(isNew(outcomes.at(-1)!)));
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('comes out the same in batches of any size', () => {
    const check = (steps: readonly Step[], sizes: readonly number[]) => {
      const told = tell(steps);
      const [commands, ledger, outcomes] = [commandsOf(told), smallWorld(), [] as Outcome[]];
      for (let at = 0, turn = 0; at < commands.length; turn += 1) {
        const size = sizes[turn % sizes.length]!;
        outcomes.push(...ledger.submit(commands.slice(at, at + size), CALLER));
        at += size;
      }
      expect(withoutTx(outcomes)).to.deep.equal(withoutTx(told.outcomes));
      expect(stateOf(ledger)).to.deep.equal(stateOf(told.ledger));
    };
    fc.assert(
      fc.property(history, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }), check),
      RUNS,
    );
  });

  it('is what its accepted commands make it, and they change nothing when they come again', () => {
    const check = (steps: readonly Step[]) => {
      const told = tell(steps);
      const accepted = commandsOf(told).filter((_, index) => isNew(told.outcomes[index]!));
      const ledger = smallWorld();
      for (const command of accepted) ledger.accept(command, CALLER);
      expect(stateOf(ledger)).to.deep.equal(stateOf(told.ledger));
      const before = ledger.records();
      for (const command of accepted)
        expect(ledger.submit(command, CALLER)).to.include({ accepted: true, replayed: true });
      expect(ledger.records()).to.deep.equal(before);
    };
    fc.assert(fc.property(history, check), RUNS);
  });

  it('is a history: the generator reaches sales, transfers, admissions, returns and refusals', () => {
    const seen = new Set<string>();
    for (const steps of fc.sample(history, { numRuns: 100, seed: 7 })) {
      const { attempts, outcomes } = tell(steps);
      outcomes.forEach((outcome, index) => seen.add(outcome.accepted ? attempts[index]!.command.kind : outcome.code));
    }
    const reached = ['ticket.sell', 'ticket.transfer', 'ticket.return', 'ticket.void', 'ticket.scan', 'sales.close'];
    const refused = [
      'STALE_TICKET',
      'SEAT_ALREADY_SOLD',
      'COMMAND_ID_REUSED',
      'NOT_THE_HOLDER',
      'SCAN_OUT_OF_SEQUENCE',
    ];
    expect([...seen]).to.include.members([...reached, ...refused, 'PERSON_LIMIT_REACHED', 'SIGNATURE_INVALID']);
  });
});

function expectOwners(ledger: TestLedger, owners: ReadonlyMap<string, string>): void {
  const live = SEATS.filter((seat) => {
    const ticket = ledger.read(ticketKey(EVENT, seat));
    const owned = ticket !== undefined && ticket.state !== 'returned' && ticket.state !== 'void';
    expect(owned ? ticket.holder : undefined, seat).to.equal(owners.get(seat));
    return owned;
  });
  const holders = HOLDERS.map(({ kid }) => ({
    kid,
    ...(ledger.read(holderKey(EVENT, kid)) ?? { held: 0, boughtPrimary: 0 }),
  }));
  for (const { kid, held, boughtPrimary } of holders) {
    expect(held).to.equal([...owners.values()].filter((owner) => owner === kid).length);
    expect(boughtPrimary).to.be.within(0, LIMIT);
  }
  expect(holders.reduce((sum, { held }) => sum + held, 0)).to.equal(live.length);
}
