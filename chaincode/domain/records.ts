/** Records of the world state. All are immutable: a change writes a new one. README.md has their keys. */
import type { PublicJwk } from '../crypto/jwk.js';
import type { Entry } from './money.js';
import type { GateState, Schedule } from './schedule.js';
import type { Payload, Policy } from './statements.js';

export const ROLES = ['organizer', 'reseller', 'venue', 'trustee'] as const;
export type Role = (typeof ROLES)[number];
export const KEY_USES = ['event', 'seller', 'attestor'] as const;
export type KeyUse = (typeof KEY_USES)[number];

export interface Founder {
  readonly mspId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface FoundingRecord {
  readonly state: 'proposed' | 'founded';
  readonly organizations: readonly Founder[];
}

export interface OrganizationRecord extends Founder {
  readonly status: 'active' | 'suspended';
}

export interface RegisteredKey {
  readonly kid: string;
  readonly use: KeyUse;
  readonly jwk: PublicJwk;
  /** RFC 3339 UTC: valid from the first, not from the second. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revoked: boolean;
}

export interface OrganizationKeysRecord {
  readonly keys: readonly RegisteredKey[];
}

export interface EventRecord {
  readonly event: string;
  readonly name: string;
  readonly organizer: string;
  readonly venue: string;
  readonly currency: string;
  readonly eventKey: PublicJwk;
  readonly schedule: Schedule;
  readonly state: 'scheduled' | 'cancelled';
  /** Adds one with every change; a change statement names it. */
  readonly change: number;
  /** The policy in force, so that a decision reads one record; `policyKey` keeps every version. */
  readonly policy: Policy;
  readonly policyVersion: number;
}

export type PolicyRecord = Policy;

export interface GateRecord {
  readonly state: GateState;
  /** The organizer closed it before its time; the schedule does not open it again. */
  readonly byOrganizer: boolean;
}

/** [row, from, to] for a section with rows; [from, to] for a pool. Sorted, never overlapping. */
export type BlockRecord =
  | { readonly kind: 'rows'; readonly rows: Readonly<Record<string, readonly SeatRange[]>> }
  | { readonly kind: 'pool'; readonly ranges: readonly SeatRange[] };
export type SeatRange = readonly [from: number, to: number];

export interface AllotmentRecord extends Pick<
  Payload<'allotment'>,
  'allotment' | 'seller' | 'priceClass' | 'facePriceMinor' | 'fees' | 'seats' | 'pool'
> {
  readonly state: 'open' | 'closed';
  /** Digest of the allotment statement. */
  readonly statement: string;
}

export type TicketState = 'sold' | 'admitted' | 'exited' | 'returned' | 'void';

export interface TicketRecord {
  readonly allotment: string;
  readonly state: TicketState;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
  /** What the holder paid, and what the first buyer paid, fees included. */
  readonly paidMinor: number;
  readonly firstPriceMinor: number;
  readonly hops: number;
  /** How often this issue has passed the door inwards. */
  readonly entered: number;
}

export interface HolderRecord {
  readonly held: number;
  readonly boughtPrimary: number;
}

export interface CommandRecord {
  readonly digest: string;
  readonly tx: string;
  /** What the receipt says beyond the transaction. */
  readonly result?: CommandResult;
}
export type CommandResult = Readonly<Record<string, string | number | boolean | readonly number[] | readonly string[]>>;

export interface DeviceRecord {
  readonly kid: string;
  readonly jwk: PublicJwk;
  readonly notAfter: string;
  readonly revoked: boolean;
}

/** A scan is remembered as a command is; its result names ticket and action. */
export type ScanRecord = CommandRecord;

/** Each accepted sale's entries, under the id by which the sale is remembered. */
export type EntriesRecord = readonly (readonly [command: string, ...entries: Entry[]])[];
