/** What the simulation plays: an event on sale, far fewer seats than buyers want, and what each seed draws from it. Signed once for all seeds. */
import type { Command } from '../support/statements.js';
import {
  aSale,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  newId,
  newKey,
  SCHEDULE,
} from '../support/statements.js';
import { TestLedger } from '../support/test-ledger.js';
import { seededRandom } from './random.js';

export const ORGANIZATIONS = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
const SALES = 240;

export interface Play {
  readonly command: Command;
  /** Seats that it would sell; none for other commands. */
  readonly seats: readonly string[];
  readonly buyer: string;
  /** Commands that only their organization may give go through its gateway. */
  readonly through?: string;
}

const event = anEvent();
const allotment = anAllotment(event);
const ledger = TestLedger.founded();
ledger.accept([event.command, allotment.command]);

export const EVENT = event.event;
export const GENESIS = { records: ledger.records(), policyOf: (key: string) => ledger.policyOf(key) };

/** Sales of one to three of 40 seats to 60 buyers, some of them wrong. */
export const SALE_POOL: readonly Play[] = Array.from({ length: SALES }, (_, index) => {
  const random = seededRandom(index);
  const row = random.pick(['A', 'B']);
  const from = 1 + random.below(20);
  const seats = Array.from({ length: 1 + random.below(3) }, (_seat, offset) => `floor:${row}:${from + offset}`);
  const buyer = newKey(`simulated buyer ${random.below(60)}`);
  const wrong = random.chance(0.05) ? { sale: { facePriceMinor: 1 } } : {};
  return { command: aSale(allotment, { seats, buyer, ...wrong }).command, seats, buyer: buyer.kid };
});

const other = (command: Command, through?: string): Play => ({
  command,
  seats: [],
  buyer: '',
  ...(through && { through }),
});

/** Commands that every sale reads the records of, and that need other endorsers. */
export const DISTURBANCES: readonly (() => Play)[] = [
  () => other({ kind: 'sales.close', id: newId(), event: EVENT }, 'OrganizerMSP'),
  () => other({ kind: 'sales.reopen', id: newId(), event: EVENT }, 'OrganizerMSP'),
  () => other(anAdvance(event), 'OrganizerMSP'),
  () => other(anEventChange(event, { action: 'postpone', schedule: { ...SCHEDULE, endsAt: '2027-05-01T23:00:00Z' } })),
];
