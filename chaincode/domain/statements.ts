/**
 * Signed statements: what each kind says, who signs it, and how its bytes are read. A statement is a JWT (RFC 7519) with an explicit type
 * (RFC 8725 section 3.11), so that a signature made for one purpose is worth nothing for another.
 */
import { z } from 'zod';
import { messageSchema } from '../crypto/generation/messages.js';
import { decodeJws, digestOf, verifyJws, type DecodedJws } from '../crypto/jws.js';
import { jwkSchema, thumbprintOf, type PublicJwk } from '../crypto/jwk.js';
import { DEDUP } from './committee-keys.js';
import {
  commandId,
  eventId,
  label,
  marketId,
  mspId,
  placeId,
  MAX_PLACE_NUMBER,
  slugId,
  thumbprint,
  ticketId,
} from './ids.js';
import { MAX_BID_QUANTITY, MAX_GUESTS, MAX_ORDERS, SUPPLIES } from './market/orders.js';
import { parseWith } from './parse.js';
import { classesSchema, policyPartSchema } from './policy/policy.js';
import type { Disclosure } from './policy/parameters.js';
import { refuse, require } from './refusal.js';
import { scheduleSchema, timestamp } from './schedule.js';

/** At most this many seats in one order. */
export const MAX_SEATS_PER_ORDER = 20;
const MAX_ROWS_PER_ALLOTMENT = 2_000;
const MAX_FEES = 8;
const MAX_STATEMENT_CHARS = 8 * 1024;
/** What grows with the rows of a house or the nodes of a committee. */
const MAX_LONG_STATEMENT_CHARS = 64 * 1024;

const consortiumClaims = {
  channel: z.string().min(1).max(249),
  jti: commandId,
  /** NumericDate (RFC 7519 section 2): seconds since 1970. */
  exp: z.int().min(0),
};
const claims = { ...consortiumClaims, event: eventId };
/** Who speaks where the event asks for credentials: the person, whose key may be replaced. Elsewhere the key is all there is. */
const holderClaims = { ...claims, credential: thumbprint.optional() };
const minor = z.int().min(0);
const currency = z.string().regex(/^[A-Z]{3}$/, { error: 'is not an ISO 4217 code' });
const placeNumber = z.int().min(1).max(MAX_PLACE_NUMBER);
const seats = z.array(placeId).min(1).max(MAX_SEATS_PER_ORDER);
const digest = thumbprint;
/**
 * No control, format, private-use or surrogate characters: what is displayed is what was signed. Unassigned ones are let through, for which those
 * are depends on the version of Node, and endorsers must agree.
 */
export const displayName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]+$/u, { error: 'has characters that do not display' });
const ticketVersion = { ticket: ticketId, issue: z.int().min(1), change: z.int().min(0) };

const feeSchema = z.strictObject({ kind: slugId, payee: mspId, amountMinor: minor });
const seatRows = z.strictObject({
  section: label,
  rows: z
    .array(z.tuple([label, placeNumber, placeNumber]))
    .min(1)
    .max(MAX_ROWS_PER_ALLOTMENT),
});
const poolRange = z.strictObject({ section: label, from: placeNumber, to: placeNumber });

/** What the signer says of the rules, and optionally the hash of all that follows with what is inherited. */
const rules = { policy: policyPartSchema, classes: classesSchema.optional(), policyHash: digest.optional() };

/** What a listing tells its buyers; the ledger checks what it knows better. */
const disclosure = z.strictObject({
  faceValue: minor.optional(),
  place: placeId.optional(),
  restrictions: displayName.optional(),
  sellerKind: z.enum(['consumer', 'trader']).optional(),
  connection: z.enum(['none', 'organizer', 'venue', 'reseller']).optional(),
} satisfies Record<Disclosure, z.ZodType>);
export type Disclosed = Readonly<z.infer<typeof disclosure>>;

/** Whose key it is to be, and the how-manieth. */
const binding = { key: thumbprint, sequence: z.int().min(0) };
/** The replacement of a person's key, or of a credential's at its event. */
const replacement = { ...consortiumClaims, event: eventId.optional(), subject: thumbprint, ...binding };

/** Sealed markets are for persons. */
const marketClaims = { ...claims, market: z.int().min(1).max(MAX_PLACE_NUMBER) };
const personClaims = { ...marketClaims, credential: thumbprint };
const bid = z.strictObject({
  /** The bidder's own name for it: a later sequence under the same name replaces it. */
  name: slugId,
  priceClass: slugId,
  quantity: z.int().min(1).max(MAX_BID_QUANTITY),
  /** The most for one ticket, everything included. */
  limitMinor: minor,
  /** Who holds the deposit. */
  reseller: mspId,
  allOrNothing: z.literal(true).optional(),
  /** Who gets one of the tickets each; the others are the bidder's. */
  guests: z.array(thumbprint).min(1).max(MAX_GUESTS).optional(),
});
/** `askMinor` is before fees and shares, as in a listing; `reseller` pays out. */
const ask = z.strictObject({ ticket: ticketId, issue: z.int().min(1), askMinor: minor, reseller: mspId });
const order = z
  .strictObject({
    ...personClaims,
    /** The key that it is sealed to: whoever reads it and seals it again under another voids it. */
    marketKey: thumbprint,
    sequence: z.int().min(0),
    bid: bid.optional(),
    ask: ask.optional(),
    cancel: z.union([z.strictObject({ bid: slugId }), z.strictObject({ ticket: ticketId })]).optional(),
  })
  .refine((said) => [said.bid, said.ask, said.cancel].filter((part) => part !== undefined).length === 1, {
    error: 'is not one of bid, ask and cancel',
  })
  .refine(({ bid: { quantity, guests = [] } = { quantity: 1 } }) => guests.length < quantity, {
    error: 'are as many as the tickets',
    path: ['bid', 'guests'],
  })
  .refine(({ credential, bid: { guests = [] } = {} }) => new Set([credential, ...guests]).size === guests.length + 1, {
    error: 'name somebody twice',
    path: ['bid', 'guests'],
  });
const MAX_DEPOSIT_STEPS = 16;
const MAX_MARKET_ALLOTMENTS = 64;

const payloads = {
  event: z.strictObject({
    ...claims,
    name: displayName,
    venue: mspId,
    currency,
    eventKey: jwkSchema,
    schedule: scheduleSchema,
    ...rules,
  }),
  /** Parameters that change; the others stay as they are. */
  policy: z.strictObject({ ...claims, version: z.int().min(2), ...rules }),
  'event-change': z.strictObject({
    ...claims,
    change: z.int().min(0),
    action: z.enum(['cancel', 'postpone']),
    schedule: scheduleSchema.optional(),
  }),
  allotment: z.strictObject({
    ...claims,
    allotment: slugId,
    seller: mspId,
    priceClass: slugId,
    facePriceMinor: minor,
    fees: z.array(feeSchema).max(MAX_FEES),
    seats: seatRows.optional(),
    pool: poolRange.optional(),
  }),
  purchase: z.strictObject({
    ...holderClaims,
    seller: mspId,
    seats: seats.optional(),
    priceClass: slugId.optional(),
    quantity: z.int().min(1).max(MAX_SEATS_PER_ORDER).optional(),
    currency,
    maxTotalMinor: minor,
    paymentReference: commandId,
  }),
  sale: z.strictObject({
    ...claims,
    seller: mspId,
    request: digest,
    buyer: thumbprint,
    allotment: slugId,
    seats,
    facePriceMinor: minor,
    feesMinor: minor,
    totalMinor: minor,
    currency,
  }),
  transfer: z.strictObject({ ...holderClaims, ...ticketVersion, to: thumbprint }),
  'transfer-acceptance': z.strictObject({ ...holderClaims, transfer: digest }),
  return: z.strictObject({ ...holderClaims, ...ticketVersion, allotment: slugId, seller: mspId }),
  /** `exp` is the listing's own end. */
  listing: z.strictObject({
    ...holderClaims,
    ...ticketVersion,
    allotment: slugId,
    reseller: mspId,
    askMinor: minor,
    sellerFeeMinor: minor,
    buyerFeeMinor: minor,
    totalMinor: minor,
    currency,
    disclosure,
  }),
  withdrawal: z.strictObject({ ...holderClaims, ...ticketVersion, listing: digest }),
  'resale-purchase': z.strictObject({
    ...holderClaims,
    ...ticketVersion,
    allotment: slugId,
    listing: digest,
    seller: thumbprint,
    reseller: mspId,
    totalMinor: minor,
    currency,
    paymentReference: commandId,
  }),
  'refund-claim': z.strictObject({ ...holderClaims, ...ticketVersion, allotment: slugId }),
  payout: z.strictObject({ ...holderClaims, payer: mspId, amountMinor: minor.min(1), currency }),
  void: z.strictObject({
    ...claims,
    ...ticketVersion,
    holder: thumbprint,
    reason: z.enum(['fraud', 'payment', 'error', 'production']),
  }),
  presentation: z.strictObject({ ...holderClaims, ...ticketVersion }),
  scan: z.strictObject({
    ...claims,
    ...ticketVersion,
    device: slugId,
    number: z.int().min(1),
    previous: z.union([digest, z.literal('')]),
    action: z.enum(['admit', 'exit', 'reenter', 'undo']),
    scannedAt: timestamp,
    presentation: digest.optional(),
    /** What the device says was looked at besides the code. */
    check: z.literal('document').optional(),
    /** What the committee made of the document, for a holder who comes without a phone. */
    credential: thumbprint.optional(),
  }),
  'key-message': z.strictObject({
    ...consortiumClaims,
    key: z.union([z.literal(DEDUP), eventId, marketId]),
    generation: z.int().min(1),
    message: messageSchema,
  }),
  person: z.strictObject({ ...consortiumClaims, epoch: z.int().min(1), person: thumbprint, ...binding }),
  enrolment: z.strictObject({ ...claims, credential: thumbprint, ...binding }),
  'key-release': z.strictObject(replacement),
  'key-veto': z.strictObject(replacement),
  'key-approval': z.strictObject({ ...replacement, attestor: mspId }),
  /** The opening. */
  market: z.strictObject({
    ...marketClaims,
    supply: z.enum(SUPPLIES),
    priceClasses: z.array(slugId).min(1).max(MAX_MARKET_ALLOTMENTS).optional(),
    allotments: z.array(slugId).min(1).max(MAX_MARKET_ALLOTMENTS).optional(),
    closesAt: timestamp,
    abortableAt: timestamp,
    depositSteps: z.array(minor.min(1)).min(1).max(MAX_DEPOSIT_STEPS),
    /** How many orders each organization may bring. */
    quotas: z.record(mspId, z.int().min(1).max(MAX_ORDERS)),
    /** How much each may hold in deposits. */
    guarantees: z.record(mspId, minor),
    sellerFeeBps: z.int().min(0).max(10_000),
    buyerFeeBps: z.int().min(0).max(10_000),
  }),
  deposit: z.strictObject({
    ...personClaims,
    reseller: mspId,
    amountMinor: minor.min(1),
    currency,
    paymentReference: commandId,
  }),
  /** All of it, before the close. */
  'deposit-withdrawal': z.strictObject({ ...personClaims, reseller: mspId }),
  order,
  /** A guest's consent to one bid of one host. */
  guest: z.strictObject({ ...personClaims, host: thumbprint, bid: slugId }),
  'market-close': z.strictObject(marketClaims),
  /** A node's share of the market's key, of the market whose frozen root it has computed itself. */
  'market-share': z.strictObject({ ...marketClaims, index: z.int().min(1), share: thumbprint, root: digest }),
} as const;

export type StatementName = keyof typeof payloads;
export type Payload<N extends StatementName> = Readonly<z.infer<(typeof payloads)[N]>>;
export { payloads as payloadSchemas };

const HOLDER_STATEMENTS = [
  'purchase',
  'transfer',
  'transfer-acceptance',
  'return',
  'listing',
  'withdrawal',
  'resale-purchase',
  'refund-claim',
  'payout',
  'presentation',
] as const;
const MARKET_STATEMENTS = ['deposit', 'deposit-withdrawal', 'order', 'guest'] as const;
/** What persons say in a sealed market. */
export type MarketStatementName = (typeof MARKET_STATEMENTS)[number];
/** What the holder of a ticket, or who is to be it, says. */
export type HolderStatementName = (typeof HOLDER_STATEMENTS)[number] | MarketStatementName;

/** Their keys are in no registry, so these statements carry them; every other statement names its key by thumbprint. */
const SIGNED_BY_HOLDER: ReadonlySet<StatementName> = new Set([
  ...HOLDER_STATEMENTS,
  ...MARKET_STATEMENTS,
  'key-release',
  'key-veto',
]);

export function isSignedByHolder(name: StatementName): boolean {
  return SIGNED_BY_HOLDER.has(name);
}

const LONG: ReadonlySet<StatementName> = new Set(['allotment', 'key-message', 'market']);

export function typOf(name: StatementName): string {
  return `guichet-${name}+jwt`;
}

const signedHeader = { alg: z.literal('ES256') };
const holderHeader = (typ: string) => z.strictObject({ ...signedHeader, typ: z.literal(typ), jwk: jwkSchema });
const registeredHeader = (typ: string) => z.strictObject({ ...signedHeader, typ: z.literal(typ), kid: thumbprint });

/** One for each kind, made once: a schema compiles itself when it is first used, which takes longer than all the reading of a statement. */
const holderHeaders = headersOf(holderHeader);
const registeredHeaders = headersOf(registeredHeader);

function headersOf<T>(headerOf: (typ: string) => T): ReadonlyMap<StatementName, T> {
  const names = Object.keys(payloads) as StatementName[];
  return new Map(names.map((name) => [name, headerOf(typOf(name))]));
}

function headerOf<T>(headers: ReadonlyMap<StatementName, T>, name: StatementName): T {
  const header = headers.get(name);
  if (!header) throw new Error(`no statement is called ${name}`);
  return header;
}

/** A statement whose form is right. Its signature is not verified yet: see `requireSignature`. */
export interface Statement<N extends StatementName> {
  readonly name: N;
  readonly payload: Payload<N>;
  readonly digest: string;
  /** Thumbprint of the key that is said to have signed. */
  readonly signer: string;
  /** The key itself, where the statement carries it. */
  readonly jwk: PublicJwk | undefined;
  readonly jws: DecodedJws;
  /** Where the statement stood in the command; refusals name it. */
  readonly field: string;
}

/** @throws {Refusal} TOO_LARGE, MALFORMED_STATEMENT, INVALID_FIELD or UNKNOWN_FIELD, naming the member below `field`. */
export function decodeStatement<N extends StatementName>(name: N, compact: string, field: string): Statement<N> {
  const limit = LONG.has(name) ? MAX_LONG_STATEMENT_CHARS : MAX_STATEMENT_CHARS;
  require(compact.length <= limit, 'TOO_LARGE', { field, limit });
  const jws = decodeJws(compact);
  if (!jws) return refuse('MALFORMED_STATEMENT', { field });
  const { signer, jwk } = readHeader(name, jws, field);
  const payload = parseWith<Payload<N>>(payloads[name] as unknown as z.ZodType<Payload<N>>, jws.payload, field);
  return { name, payload, digest: digestOf(typOf(name), jws.payloadSegment), signer, jwk, jws, field };
}

function readHeader(
  name: StatementName,
  jws: DecodedJws,
  field: string,
): { signer: string; jwk: PublicJwk | undefined } {
  const at = `${field}.header`;
  if (isSignedByHolder(name)) {
    const { jwk } = parseWith(headerOf(holderHeaders, name), jws.header, at);
    return { signer: thumbprintOf(jwk), jwk };
  }
  return { signer: parseWith(headerOf(registeredHeaders, name), jws.header, at).kid, jwk: undefined };
}

/** Who a holder's statement speaks for: the credential that it names, else the key that signed it. */
export const holderIn = ({ payload, signer }: Statement<HolderStatementName>): string => payload.credential ?? signer;

/** The event that a payload names, if its kind does. */
export const eventIn = (payload: Payload<StatementName>): string | undefined =>
  'event' in payload ? payload.event : undefined;

/** @throws {Refusal} SIGNATURE_INVALID unless `jwk` signed exactly these bytes. */
export function requireSignature(statement: Statement<StatementName>, jwk: PublicJwk): void {
  require(verifyJws(statement.jws, jwk), 'SIGNATURE_INVALID', { field: statement.field });
}
