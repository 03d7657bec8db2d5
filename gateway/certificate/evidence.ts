/** The pieces of evidence in a certificate, each verified against what the ones before it have established. Pure; each throws a Refusal. */
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import { organizerOf, parseTicketId } from '../../chaincode/domain/ids.js';
import { require } from '../../chaincode/domain/refusal.js';
import { contains } from '../../chaincode/domain/seats.js';
import {
  decodeStatement,
  holderIn,
  requireSignature,
  type Payload,
  type Statement,
  type StatementName,
} from '../../chaincode/domain/statements.js';
import { timestampOf } from '../clock.js';
import type { Certificate } from './certificate.js';
import { requireAbout } from './handover.js';
import { holderOf, type Speakers } from './verify-credentials.js';

export function verifyEvent({ channel, event, ticket, keys, evidence }: Certificate): Payload<'event'> {
  const statement = decodeStatement('event', evidence.event.statement, 'event');
  requireAbout(statement, { channel, event });
  require(parseTicketId(ticket).event === event, 'WRONG_EVENT', { field: 'certificate.ticket', expected: event });
  requireRegistered(statement, keys.organizer, {
    organization: organizerOf(event),
    use: 'event',
    at: evidence.event.timestamp,
  });
  return statement.payload;
}

export function verifyAllotment(
  { channel, event, ticket, evidence }: Certificate,
  created: Payload<'event'>,
): Payload<'allotment'> {
  const statement = decodeStatement('allotment', evidence.allotment.statement, 'allotment');
  requireAbout(statement, { channel, event });
  require(statement.signer === thumbprintOf(created.eventKey), 'UNKNOWN_KEY', { field: 'allotment.header.kid', event });
  requireSignature(statement, created.eventKey);
  const { seats, pool, allotment } = statement.payload;
  const { place } = parseTicketId(ticket);
  require(contains({ seats, pool }, place), 'SEAT_NOT_IN_ALLOTMENT', {
    field: 'certificate.ticket',
    seat: place,
    allotment,
  });
  return statement.payload;
}

export function verifyRequest(
  { channel, event, evidence }: Certificate,
  { seller }: Payload<'allotment'>,
  speakers: Speakers,
): Statement<'purchase'> {
  const request = decodeStatement('purchase', evidence.sale.request, 'request');
  requireAbout(request, { channel, event });
  holderOf(request, evidence.sale.block, speakers);
  require(request.payload.seller === seller, 'REQUEST_MISMATCH', { field: 'request.seller', expected: seller });
  return request;
}

export function verifySale(
  certificate: Certificate,
  allotment: Payload<'allotment'>,
  request: Statement<'purchase'>,
): Payload<'sale'> {
  const { channel, event, ticket, keys, evidence } = certificate;
  const statement = decodeStatement('sale', evidence.sale.sale, 'sale');
  const sale = statement.payload;
  requireAbout(statement, { channel, event });
  requireRegistered(statement, keys.seller, {
    organization: allotment.seller,
    use: 'seller',
    at: evidence.sale.timestamp,
  });
  const match = (equal: boolean, field: string) => require(equal, 'REQUEST_MISMATCH', { field });
  match(sale.request === request.digest, 'sale.request');
  match(sale.buyer === holderIn(request), 'sale.buyer');
  match(sale.jti === request.payload.paymentReference, 'sale.jti');
  match(sale.seller === allotment.seller, 'sale.seller');
  require(sale.allotment === allotment.allotment, 'ALLOTMENT_MISMATCH', {
    field: 'sale.allotment',
    expected: allotment.allotment,
  });
  const { place } = parseTicketId(ticket);
  require(sale.seats.includes(place), 'SEAT_NOT_IN_ALLOTMENT', {
    field: 'sale.seats',
    seat: place,
    allotment: allotment.allotment,
  });
  const feesMinor = allotment.fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  require(sale.facePriceMinor === allotment.facePriceMinor, 'PRICE_MISMATCH', {
    field: 'sale.facePriceMinor',
    expected: allotment.facePriceMinor,
  });
  require(sale.feesMinor === feesMinor, 'PRICE_MISMATCH', { field: 'sale.feesMinor', expected: feesMinor });
  require(sale.totalMinor <= request.payload.maxTotalMinor, 'PRICE_ABOVE_REQUEST', {
    field: 'sale.totalMinor',
    maxTotalMinor: request.payload.maxTotalMinor,
  });
  return sale;
}

interface Registration {
  readonly organization: string;
  readonly use: string;
  /** The transaction's time, when the key must have been valid. */
  readonly at: string;
}

function requireRegistered(
  statement: Statement<StatementName>,
  key: Certificate['keys']['organizer'],
  { organization, use, at }: Registration,
): void {
  const field = `${statement.field}.header.kid`;
  const known =
    key.organization === organization &&
    key.use === use &&
    key.kid === thumbprintOf(key.jwk) &&
    key.kid === statement.signer;
  require(known, 'UNKNOWN_KEY', { field, organization, use });
  const then = timestampOf(Date.parse(at));
  require(key.notBefore <= then && then < key.notAfter, 'KEY_NOT_VALID', {
    field,
    notBefore: key.notBefore,
    notAfter: key.notAfter,
  });
  requireSignature(statement, key.jwk);
}
