/** Every code that a caller of the REST interface can be refused with, by the real ledger through the real gateways. */
import { expect } from 'chai';
import { REFUSAL_CODES, type RefusalCode } from '../../../chaincode/domain/refusal.js';
import { ProblemError } from '../../../gateway/client/problem-error.js';
import { STATUS } from '../../../gateway/http/problem.js';
import { codeOf } from '../../support/code-of.js';
import { hours, liveScene, openSchedule, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, realNetwork, VENUE, type Party, type RealNetwork } from '../../support/real-network.js';
import { send } from '../../support/rest.js';
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
  newId,
  newKey,
  type Command,
  type SaleOptions,
} from '../../support/statements.js';
import { forged } from '../../support/world.js';

/** No request can bring these about: batches and foundings are made by gateways and set-up, and nothing suspends yet. */
const BEYOND_REST: readonly RefusalCode[] = [
  'MALFORMED_BATCH',
  'UNKNOWN_COMMAND',
  'ORGANIZATION_NOT_ACTIVE',
  'ALREADY_FOUNDED',
  'NOT_FOUNDED',
  'FOUNDING_MISMATCH',
];
const MAX_KEYS = 64;

const open = liveScene();
const cancelled = liveScene();
const early = liveScene({ schedule: openSchedule({ salesOpenAt: hours(0.5), doorsOpenAt: hours(0.5) }) });
const late = liveScene({ schedule: openSchedule({ transfersCloseAt: hours(-0.5) }) });
const strict = liveScene({ policy: { perPersonLimit: { primary: 1 }, transfer: 'forbidden' } });
const { event, floor } = open;

const sold = aSale(floor, { seats: ['floor:C:1'] });
const ticket = held(sold);
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

const validity = { notBefore: hours(-1), notAfter: hours(1) };
const sale = (options: SaleOptions = {}, { floor: of }: LiveScene = open) => aSale(of, options).command;
const allotment = (overrides: Parameters<typeof anAllotment>[1]) =>
  anAllotment(event, { allotment: 'another', ...overrides }).command;
const scan = (...[of, by, options]: Parameters<typeof aScan>) => aScan(of, by, options).command;
const withForgedSale = (command: Command): Command => ({ ...command, sale: forged(String(command.sale)) });
const unsigned = (kind: string, of = event.event): Command => ({ kind, id: newId(), event: of });

type Refused = readonly [by: 'organizer' | 'reseller' | 'venue', command: () => Command];
const REFUSALS: Readonly<Partial<Record<RefusalCode, Refused>>> = {
  MALFORMED_STATEMENT: ['reseller', () => ({ ...sale(), request: 'no.jws' })],
  INVALID_FIELD: ['organizer', () => anEvent({ event: 'OrganizerMSP:new', currency: 'eur' }).command],
  UNKNOWN_FIELD: ['reseller', () => sale({ request: { discount: 1 } as object })],
  TOO_LARGE: ['reseller', () => sale({ request: { channel: 'x'.repeat(9_000) } })],
  NOT_AUTHORISED: ['reseller', () => unsigned('sales.close')],
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
    () => anEvent({ event: 'OrganizerMSP:new', schedule: openSchedule({ startsAt: hours(9) }) }).command,
  ],
  NOTHING_DUE: ['venue', () => anAdvance(event)],
  SALES_NOT_OPEN: ['reseller', () => sale({}, early)],
  TRANSFERS_NOT_OPEN: ['venue', () => aTransfer(held(aSale(late.floor)))],
  TRANSFERS_FORBIDDEN: ['venue', () => aTransfer(held(aSale(strict.floor)))],
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

describe('refusals through REST', () => {
  let network: RealNetwork;

  before(async () => {
    network = await realNetwork();
    await setScenes(network);
  });

  for (const [code, [by, command]] of Object.entries(REFUSALS) as [RefusalCode, Refused][]) {
    it(code, async () => {
      const { problem } = await refusalOf(network[by], command());
      expect(problem).to.include({ code, status: STATUS[code], type: `urn:guichet:problem:${code}` });
      expect(problem.field, 'field').to.be.a('string');
    });
  }

  it('TOO_MANY_KEYS', async () => {
    const keys = Array.from({ length: MAX_KEYS + 1 }, () => aKeyRegistration(newKey(), 'attestor', validity));
    const codes = await Promise.all(keys.map((key) => codeOf(send(network.venue, key))));
    expect(codes.filter((code) => code === 'accepted')).to.have.length(MAX_KEYS);
    expect(codes).to.include('TOO_MANY_KEYS');
  });

  it('are all that there are', () => {
    const seen = [...Object.keys(REFUSALS), 'TOO_MANY_KEYS', ...BEYOND_REST];
    expect(seen.sort()).to.deep.equal([...REFUSAL_CODES].sort());
  });
});

/** What must have happened before, in two transactions. */
async function setScenes({ reseller, venue, organizer }: RealNetwork): Promise<void> {
  const scenes = [open, cancelled, early, late, strict].flatMap((each) => [each.event.command, each.floor.command]);
  const past = { notBefore: hours(-2), notAfter: hours(-1) };
  const setting = [aKeyRegistration(expiredKey, 'seller', past), ...scenes, closed.command];
  await reseller.ledger.accept(
    [...setting, sold.command, aSaleInside().command, { ...unsigned('allotment.close'), allotment: 'closed' }],
    EVERYBODY,
  );
  await organizer.ledger.accept([anEventChange(cancelled.event)], EVERYBODY);
  const revocation = { ...unsigned('device.revoke'), device: revoked.device };
  await venue.ledger.accept(
    [device, earlyDevice, revoked].map(({ command }) => command),
    EVERYBODY,
  );
  await venue.ledger.accept([revocation, admission.command], EVERYBODY);
}

async function refusalOf(party: Party, command: Command): Promise<ProblemError> {
  const answer: unknown = await send(party, command).catch((error: unknown) => error);
  if (answer instanceof ProblemError) return answer;
  throw new Error(`was not refused but ${JSON.stringify(answer)}`);
}
