/**
 * What the simulation plays: an event on sale, far fewer seats than buyers want, and what each seed draws from it. Signed once for all seeds. Gates
 * close and statements expire while envelopes are on their way, because no read set has the time in it.
 */
import type { Command, TestSale } from '../support/statements.js';
import {
  aReturn,
  aSale,
  aTransfer,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  held,
  newId,
  newKey,
  NOW,
  SCHEDULE,
} from '../support/statements.js';
import { TestLedger } from '../support/test-ledger.js';
import { seededRandom, type SeededRandom } from './random.js';

export const ORGANIZATIONS = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP'];
const SALES = 240;
/** From the beginning. */
const SALES_CLOSE_MS = 14_000;
const TRANSFERS_CLOSE_MS = 24_000;
const timeAfter = (ms: number) => `${new Date(Date.parse(NOW) + ms).toISOString().slice(0, 19)}Z`;

export interface Play {
  readonly command: Command;
  /** Seats that it would sell; none for other commands. */
  readonly seats: readonly string[];
  readonly buyer: string;
  /** Commands that only their organization may give go through its gateway. */
  readonly through?: string;
  /** Begins so much later than others. */
  readonly afterMs?: number;
  /** What the buyer does with a ticket as soon as it is his. */
  readonly then?: Play;
}

const schedule = {
  ...SCHEDULE,
  salesCloseAt: timeAfter(SALES_CLOSE_MS),
  transfersCloseAt: timeAfter(TRANSFERS_CLOSE_MS),
};
const event = anEvent({ schedule });
const allotment = anAllotment(event);
const ledger = TestLedger.founded();
ledger.accept([event.command, allotment.command]);

export const EVENT = event.event;
export const GENESIS = { records: ledger.records(), policyOf: (key: string) => ledger.policyOf(key) };

/** Sales of one to three of 40 seats to 60 buyers, some of them wrong, some that expire soon; some tickets go on or come back. */
export const SALE_POOL: readonly Play[] = Array.from({ length: SALES }, (_, index) => {
  const random = seededRandom(index);
  const row = random.pick(['A', 'B']);
  const from = 1 + random.below(20);
  const seats = Array.from({ length: 1 + random.below(3) }, (_seat, offset) => `floor:${row}:${from + offset}`);
  const buyer = newKey(`simulated buyer ${random.below(60)}`);
  const wrong = random.chance(0.05) ? { facePriceMinor: 1 } : {};
  const soon = expiry(random);
  const sold = aSale(allotment, { seats, buyer, request: soon, sale: { ...soon, ...wrong } });
  const then = sequel(sold, random);
  return { command: sold.command, seats, buyer: buyer.kid, ...(then && { then }) };
});

function expiry(random: SeededRandom): { exp?: number } {
  return random.chance(0.5) ? { exp: Date.parse(NOW) / 1000 + 3 + random.below(20) } : {};
}

function sequel(sold: TestSale, random: SeededRandom): Play | undefined {
  if (random.chance(0.3)) {
    return other(aTransfer(held(sold), newKey(`simulated buyer ${random.below(60)}`), expiry(random)));
  }
  return random.chance(0.3) ? other(aReturn(held(sold), allotment, expiry(random)), 'ResellerMSP') : undefined;
}

function other(command: Command, through?: string, afterMs = 0): Play {
  return { command, seats: [], buyer: '', afterMs, ...(through && { through }) };
}

/** Commands that every sale reads the records of, and that need other endorsers. */
export const DISTURBANCES: readonly (() => Play)[] = [
  () => other({ kind: 'sales.close', id: newId(), event: EVENT }, 'OrganizerMSP'),
  () => other({ kind: 'sales.reopen', id: newId(), event: EVENT }, 'OrganizerMSP'),
  () => other(anAdvance(event), 'OrganizerMSP'),
  () => other(anAdvance(event), 'OrganizerMSP', SALES_CLOSE_MS),
  () => other(anAdvance(event), 'OrganizerMSP', TRANSFERS_CLOSE_MS),
  () => other(anEventChange(event, { action: 'postpone', schedule: { ...schedule, endsAt: '2027-05-01T23:00:00Z' } })),
];
