/**
 * A small world for random histories: one organization in every role, four seats, three holders, two doors, and everything open at once. A step says
 * what somebody tries; what it becomes depends on the ledger, so most steps are valid and some are stale, forged, early, late or repeated.
 */
import fc from 'fast-check';
import { scanKey, ticketKey } from '../../chaincode/domain/keys.js';
import {
  aConsortium,
  aDevice,
  aKeyRegistration,
  anAllotment,
  anEvent,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  newId,
  newKey,
  type Command,
  type Held,
  type TestScan,
} from '../support/statements.js';
import { TestLedger } from '../support/test-ledger.js';
import { forged } from '../support/world.js';

export const LIMIT = 3;
export const CALLER = { caller: 'SoloMSP' } as const;
const SOLO = aConsortium([
  { mspId: 'SoloMSP', name: 'Solo', roles: ['organizer', 'reseller', 'venue'] },
  { mspId: 'OtherMSP', name: 'Other', roles: ['venue'] },
]);
const event = anEvent({
  event: 'SoloMSP:night',
  venue: 'SoloMSP',
  schedule: {
    ...{ salesOpenAt: '2027-01-01T00:00:00Z', doorsOpenAt: '2027-01-01T00:00:00Z', startsAt: '2027-04-01T00:00:00Z' },
    ...{
      salesCloseAt: '2027-05-01T00:00:00Z',
      transfersCloseAt: '2027-05-01T00:00:00Z',
      endsAt: '2027-05-01T00:00:00Z',
    },
  },
  policy: { perPersonLimit: { primary: LIMIT, resale: LIMIT }, returnDeadlineSeconds: 3600 },
});
const floor = anAllotment(event, { seller: 'SoloMSP', seats: { section: 'floor', rows: [['A', 1, 4]] } });
const devices = ['north', 'south'].map((name) => aDevice(event, name));
const SETTING = [event.command, floor.command, ...devices.map(({ command }) => command)];
const { event: eventSigner, seller } = SOLO.keys.SoloMSP!;
const KEYS = [aKeyRegistration(eventSigner, 'event'), aKeyRegistration(seller, 'seller')];

export const EVENT = event.event;
export const HOLDERS = ['ann', 'ben', 'cleo'].map((name) => newKey(`holder ${name}`));
export const SEATS = [1, 2, 3, 4].map((number) => `floor:A:${number}`);
const PAYMENTS = Array.from({ length: 8 }, (_, index) => `payment-${index}`);

const seat = fc.nat(SEATS.length - 1);
const holder = fc.nat(HOLDERS.length - 1);
const often = fc.constantFrom(true, true, true, true, false);
/** Which version of the ticket a statement names: the present one, mostly. */
const version = fc.constantFrom(0, 0, 0, 0, 0, -1, 1);

const steps = {
  sell: fc.record({
    ...{ seats: fc.array(seat, { minLength: 1, maxLength: 2 }), buyer: holder, payment: fc.nat(PAYMENTS.length - 1) },
    ...{ overcharge: fc.constantFrom(0, 0, 0, 0, 1), genuine: often },
  }),
  transfer: fc.record({ seat, to: holder, byHolder: often, version }),
  return: fc.record({ seat, byHolder: often, version }),
  void: fc.record({ seat, version }),
  scan: fc.record({
    ...{ seat, device: fc.nat(1), version, chain: fc.constantFrom(1, 1, 1, 1, 0, 2) },
    action: fc.constantFrom('admit' as const, 'admit' as const, 'exit' as const, 'reenter' as const, 'undo' as const),
  }),
  gate: fc.record({ action: fc.constantFrom('close', 'reopen') }),
  again: fc.record({ which: fc.nat(30) }),
  nonsense: fc.record({ kind: fc.constantFrom('toString', 'ticket.sell', '') }),
};
type Steps = {
  [K in keyof typeof steps]: (typeof steps)[K] extends fc.Arbitrary<infer V> ? { readonly type: K } & V : never;
};
export type Step = Steps[keyof Steps];

const weights: readonly (readonly [number, keyof typeof steps])[] = [
  [6, 'sell'],
  [4, 'transfer'],
  [2, 'return'],
  [1, 'void'],
  [5, 'scan'],
  [1, 'gate'],
  [2, 'again'],
  [1, 'nonsense'], // prettier-ignore
];
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    ...weights.map(([weight, type]) => ({
      weight,
      arbitrary: (steps[type] as fc.Arbitrary<object>).map((step) => ({ type, ...step }) as Step),
    })),
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

/** A ledger on which the event is on sale and the doors are open; always the same commands, so that two of them can be compared. */
export function smallWorld(): TestLedger {
  const ledger = new TestLedger();
  ledger.propose(SOLO, CALLER);
  ledger.found(SOLO, CALLER);
  ledger.accept([...KEYS, ...SETTING], CALLER);
  return ledger;
}

/** What is submitted, and what it does to the owners of seats if it is accepted. */
export interface Attempt {
  readonly command: Command;
  readonly effect?: { readonly seats: readonly string[]; readonly from?: string; readonly to?: string };
}

/** @param past attempts so far, which may be made again */
export function attempt(step: Step, ledger: TestLedger, past: readonly Attempt[]): Attempt {
  switch (step.type) {
    case 'sell':
      return sell(step);
    case 'transfer': {
      const { ticket, place } = ticketAt(ledger, step, step.byHolder);
      const to = HOLDERS[step.to]!;
      return { command: aTransfer(ticket, to), effect: { seats: [place], from: ticket.holder.kid, to: to.kid } };
    }
    case 'return': {
      const { ticket, place } = ticketAt(ledger, step, step.byHolder);
      return { command: aReturn(ticket, floor), effect: { seats: [place], from: ticket.holder.kid } };
    }
    case 'void': {
      const { ticket, place } = ticketAt(ledger, step);
      return { command: aVoid(ticket, event), effect: { seats: [place], from: ticket.holder.kid } };
    }
    case 'scan':
      return { command: scan(ledger, step) };
    case 'gate':
      return { command: { kind: `sales.${step.action}`, id: newId(), event: EVENT } };
    case 'again':
      return past[past.length - 1 - step.which] ?? { command: { kind: 'nothing' } };
    case 'nonsense':
      return { command: { kind: step.kind } };
  }
}

function sell({ seats, buyer, payment, overcharge, genuine }: Steps['sell']): Attempt {
  const [places, by] = [seats.map((index) => SEATS[index]!), HOLDERS[buyer]!];
  const totalMinor = 2200 * places.length + overcharge;
  const request = { paymentReference: PAYMENTS[payment]!, maxTotalMinor: 10_000 };
  const { command } = aSale(floor, { seats: places, buyer: by, request, sale: { totalMinor } });
  const signed = genuine ? command : { ...command, sale: forged(String(command.sale)) };
  return { command: signed, effect: { seats: places, to: by.kid } };
}

/** A ticket at the version that the step names; for a seat never sold, as if it had been. */
function ticketAt(ledger: TestLedger, step: { seat: number; version: number }, byHolder = true) {
  const place = SEATS[step.seat]!;
  const record = ledger.read(ticketKey(EVENT, place));
  const owner = HOLDERS.findIndex(({ kid }) => kid === record?.holder);
  const holder = HOLDERS[(owner + (byHolder ? 0 : 1)) % HOLDERS.length] ?? HOLDERS[0]!;
  const { issue, change } = record ?? { issue: 1, change: 0 };
  const ticket: Held = {
    event: EVENT,
    ticket: `${EVENT}:${place}`,
    holder,
    issue,
    change: Math.max(0, change + step.version),
  };
  return { ticket, place };
}

/** `chain` 1 continues the device's chain, 0 forks it, 2 leaves a number out. */
function scan(ledger: TestLedger, step: Steps['scan']): Command {
  const device = devices[step.device]!;
  let last = 0;
  while (ledger.read(scanKey(EVENT, device.device, last + 1))) last += 1;
  const number = Math.max(1, last + step.chain);
  const digest = ledger.read(scanKey(EVENT, device.device, number - 1))?.digest ?? '';
  const after: TestScan = { command: { kind: 'ticket.scan' }, number: number - 1, digest };
  return aScan(ticketAt(ledger, step).ticket, device, { after, action: step.action }).command;
}
