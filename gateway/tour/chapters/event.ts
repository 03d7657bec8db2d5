/** The organizer puts an event on the ledger and gives its seats to sellers. */
import type { PolicyPart } from '../../../chaincode/domain/policy/parameters.js';
import type { Schedule } from '../../../chaincode/domain/schedule.js';
import { timestampOf } from '../../clock.js';
import type { NewAllotment } from '../../client/guichet-client.js';
import type { Stage } from '../cast.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const FACE_MINOR = 4500;
export const FEE_MINOR = 350;
export const PRICE_MINOR = FACE_MINOR + FEE_MINOR;
export const LIMIT = 4;
export const STALLS = 'stalls-reseller';

/** Everything that a buyer pays for a resale stays below what was first paid; the law has its say too. */
const POLICY: PolicyPart = {
  jurisdiction: 'UK',
  perPersonLimit: { primary: LIMIT, resale: LIMIT },
  capBasis: 'face+fees',
  capBps: 10_000,
  platformFeeCapBps: 1_250,
  sellerFeeBps: 500,
  buyerFeeBps: 1_000,
  organizerRoyaltyBps: 600,
  venueBps: 200,
  returnDeadlineSeconds: 3_600,
};

/** Long before anybody comes to the door. */
const DOORS_MS = 5_000;

/** On sale since a minute ago. @param doorsInMs when the doors open, from now */
export function scheduleFrom(nowMs: number, doorsInMs: number): Schedule {
  const at = (ms: number) => timestampOf(nowMs + ms);
  return {
    salesOpenAt: at(-MINUTE_MS),
    salesCloseAt: at(3 * HOUR_MS),
    transfersCloseAt: at(3 * HOUR_MS),
    doorsOpenAt: at(doorsInMs),
    startsAt: at(4 * HOUR_MS),
    endsAt: at(7 * HOUR_MS),
  };
}

export async function tellEvent(stage: Stage): Promise<void> {
  const { narrator, organizer, venue, event } = stage;
  narrator.chapter(
    'The event',
    `${organizer.mspId} creates an event with its registered key. The signer makes a key for this event alone: whoever holds it may say which seats there are, and nobody else.`,
  );
  const create = (policy: PolicyPart) =>
    organizer.client.createEvent({
      event,
      name: 'The Tempest',
      venue: venue.mspId,
      currency: 'GBP',
      schedule: scheduleFrom(Date.now(), DOORS_MS),
      policy,
    });
  await narrator.refuses(
    'British law has every resale name the seat: rules that leave this out are refused',
    'POLICY_BREAKS_PROFILE',
    create({ ...POLICY, mandatoryDisclosure: ['faceValue', 'restrictions', 'connection'] }),
  );
  await narrator.happens(
    `“The Tempest” is on the ledger, to be played at ${venue.mspId}, at most ${LIMIT} tickets a person`,
    create(POLICY),
  );
  await tellAllotments(stage);
}

async function tellAllotments({ narrator, organizer, reseller, event }: Stage): Promise<void> {
  const stalls = (allotment: string, seller: string, row: string): NewAllotment => ({
    allotment,
    seller,
    priceClass: 'stalls',
    facePriceMinor: FACE_MINOR,
    fees: [{ kind: 'service', payee: seller, amountMinor: FEE_MINOR }],
    seats: { section: 'stalls', rows: [[row, 1, 30]] },
  });
  const allot = (allotment: NewAllotment) => organizer.client.createAllotment(event, allotment);
  await narrator.happens(
    `Row A of the stalls goes to ${reseller.mspId}, signed with the event's key`,
    allot(stalls(STALLS, reseller.mspId, 'A')),
  );
  await narrator.happens(
    'Row B stays with the organizer, who sells too',
    allot(stalls('stalls-own', organizer.mspId, 'B')),
  );
  await narrator.refuses(
    'The same row cannot be given to two sellers, not even by the organizer',
    'SEATS_ALREADY_ALLOTTED',
    allot(stalls('stalls-again', organizer.mspId, 'A')),
  );
  await narrator.refuses(
    `${reseller.mspId} cannot give itself seats: it does not hold the event's key`,
    'UNKNOWN_SIGNING_KEY',
    reseller.client.createAllotment(event, stalls('stalls-taken', reseller.mspId, 'C')),
  );
}
