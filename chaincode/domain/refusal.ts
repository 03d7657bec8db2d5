/** Refusals: the one closed list of reasons for which the ledger says no. Gateway and web show the same codes. */
import { POSTED_FAULT_CODES } from '../crypto/fault.js';

export const REFUSAL_CODES = [
  // The bytes
  'MALFORMED_BATCH',
  'MALFORMED_STATEMENT',
  'UNKNOWN_COMMAND',
  'INVALID_FIELD',
  'UNKNOWN_FIELD',
  'TOO_LARGE',
  // Who says it
  'NOT_AUTHORISED',
  'UNKNOWN_ORGANIZATION',
  'ORGANIZATION_NOT_ACTIVE',
  'ROLE_MISSING',
  'SIGNATURE_INVALID',
  'UNKNOWN_KEY',
  'KEY_NOT_VALID',
  'KEY_ALREADY_REGISTERED',
  'TOO_MANY_KEYS',
  'WRONG_CHANNEL',
  'WRONG_EVENT',
  'STATEMENT_EXPIRED',
  'COMMAND_ID_REUSED',
  // Consortium
  'ALREADY_FOUNDED',
  'NOT_FOUNDED',
  'FOUNDING_MISMATCH',
  // Governance
  'ALREADY_A_MEMBER',
  'TOO_MANY_ORGANIZATIONS',
  'CONSORTIUM_INCOMPLETE',
  'INVALID_COMMITTEE',
  'UNKNOWN_PROPOSAL',
  'PROPOSAL_MISMATCH',
  'PROPOSAL_DECIDED',
  'PROPOSAL_EXPIRED',
  'NOT_A_VOTER',
  'ALREADY_VOTED',
  // Events
  'EVENT_EXISTS',
  'UNKNOWN_EVENT',
  'EVENT_CANCELLED',
  'EVENT_ENDED',
  'STALE_EVENT',
  'INVALID_SCHEDULE',
  'NOTHING_DUE',
  'SALES_NOT_OPEN',
  'RESALE_NOT_OPEN',
  'TRANSFERS_NOT_OPEN',
  'TRANSFERS_FORBIDDEN',
  'RETURNS_NOT_OPEN',
  'REFUNDS_NOT_OPEN',
  'DOORS_NOT_OPEN',
  // Policy
  'STALE_POLICY',
  'POLICY_MISMATCH',
  'POLICY_INCONSISTENT',
  'POLICY_BREAKS_PROFILE',
  'POLICY_CHANGE_UNFAVOURABLE',
  // Allotments
  'ALLOTMENT_EXISTS',
  'UNKNOWN_ALLOTMENT',
  'ALLOTMENT_CLOSED',
  'ALLOTMENT_MISMATCH',
  'SEATS_ALREADY_ALLOTTED',
  'SECTION_KIND_MISMATCH',
  'INVALID_SEATS',
  // Sales
  'REQUEST_MISMATCH',
  'SEAT_NOT_IN_ALLOTMENT',
  'SEAT_REPEATED',
  'SEAT_ALREADY_SOLD',
  'PRICE_MISMATCH',
  'PRICE_ABOVE_REQUEST',
  'AMOUNT_OVERFLOW',
  'PERSON_LIMIT_REACHED',
  'CREDENTIAL_REQUIRED',
  'UNKNOWN_CREDENTIAL',
  // Resale
  'MARKET_NOT_DIRECT',
  'RESELLER_NOT_AUTHORISED',
  'COMPLIMENTARY_NOT_RESELLABLE',
  'HOLDING_PERIOD_NOT_OVER',
  'TOO_MANY_HOPS',
  'HABITUAL_SELLER',
  'DISCLOSURE_MISSING',
  'DISCLOSURE_WRONG',
  'FEE_ABOVE_CAP',
  'PRICE_ABOVE_CAP',
  'PRICE_BELOW_FEES',
  'UNKNOWN_LISTING',
  'LISTING_MISMATCH',
  'LISTING_NOT_OPEN',
  // Money
  'PAYEES_MISMATCH',
  'INSUFFICIENT_BALANCE',
  // Tickets
  'UNKNOWN_TICKET',
  'STALE_TICKET',
  'NOT_THE_HOLDER',
  'TRANSFER_MISMATCH',
  'TICKET_NOT_VALID',
  // Doors
  'UNKNOWN_DEVICE',
  'DEVICE_EXISTS',
  'DEVICE_NOT_VALID',
  'SCAN_OUT_OF_SEQUENCE',
  'PRESENTATION_MISMATCH',
  'GATE_CHECK_REQUIRED',
  'ALREADY_ADMITTED',
  'NOT_ADMITTED',
  'NOTHING_TO_UNDO',
  // The committee's keys
  'NO_COMMITTEE',
  'KEY_EXISTS',
  'KEY_NOT_USABLE',
  'KEY_NEEDED',
  'STALE_GENERATION',
  'CREDENTIAL_NOT_REQUIRED',
  ...POSTED_FAULT_CODES,
  // Persons and credentials
  'STATEMENTS_TOO_FEW',
  'STATEMENTS_DIFFER',
  'SIGNER_REPEATED',
  'STALE_EPOCH',
  'PERSON_EXISTS',
  'UNKNOWN_PERSON',
  'CREDENTIAL_EXISTS',
  'STALE_SEQUENCE',
  'REPLACEMENT_MISMATCH',
  'KEY_REPLACEMENT_PENDING',
  'NO_REPLACEMENT',
  // Sealed markets
  'MARKET_SETTLING',
  'UNKNOWN_MARKET',
  'MARKET_EXISTS',
  'STALE_MARKET',
  'INVALID_MARKET',
  'MARKET_NOT_SEALED',
  'MARKET_MISMATCH',
  'MARKET_NOT_OPEN',
  'MARKET_NOT_CLOSED',
  'MARKET_NOT_FROZEN',
  'MARKET_NOT_REVEALED',
  'MARKET_NOT_CLEARED',
  'MARKET_NOT_OVER',
  'ORDER_QUOTA',
  'ORDER_SLOT_TAKEN',
  'DEPOSIT_MISMATCH',
  'GUARANTEE_EXCEEDED',
  'PAGES_MISSING',
  'SHARE_INVALID',
  'SHARES_TOO_FEW',
  'ROOT_MISMATCH',
  'HINTS_INCOMPLETE',
  'DOORS_OPEN',
  // Their orders, when they are opened
  'MARKET_KEY_MISMATCH',
  'CLASS_NOT_TRADED',
  'DEPOSIT_MISSING',
  'GUEST_NOT_CONSENTING',
  'ORDER_MALFORMED',
  'ORDER_NOT_OPENED',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What a refusal names: the field or policy parameter that refused, and values that help its reader. */
export type RefusalDetails = Readonly<Record<string, string | number | boolean>>;

/** Thrown by every rule that says no. Anything else that is thrown is a defect and fails the transaction. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    readonly details: RefusalDetails = {},
  ) {
    super(`${code} ${JSON.stringify(details)}`);
  }
}

export function refuse(code: RefusalCode, details: RefusalDetails = {}): never {
  throw new Refusal(code, details);
}

/** Refuses unless the condition holds. */
export function require(condition: boolean, code: RefusalCode, details: RefusalDetails = {}): asserts condition {
  if (!condition) refuse(code, details);
}
