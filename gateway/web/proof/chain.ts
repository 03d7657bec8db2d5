/** The chain of a ticket: each step checks one piece of evidence against what the steps before it have established. */
import type { Committee, PublicJwk, RegisteredKey } from '../resources.js';
import type { Certificate } from './certificate.js';
import { StepFailed, type Findings } from './findings.js';
import { digestOf, isJwk, isObject, thumbprintOf, type Members, type Statement } from './jws.js';
import { holderOf, type Speakers } from './speakers.js';

/** What the certificate is held against, asked for beside it. */
export interface Registry {
  readonly organizer: readonly RegisteredKey[];
  readonly seller: readonly RegisteredKey[];
  /** Of the epoch that the certificate names; absent where it names none. */
  readonly committee?: Committee | undefined;
}

/** What the steps so far have established. */
export interface Known {
  certificate: Certificate;
  readonly registry: Registry;
  event: Members;
  eventKey: PublicJwk;
  speakers: Speakers;
  allotment: Members;
  request: Statement;
  holder: string;
}

export async function checkOrganizer({ certificate, registry }: Known, findings: Findings): Promise<void> {
  const { keys, event, evidence } = certificate;
  const organizer = event.slice(0, event.indexOf(':'));
  findings.that(`the event’s id names ${organizer} as its organizer`, keys.organizer.organization === organizer);
  await findings.registered(keys.organizer, registry.organizer, 'event', evidence.event.timestamp);
}

export async function checkEvent(known: Known, findings: Findings): Promise<void> {
  const { certificate } = known;
  const { organizer } = certificate.keys;
  const statement = findings.statement(
    'The event statement',
    certificate.evidence.event.statement,
    'guichet-event+jwt',
    certificate,
  );
  findings.that('it names the organizer’s registered key', statement.header.kid === organizer.kid);
  await findings.signedBy(statement, organizer.jwk, 'that key');
  const { eventKey } = statement.payload;
  findings.that('it gives the event a key of its own', isJwk(eventKey));
  if (!isJwk(eventKey)) throw new StepFailed('eventKey');
  Object.assign(known, { event: statement.payload, eventKey });
}

export async function checkAllotment(known: Known, findings: Findings): Promise<void> {
  const { certificate, eventKey } = known;
  const { statement: compact } = certificate.evidence.allotment;
  const statement = findings.statement('The allotment statement', compact, 'guichet-allotment+jwt', certificate);
  findings.that('it names the event’s key', statement.header.kid === (await thumbprintOf(eventKey)));
  await findings.signedBy(statement, eventKey, 'the event’s key');
  const place = placeOf(certificate);
  findings.that(`the allotment holds the place ${place}`, holdsPlace(statement.payload, place));
  known.allotment = statement.payload;
}

export async function checkRequest(known: Known, findings: Findings): Promise<void> {
  const { certificate, allotment, event, speakers } = known;
  const { request: compact, block } = certificate.evidence.sale;
  const request = findings.statement('The purchase request', compact, 'guichet-purchase+jwt', certificate);
  const holder = await holderOf(request, block, speakers, findings);
  findings.that(`it asks ${String(allotment.seller)} to sell`, request.payload.seller === allotment.seller);
  findings.that('it is in the event’s currency', request.payload.currency === event.currency);
  Object.assign(known, { request, holder });
}

export async function checkSeller({ certificate, registry, allotment }: Known, findings: Findings): Promise<void> {
  const { keys, evidence } = certificate;
  findings.that(
    `the allotment was given to ${keys.seller.organization}`,
    keys.seller.organization === allotment.seller,
  );
  await findings.registered(keys.seller, registry.seller, 'seller', evidence.sale.timestamp);
}

export async function checkSale({ certificate, allotment, request, holder }: Known, findings: Findings): Promise<void> {
  const { seller } = certificate.keys;
  const sale = findings.statement(
    'The sale statement',
    certificate.evidence.sale.sale,
    'guichet-sale+jwt',
    certificate,
  );
  findings.that('it names the seller’s registered key', sale.header.kid === seller.kid);
  await findings.signedBy(sale, seller.jwk, 'that key');
  const { payload } = sale;
  findings.that('it answers exactly this request (its digest)', payload.request === (await digestOf(request)));
  findings.that('it sells to the holder who asked', payload.buyer === holder);
  findings.that('it has the request’s payment reference', payload.jti === request.payload.paymentReference);
  const ours = payload.seller === allotment.seller && payload.allotment === allotment.allotment;
  findings.that('it sells from this allotment, as its seller', ours);
  const seats = listIn(payload, 'seats');
  findings.that('the place is among those sold', seats.includes(placeOf(certificate)));
  const fees = listIn(allotment, 'fees').reduce<number>((sum, fee) => sum + numberIn(fee, 'amountMinor'), 0);
  const { facePriceMinor, feesMinor, totalMinor } = payload;
  findings.that(
    'the price and the fees are the allotment’s',
    facePriceMinor === allotment.facePriceMinor && feesMinor === fees,
  );
  findings.that(
    'the total is price and fees for each place',
    totalMinor === (Number(facePriceMinor) + fees) * seats.length,
  );
  findings.that(
    'it is not above what the buyer allowed',
    Number(totalMinor) <= numberIn(request.payload, 'maxTotalMinor'),
  );
}

export const placeOf = ({ event, ticket }: Certificate): string => ticket.slice(event.length + 1);

const listIn = (members: Members, name: string): readonly unknown[] => {
  const value = members[name];
  return Array.isArray(value) ? value : [];
};

/** NaN compares with nothing: an absent amount fails every check. */
export const numberIn = (members: unknown, name: string): number => {
  const value = isObject(members) ? members[name] : undefined;
  return typeof value === 'number' ? value : Number.NaN;
};

/** `section:row:seat` within rows, `pool:number` within a range. */
function holdsPlace({ seats, pool }: Members, place: string): boolean {
  const [section, row, seat] = place.split(':');
  if (seat === undefined) {
    return isObject(pool) && pool.section === section && within(Number(row), [pool.from, pool.to]);
  }
  if (!isObject(seats) || seats.section !== section) return false;
  return listIn(seats, 'rows').some(
    (range) => Array.isArray(range) && range[0] === row && within(Number(seat), range.slice(1)),
  );
}

const within = (number: number, [from, to]: readonly unknown[]): boolean =>
  Number(from) <= number && number <= Number(to);
