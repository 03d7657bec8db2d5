/** Records of the world state. All are immutable: a change writes a new one. README.md has their keys. */
import type { PublicJwk } from '../crypto/jwk.js';
import type { Action } from './governance/action.js';
import type { GateState } from './gates.js';
import type { Entry } from './money.js';
import type { Schedule } from './schedule.js';
import type { EventPolicy, PolicyPart } from './policy/policy.js';
import type { Disclosed, Payload } from './statements.js';

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

/** Every organization, as its own record has it too. Who counts votes or endorsers reads this one. */
export interface MembersRecord {
  /** Adds one with every change of membership. */
  readonly change: number;
  readonly organizations: readonly OrganizationRecord[];
}

export interface ProposalRecord {
  readonly action: Action;
  readonly digest: string;
  readonly proposer: string;
  /** RFC 3339 UTC: no vote counts from then on. */
  readonly expiresAt: string;
  /** By MSP id: yes or no. */
  readonly votes: Readonly<Record<string, boolean>>;
  readonly state: 'open' | 'carried' | 'rejected' | 'expired';
  /** The transaction that carried or rejected it. */
  readonly decided?: string;
}

/** Who sits in the committee during one epoch; any `threshold` of its nodes decide. */
export interface CommitteeRecord {
  readonly epoch: number;
  readonly threshold: number;
  readonly members: readonly { readonly mspId: string; readonly node: string; readonly jwk: PublicJwk }[];
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

/** The rules in force stand in it, so that a decision reads one record; `policyKey` keeps every version. */
export interface EventRecord extends EventPolicy {
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
  readonly policyVersion: number;
  readonly policyHash: string;
  /** When it was last postponed, RFC 3339 UTC: from then on its tickets may be given back for a while. */
  readonly postponedAt?: string;
  /** How long its postponements let them at least. */
  readonly claimsUntil?: string;
}

export type PolicyRecord = EventPolicy;

/** What an organizer or a venue says for all its events that do not say otherwise. */
export interface PolicyDefaultsRecord {
  readonly policy: PolicyPart;
  readonly version: number;
}

/** How many of an event's allotments are open. Without any the event is sold out. */
export interface SupplyRecord {
  readonly allotments: number;
  readonly open: number;
}

export interface GateRecord {
  readonly state: GateState;
  /** The organizer closed it before its time; the schedule does not open it again. */
  readonly byOrganizer: boolean;
  /** It has been open, whatever became of it: the rules are bound by sales that were, and resale that was is not shut by new supply. */
  readonly hasOpened?: true;
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
  /** `market`: off sale, for a sealed market draws its places. */
  readonly state: 'open' | 'closed' | 'market';
  /** Which market that is, and as what the allotment comes back. */
  readonly market?: readonly [market: number, before: 'open' | 'closed'];
  /** Digest of the allotment statement. */
  readonly statement: string;
}

export const TICKET_STATES = ['sold', 'listed', 'admitted', 'exited', 'returned', 'refunded', 'void'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export interface TicketRecord {
  readonly allotment: string;
  readonly state: TicketState;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
  /** Who bought it, where that is not the holder: a transfer passes on the ticket, not the purchase. */
  readonly buyer?: string;
  /** What was last paid for it and what the first buyer paid, fees included. */
  readonly paidMinor: number;
  readonly firstPriceMinor: number;
  readonly hops: number;
  /** How often this issue has passed the door inwards. */
  readonly entered: number;
  /** When the holder got it: seconds since 1970. */
  readonly acquiredAt: number;
  /** Every resale of this issue, the oldest first; absent without any. */
  readonly resales?: readonly ResaleRecord[];
  /** What is owed since it ended, until that is settled: a return's refund, everything, or what only a cancellation gives back beyond a return. */
  readonly owed?: 'return' | 'refund' | 'remainder';
  /** A return's deadline as it was when the ticket was returned: a later postponement does not put its refund off. */
  readonly owedFrom?: string;
}

/** One resale: who sold, through whom, and where the buyer's total went. */
export interface ResaleRecord {
  readonly seller: string;
  /** Who executed it; of a sealed market the buyer's. */
  readonly reseller: string;
  /** Of a sealed market: the seller's reseller, where that is another, and what of the commission is its. */
  readonly sellerSide?: readonly [reseller: string, commissionMinor: number] | undefined;
  readonly totalMinor: number;
  readonly commissionMinor: number;
  readonly royaltyMinor: number;
  readonly venueMinor: number;
  /** Paid to the seller at once. */
  readonly proceedsMinor: number;
  /** Held back from him until the event has ended; 0 once it is released. */
  readonly surplusMinor: number;
}

export interface ListingRecord extends Pick<
  Payload<'listing'>,
  'issue' | 'allotment' | 'reseller' | 'askMinor' | 'sellerFeeMinor' | 'buyerFeeMinor' | 'totalMinor' | 'exp'
> {
  readonly seller: string;
  /** The ticket's change number while it is listed; whatever else its holder does with it ends the listing. */
  readonly change: number;
  readonly disclosure: Disclosed;
  readonly state: 'open' | 'sold' | 'withdrawn' | 'expired';
  /** Digest of the listing statement. */
  readonly statement: string;
  readonly policyVersion: number;
}

/** Counts and money of one holder at one event. What is zero may be absent, so that a sale's record stays lean. */
export interface HolderRecord {
  readonly held: number;
  readonly boughtPrimary: number;
  readonly boughtResale?: number;
  /** How many tickets it has resold. */
  readonly resold?: number;
  /** What it may have paid out. Never negative. */
  readonly balanceMinor?: number;
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

/** Each accepted command's entries, under the id by which the command is remembered. */
export type EntriesRecord = readonly (readonly [command: string, ...entries: Entry[]])[];
