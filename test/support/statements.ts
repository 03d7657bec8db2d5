/**
 * Commands and statements for tests. Every builder gives something valid at `NOW` and takes overrides for its payload; what it returns names what
 * the next builder needs: `aSale(anAllotment(anEvent()))`.
 */
import { digestOf } from '../../chaincode/crypto/jws.js';
import { ticketIdOf } from '../../chaincode/domain/ids.js';
import type { Founder, KeyUse } from '../../chaincode/domain/records.js';
import { typOf, type Payload, type StatementName } from '../../chaincode/domain/statements.js';
import { holderIdOf, newKey, signStatement, type TestKey } from './keys.js';

export { holderIdOf, keyOnly, newKey, signJws, signStatement, type TestKey } from './keys.js';

export const CHANNEL = 'guichet';
/** Sales and transfers are open, doors are not. */
export const NOW = '2027-03-01T12:00:00Z';
/** Doors are open, sales are not. */
export const DOORS = '2027-05-01T18:30:00Z';
export const SCHEDULE = {
  salesOpenAt: '2027-01-01T00:00:00Z',
  salesCloseAt: '2027-05-01T17:00:00Z',
  transfersCloseAt: '2027-05-01T17:30:00Z',
  doorsOpenAt: '2027-05-01T18:00:00Z',
  startsAt: '2027-05-01T19:00:00Z',
  endsAt: '2027-05-01T22:00:00Z',
} as const;
/** What an event says of its rules unless told otherwise: hardly any limit, and returns until doors open. */
export const EVENT_POLICY: Payload<'event'>['policy'] = {
  perPersonLimit: { primary: 100, resale: 100 },
  transfer: 'allowed',
  returnDeadlineSeconds: 3600,
};
/** Long after everything. */
const EXP = Date.parse('2100-01-01T00:00:00Z') / 1000;

export type Command = Readonly<Record<string, unknown> & { kind: string }>;

let issued = 0;
/** A command id that no other call returns. */
export const newId = (): string => `id-${String(++issued).padStart(8, '0')}`;

export interface TestConsortium {
  readonly organizations: readonly Founder[];
  /** Each organization's registered keys; see `keyCommands`. */
  readonly keys: Readonly<Record<string, Readonly<Record<'event' | 'seller', TestKey>>>>;
}

const organization = (mspId: string, ...roles: Founder['roles']): Founder => ({
  mspId,
  name: mspId.replace('MSP', ''),
  roles,
});

/** Three organizations that endorse and a trustee. */
export function aConsortium(
  organizations: readonly Founder[] = [
    organization('OrganizerMSP', 'organizer'),
    organization('ResellerMSP', 'reseller'),
    organization('VenueMSP', 'venue'),
    organization('TrusteeMSP', 'trustee'),
  ],
): TestConsortium {
  const keysOf = ({ mspId }: Founder) => ({ event: newKey(`${mspId} event`), seller: newKey(`${mspId} seller`) });
  return { organizations, keys: Object.fromEntries(organizations.map((each) => [each.mspId, keysOf(each)])) };
}

/** The consortium that every builder uses unless told otherwise. */
export const CONSORTIUM = aConsortium();
const keyOf = (msp: string, use: 'event' | 'seller') => CONSORTIUM.keys[msp]?.[use] ?? newKey(`${msp} ${use}`);

export function aKeyRegistration(key: TestKey, use: KeyUse, overrides: Record<string, unknown> = {}): Command {
  const validity = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2029-01-01T00:00:00Z' };
  return { kind: 'keys.register', id: newId(), use, jwk: key.jwk, ...validity, ...overrides };
}

/** What a statement begins with that is about no event. */
export const consortiumClaims = () => ({ channel: CHANNEL, jti: newId(), exp: EXP });
export const claims = (event: string) => ({ channel: CHANNEL, event, jti: newId(), exp: EXP });
export const digest = (name: StatementName, compact: string) => digestOf(typOf(name), compact.split('.')[1] ?? '');

export interface TestEvent {
  readonly command: Command;
  readonly event: string;
  readonly payload: Payload<'event'>;
  readonly eventKey: TestKey;
}

/** @param by key that signs, the organizer's registered event key unless given */
export function anEvent(overrides: Partial<Payload<'event'>> = {}, by?: TestKey): TestEvent {
  const event = overrides.event ?? 'OrganizerMSP:opening-night';
  const eventKey = newKey(`event ${event}`);
  const payload: Payload<'event'> = {
    ...claims(event),
    name: 'Opening night',
    venue: 'VenueMSP',
    currency: 'EUR',
    eventKey: eventKey.jwk,
    schedule: SCHEDULE,
    policy: EVENT_POLICY,
    ...overrides,
  };
  const statement = signStatement('event', payload, by ?? keyOf(event.slice(0, event.indexOf(':')), 'event'));
  return { command: { kind: 'event.create', statement }, event, payload, eventKey };
}

/** Cancels the event, unless overridden. */
export function anEventChange(
  { event, eventKey }: TestEvent,
  overrides: Partial<Payload<'event-change'>> = {},
  by = eventKey,
): Command {
  const payload = { ...claims(event), change: 0, action: 'cancel' as const, ...overrides };
  return { kind: 'event.change', statement: signStatement('event-change', payload, by) };
}

export const anAdvance = ({ event }: Pick<TestEvent, 'event'>, id = newId()): Command => ({
  kind: 'event.advance',
  id,
  event,
});

export interface TestAllotment {
  readonly command: Command;
  readonly of: TestEvent;
  readonly payload: Payload<'allotment'>;
}

/** Rows A to C of section `floor`, seats 1 to 50, at 20.00 and a fee of 2.00 to the seller ResellerMSP. */
export function anAllotment(
  of: TestEvent,
  overrides: Partial<Payload<'allotment'>> = {},
  by = of.eventKey,
): TestAllotment {
  const seller = overrides.seller ?? 'ResellerMSP';
  const rows = ['A', 'B', 'C'].map((row): [string, number, number] => [row, 1, 50]);
  const payload: Payload<'allotment'> = {
    ...claims(of.event),
    allotment: 'floor-a',
    seller,
    priceClass: 'standard',
    facePriceMinor: 2000,
    fees: [{ kind: 'service', payee: seller, amountMinor: 200 }],
    ...(overrides.pool ? {} : { seats: { section: 'floor', rows } }),
    ...overrides,
  };
  return { command: { kind: 'allotment.create', statement: signStatement('allotment', payload, by) }, of, payload };
}

export interface SaleOptions {
  readonly seats?: readonly string[];
  readonly buyer?: TestKey;
  readonly request?: Partial<Payload<'purchase'>>;
  readonly sale?: Partial<Payload<'sale'>>;
  /** Signs the sale; the seller's registered key unless given. */
  readonly by?: TestKey;
}

export interface TestSale {
  readonly command: Command;
  readonly of: TestEvent;
  readonly buyer: TestKey;
  /** Ticket ids. */
  readonly tickets: readonly string[];
  readonly request: Payload<'purchase'>;
  readonly payload: Payload<'sale'>;
}

/** A sale of seat `floor:A:1` to a new buyer, unless told otherwise; both statements are derived from one another, overrides come last. */
export function aSale({ of, payload: supply }: TestAllotment, options: SaleOptions = {}): TestSale {
  const { buyer = newKey(), seats = ['floor:A:1'] } = options;
  const feesMinor = supply.fees.reduce((sum, fee) => sum + fee.amountMinor, 0);
  const totalMinor = (supply.facePriceMinor + feesMinor) * seats.length;
  const { event } = of;
  const { seller, allotment, facePriceMinor } = supply;
  const { currency } = of.payload;
  const request: Payload<'purchase'> = {
    ...claims(event),
    seller,
    seats: [...seats],
    currency,
    maxTotalMinor: totalMinor,
    paymentReference: newId(),
    ...options.request,
  };
  const requestJws = signStatement('purchase', request, buyer);
  const payload: Payload<'sale'> = {
    ...claims(event),
    jti: request.paymentReference,
    seller,
    request: digest('purchase', requestJws),
    buyer: holderIdOf(buyer),
    allotment,
    seats: [...seats],
    facePriceMinor,
    feesMinor,
    totalMinor,
    currency,
    ...options.sale,
  };
  const sale = signStatement('sale', payload, options.by ?? keyOf(seller, 'seller'));
  const tickets = payload.seats.map((seat) => ticketIdOf(event, seat));
  return { command: { kind: 'ticket.sell', request: requestJws, sale }, of, buyer, tickets, request, payload };
}

/** A ticket as its holder speaks of it. */
export interface Held {
  readonly event: string;
  readonly ticket: string;
  readonly holder: TestKey;
  readonly issue?: number;
  readonly change?: number;
}

/** The n-th ticket of a sale, as sold. */
export const held = ({ of, tickets, buyer }: TestSale, index = 0): Held => ({
  event: of.event,
  ticket: tickets[index] ?? '',
  holder: buyer,
});

/** What every statement about a ticket begins with. */
export const version = ({ event, ticket, issue = 1, change = 0 }: Held) => ({
  ...claims(event),
  ticket,
  issue,
  change,
});

export function aTransfer(of: Held, to: TestKey = newKey(), overrides: Partial<Payload<'transfer'>> = {}): Command {
  const transfer = signStatement('transfer', { ...version(of), to: holderIdOf(to), ...overrides }, of.holder);
  const acceptance = signStatement(
    'transfer-acceptance',
    { ...claims(of.event), transfer: digest('transfer', transfer) },
    to,
  );
  return { kind: 'ticket.transfer', transfer, acceptance };
}

export function aReturn(of: Held, { payload }: TestAllotment, overrides: Partial<Payload<'return'>> = {}): Command {
  const { allotment, seller } = payload;
  return {
    kind: 'ticket.return',
    statement: signStatement('return', { ...version(of), allotment, seller, ...overrides }, of.holder),
  };
}

export function aVoid(of: Held, { eventKey }: TestEvent, overrides: Partial<Payload<'void'>> = {}): Command {
  const payload = { ...version(of), holder: holderIdOf(of.holder), reason: 'fraud' as const, ...overrides };
  return { kind: 'ticket.void', statement: signStatement('void', payload, eventKey) };
}

export interface TestDevice {
  readonly command: Command;
  readonly device: string;
  readonly key: TestKey;
}

export function aDevice(
  { event }: Pick<TestEvent, 'event'>,
  device = 'north-gate-1',
  key = newKey(`device ${device}`),
): TestDevice {
  const notAfter = '2100-01-01T00:00:00Z';
  return { command: { kind: 'device.register', id: newId(), event, device, jwk: key.jwk, notAfter }, device, key };
}

export interface ScanOptions {
  readonly number?: number;
  /** The scan before it, as this function returned it. */
  readonly after?: TestScan;
  readonly action?: Payload<'scan'>['action'];
  readonly overrides?: Partial<Payload<'scan'>>;
}

export interface TestScan {
  readonly command: Command;
  readonly number: number;
  readonly digest: string;
}

/** `admit` by the device, with the holder's presentation where the action asks for one. */
export function aScan(of: Held, { device, key }: TestDevice, options: ScanOptions = {}): TestScan {
  const { after, action = 'admit', number = (after?.number ?? 0) + 1 } = options;
  const presented = action === 'admit' || action === 'reenter';
  const presentation = presented ? signStatement('presentation', version(of), of.holder) : undefined;
  const payload: Payload<'scan'> = {
    ...version(of),
    device,
    number,
    previous: after?.digest ?? '',
    action,
    scannedAt: DOORS,
    ...(presentation && { presentation: digest('presentation', presentation) }),
    ...options.overrides,
  };
  const scan = signStatement('scan', payload, key);
  return {
    command: { kind: 'ticket.scan', scan, ...(presentation && { presentation }) },
    number,
    digest: digest('scan', scan),
  };
}
