/** What is refused from an event's creation to its doors, and what must have happened before. */
import { hours, liveScene, OPEN_H, openSchedule, type LiveScene } from '../../../support/live-scene.js';
import { EVERYBODY, VENUE, type RealNetwork } from '../../../support/real-network.js';
import {
  aDevice,
  aKeyRegistration,
  anAdvance,
  anAllotment,
  anEvent,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  held,
  newKey,
  type Command,
  type SaleOptions,
} from '../../../support/statements.js';
import { forged } from '../../../support/world.js';
import { unsigned, type Refusals } from './refused.js';

const open = liveScene();
const cancelled = liveScene();
const early = liveScene({ schedule: openSchedule({ salesOpenAt: hours(OPEN_H - 1), doorsOpenAt: hours(OPEN_H - 1) }) });
const late = liveScene({ schedule: openSchedule({ transfersCloseAt: hours(-0.5) }) });
const strict = liveScene({ policy: { perPersonLimit: { primary: 1, resale: 1 }, transfer: 'forbidden' } });
const { event, floor } = open;

const sold = aSale(floor, { seats: ['floor:C:1'] });
const ticket = held(sold);
const soldStrictly = aSale(strict.floor);
const kept = held(soldStrictly);
const inside = held(aSaleInside());
const device = aDevice(event);
const revoked = aDevice(event, 'lost-device');
const earlyDevice = aDevice(early.event);
const admission = aScan(inside, device);
const expiredKey = newKey('expired');
const closed = anAllotment(event, { allotment: 'closed', seats: { section: 'closed', rows: [['A', 1, 5]] } });

function aSaleInside() {
  return aSale(floor, { seats: ['floor:C:2'], buyer: newKey('inside') });
}

const validity = { notBefore: hours(-1), notAfter: hours(OPEN_H) };
const sale = (options: SaleOptions = {}, { floor: of }: LiveScene = open) => aSale(of, options).command;
const allotment = (overrides: Parameters<typeof anAllotment>[1]) =>
  anAllotment(event, { allotment: 'another', ...overrides }).command;
const scan = (...[of, by, options]: Parameters<typeof aScan>) => aScan(of, by, options).command;
const withForgedSale = (command: Command): Command => ({ ...command, sale: forged(String(command.sale)) });

export const FIRST_HAND: Refusals = {
  MALFORMED_STATEMENT: ['reseller', () => ({ ...sale(), request: 'no.jws' })],
  INVALID_FIELD: ['organizer', () => anEvent({ event: 'OrganizerMSP:new', currency: 'eur' }).command],
  UNKNOWN_FIELD: ['reseller', () => sale({ request: { discount: 1 } as object })],
  TOO_LARGE: ['reseller', () => sale({ request: { channel: 'x'.repeat(9_000) } })],
  NOT_AUTHORISED: ['reseller', () => unsigned('sales.close', event.event)],
  UNKNOWN_ORGANIZATION: ['organizer', () => allotment({ seller: 'NobodyMSP' })],
  ROLE_MISSING: ['organizer', () => allotment({ seller: VENUE })],
  SIGNATURE_INVALID: ['venue', () => withForgedSale(sale())],
  UNKNOWN_KEY: ['reseller', () => sale({ by: newKey() })],
  KEY_NOT_VALID: ['reseller', () => sale({ by: expiredKey })],
  KEY_ALREADY_REGISTERED: ['reseller', () => aKeyRegistration(expiredKey, 'seller', validity)],
  WRONG_CHANNEL: ['reseller', () => sale({ request: { channel: 'elsewhere' } })],
  WRONG_EVENT: ['venue', () => aTransfer({ ...ticket, event: strict.event.event })],
  STATEMENT_EXPIRED: ['venue', () => sale({ sale: { exp: 1 } })],
  COMMAND_ID_REUSED: ['reseller', () => sale({ request: { paymentReference: sold.request.paymentReference } })],
  EVENT_EXISTS: ['organizer', () => anEvent({ event: event.event, schedule: openSchedule() }).command],
  UNKNOWN_EVENT: ['venue', () => unsigned('event.advance', 'OrganizerMSP:nowhere')],
  EVENT_CANCELLED: ['reseller', () => sale({}, cancelled)],
  STALE_EVENT: ['organizer', () => anEventChange(event, { change: 7 })],
  INVALID_SCHEDULE: [
    'organizer',
    () => anEvent({ event: 'OrganizerMSP:new', schedule: openSchedule({ startsAt: hours(OPEN_H + 9) }) }).command,
  ],
  NOTHING_DUE: ['venue', () => anAdvance(event)],
  SALES_NOT_OPEN: ['reseller', () => sale({}, early)],
  TRANSFERS_NOT_OPEN: ['venue', () => aTransfer(held(aSale(late.floor)))],
  TRANSFERS_FORBIDDEN: ['venue', () => aTransfer(kept)],
  DOORS_NOT_OPEN: ['venue', () => scan(held(aSale(early.floor)), earlyDevice)],
  ALLOTMENT_EXISTS: ['organizer', () => allotment({ allotment: 'floor-a', pool: { section: 'new', from: 1, to: 2 } })],
  UNKNOWN_ALLOTMENT: ['venue', () => sale({ sale: { allotment: 'nowhere' } })],
  ALLOTMENT_CLOSED: ['venue', () => aSale(closed, { seats: ['closed:A:1'] }).command],
  ALLOTMENT_MISMATCH: ['reseller', () => aReturn(ticket, floor, { allotment: 'closed' })],
  SEATS_ALREADY_ALLOTTED: ['organizer', () => allotment({})],
  SECTION_KIND_MISMATCH: ['organizer', () => allotment({ pool: { section: 'floor', from: 1, to: 2 } })],
  INVALID_SEATS: ['organizer', () => allotment({ seats: { section: 'new', rows: [['A', 5, 1]] } })],
  REQUEST_MISMATCH: ['venue', () => sale({ sale: { buyer: newKey().kid } })],
  SEAT_NOT_IN_ALLOTMENT: ['venue', () => sale({ seats: ['floor:Z:1'] })],
  SEAT_REPEATED: ['venue', () => sale({ seats: ['floor:A:1', 'floor:A:1'] })],
  SEAT_ALREADY_SOLD: ['venue', () => sale({ seats: ['floor:C:1'] })],
  PRICE_MISMATCH: ['venue', () => sale({ sale: { facePriceMinor: 1, totalMinor: 1 } })],
  PRICE_ABOVE_REQUEST: ['venue', () => sale({ request: { maxTotalMinor: 1 } })],
  AMOUNT_OVERFLOW: ['organizer', () => allotment({ facePriceMinor: Number.MAX_SAFE_INTEGER })],
  PERSON_LIMIT_REACHED: ['venue', () => sale({ seats: ['floor:A:1', 'floor:A:2'] }, strict)],
  UNKNOWN_TICKET: ['venue', () => aTransfer(held(aSale(floor, { seats: ['floor:A:50'] })))],
  STALE_TICKET: ['venue', () => aTransfer({ ...ticket, change: 3 })],
  NOT_THE_HOLDER: ['venue', () => aTransfer({ ...ticket, holder: newKey() })],
  TRANSFER_MISMATCH: ['venue', () => ({ ...aTransfer(ticket), acceptance: aTransfer(ticket).acceptance })],
  TICKET_NOT_VALID: ['venue', () => aTransfer({ ...inside, change: 1 })],
  UNKNOWN_DEVICE: ['venue', () => scan(ticket, { ...device, device: 'nowhere' })],
  DEVICE_EXISTS: ['venue', () => aDevice(event).command],
  DEVICE_NOT_VALID: ['venue', () => scan(ticket, revoked)],
  SCAN_OUT_OF_SEQUENCE: ['venue', () => scan(ticket, device, { number: 7 })],
  PRESENTATION_MISMATCH: ['venue', () => ({ ...scan(ticket, device, { after: admission }), presentation: undefined })],
  ALREADY_ADMITTED: ['venue', () => scan({ ...inside, change: 1 }, device, { after: admission })],
  NOT_ADMITTED: ['venue', () => scan(ticket, device, { after: admission, action: 'exit' })],
  NOTHING_TO_UNDO: ['venue', () => scan(ticket, device, { after: admission, action: 'undo' })],
};

/** In as few transactions as their submitters let it. */
export async function setFirstHand({ reseller, venue, organizer }: RealNetwork): Promise<void> {
  const scenes = [open, cancelled, early, late, strict].flatMap((each) => [each.event.command, each.floor.command]);
  const past = { notBefore: hours(-2), notAfter: hours(-1) };
  const setting = [aKeyRegistration(expiredKey, 'seller', past), ...scenes, closed.command];
  const sales = [sold.command, aSaleInside().command, soldStrictly.command];
  const closing = { ...unsigned('allotment.close', event.event), allotment: 'closed' };
  await reseller.ledger.accept([...setting, ...sales, closing], EVERYBODY);
  await organizer.ledger.accept([anEventChange(cancelled.event)], EVERYBODY);
  const devices = [device, earlyDevice, revoked].map(({ command }) => command);
  const revocation = { ...unsigned('device.revoke', event.event), device: revoked.device };
  await venue.ledger.accept([...devices, revocation, admission.command], EVERYBODY);
}
