/** What the gateway answers, as far as these pages read it. A unit test holds it against the gateway's own schemas. */

export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

export interface RegisteredKey {
  readonly kid: string;
  readonly use: string;
  readonly jwk: PublicJwk;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly revoked: boolean;
}

export interface Organization {
  readonly mspId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly status: string;
}

export interface OrganizationWithKeys extends Organization {
  readonly keys: readonly RegisteredKey[];
}

export interface Schedule {
  readonly salesOpenAt: string;
  readonly salesCloseAt: string;
  readonly transfersCloseAt: string;
  readonly doorsOpenAt: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Gate {
  readonly state: 'pending' | 'open' | 'closed';
  readonly byOrganizer: boolean;
  /** By schedule and policy; both absent where it never opens, the first where it did from the first. */
  readonly opensAt?: string | undefined;
  readonly closesAt?: string | undefined;
}
export type GateName = 'sales' | 'resale' | 'transfers' | 'returns' | 'refunds' | 'doors' | 'cancellation';

export interface Event {
  readonly event: string;
  readonly name: string;
  readonly organizer: string;
  readonly venue: string;
  readonly currency: string;
  readonly schedule: Schedule;
  readonly state: 'scheduled' | 'cancelled';
  readonly change: number;
  readonly policy: {
    readonly perPersonLimit: { readonly primary: number };
    readonly transfer: 'allowed' | 'forbidden';
    /** Holders are people, who have shown a document once. */
    readonly credentialRequired: boolean;
    readonly resaleOpensAfter: 'salesOpen' | 'soldOut' | 'salesClose';
  };
  readonly policyVersion: number;
  readonly gates: Readonly<Record<GateName, Gate>>;
}

/** A key that the committee's nodes hold in shares. */
export interface SharedKey {
  readonly key: string;
  readonly generation: number;
  readonly epoch: number;
  readonly threshold: number;
  readonly state: 'generating' | 'usable' | 'failed' | 'destroyed';
  readonly failure?: string | undefined;
  readonly usable?:
    | {
        readonly generation: number;
        readonly epoch: number;
        readonly threshold: number;
        readonly groupKey: string;
        readonly nodes: readonly PublicJwk[];
        readonly ready: readonly string[];
      }
    | undefined;
}

export interface Committee {
  readonly epoch: number;
  readonly threshold: number;
  readonly members: readonly { readonly mspId: string; readonly node: string; readonly jwk: PublicJwk }[];
}

/** [row, first, last] */
export type SeatRow = readonly [row: string, from: number, to: number];

export interface Allotment {
  readonly allotment: string;
  readonly seller: string;
  readonly priceClass: string;
  readonly facePriceMinor: number;
  readonly fees: readonly { readonly kind: string; readonly payee: string; readonly amountMinor: number }[];
  readonly seats?: { readonly section: string; readonly rows: readonly SeatRow[] } | undefined;
  readonly pool?: { readonly section: string; readonly from: number; readonly to: number } | undefined;
  readonly state: 'open' | 'closed' | 'market';
  readonly places: number;
}

export interface Availability {
  readonly places: number;
  readonly sold: number;
  readonly free: number;
  /** The free places; no row in a pool. */
  readonly runs: readonly { readonly row?: string | undefined; readonly from: number; readonly to: number }[];
}

export type MarketState = 'open' | 'closed' | 'frozen' | 'revealed' | 'cleared' | 'finished' | 'aborted';

/** A sealed market. */
export interface Market {
  readonly market: string;
  readonly event: string;
  readonly number: number;
  readonly supply: 'resale' | 'ballot' | 'returns';
  readonly clearing: 'lottery' | 'uniform-price';
  readonly state: MarketState;
  readonly closesAt: string;
  readonly abortableAt: string;
  readonly depositSteps: readonly number[];
  readonly quotas: Readonly<Record<string, number>>;
  readonly sellerFeeBps: number;
  readonly buyerFeeBps: number;
  readonly root?: string | undefined;
  readonly orders?: number | undefined;
  readonly secret?: string | undefined;
  readonly result?:
    | {
        readonly trades: number;
        readonly pages: number;
        readonly prices?: Readonly<Record<string, number>> | undefined;
      }
    | undefined;
  readonly silent?: readonly number[] | undefined;
}

export interface MarketView extends Market {
  readonly key?:
    | {
        readonly state: SharedKey['state'];
        readonly threshold: number;
        readonly nodes?: number | undefined;
        readonly marketKey?: string | undefined;
      }
    | undefined;
  readonly progress: {
    readonly pages: number;
    readonly frozen: number;
    readonly read: number;
    readonly supplyPages: number;
    readonly supplied: number;
    /** Nodes whose share is on the ledger, by index from 1. */
    readonly shares: readonly number[];
    readonly resultPages: number;
    readonly settled: number;
  };
}

export interface Trade {
  readonly bidder: string;
  readonly buyer: string;
  readonly ticket: string;
  readonly totalMinor: number;
  readonly resale?: { readonly seller: string; readonly priceMinor: number } | undefined;
  readonly state: 'due' | 'settled' | 'lapsed';
  readonly code?: string | undefined;
}

export interface ResultPage {
  readonly page: number;
  readonly trades: readonly Trade[];
}

export interface SealedOrder {
  readonly mspId: string;
  readonly slot: number;
  readonly id: string;
  readonly outcome?:
    | {
        readonly state: 'counted' | 'void';
        readonly code?: string | undefined;
        readonly credential?: string | undefined;
        readonly trades: readonly Trade[];
      }
    | undefined;
}

export interface OrderProof {
  readonly mspId: string;
  readonly slot: number;
  readonly content?: { readonly id: string; readonly sealed: string } | undefined;
  readonly root: string;
  readonly inPage: readonly string[];
  readonly inMarket: readonly string[];
}

/** The rules in words. */
export interface ExplainedPolicy {
  readonly policyVersion: number;
  readonly text: readonly Sentence[];
  readonly classText: readonly { readonly priceClass: string; readonly text: readonly Sentence[] }[];
  readonly profile?: Profile | undefined;
}
export interface Sentence {
  readonly parameter: string;
  readonly sentence: string;
}
/** The law that the rules follow. */
export interface Profile {
  readonly name: string;
  readonly statutes: readonly { readonly title: string; readonly url: string }[];
  readonly notExpressed: readonly string[];
}

export interface Listing {
  readonly ticket: string;
  readonly seller: string;
  readonly reseller: string;
  readonly totalMinor: number;
  readonly currency: string;
  readonly split?: Split | undefined;
  readonly disclosure: {
    readonly faceValue?: number | undefined;
    readonly restrictions?: string | undefined;
    readonly sellerKind?: 'consumer' | 'trader' | undefined;
    readonly connection?: 'none' | 'organizer' | 'venue' | 'reseller' | undefined;
  };
  readonly exp: number;
  readonly state: string;
}
/** Where a buyer's total goes. */
export interface Split {
  readonly commissionMinor: number;
  readonly royaltyMinor: number;
  readonly venueMinor: number;
  readonly sellerMinor: number;
}

/** What a buyer paid at a resale, and where it went. */
export interface Resale {
  readonly seller: string;
  readonly reseller: string;
  readonly totalMinor: number;
  readonly commissionMinor: number;
  readonly royaltyMinor: number;
  readonly venueMinor: number;
  readonly proceedsMinor: number;
  readonly surplusMinor: number;
}

export interface TicketState {
  readonly allotment: string;
  readonly state: string;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
  readonly buyer?: string | undefined;
  readonly paidMinor: number;
  readonly firstPriceMinor: number;
  readonly hops: number;
  readonly resales?: readonly Resale[] | undefined;
  readonly entered: number;
}

export interface Ticket extends TicketState {
  readonly ticket: string;
  readonly event: string;
  readonly place: string;
}

export interface TicketVersion extends TicketState {
  readonly tx: string;
  readonly block: number;
  readonly timestamp: string;
  readonly commands: readonly string[];
}

export interface TransactionHead {
  readonly tx: string;
  readonly block: number;
  readonly timestamp: string;
  readonly mspId?: string | undefined;
  readonly code: string;
  readonly function?: string | undefined;
}

export interface TransactionSummary extends TransactionHead {
  readonly commands: number;
}

export interface Transaction extends TransactionHead {
  readonly commands: readonly unknown[];
  readonly outcomes: readonly unknown[];
}

export interface Block {
  readonly number: number;
  readonly hash: string;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: readonly TransactionSummary[];
}

export interface BlockPage {
  readonly height: number;
  readonly blocks: readonly Block[];
  readonly next?: number | undefined;
}

export interface Node {
  readonly mspId: string;
  readonly address: string;
  readonly reachable: boolean;
  readonly height?: number | undefined;
}

export interface Network {
  readonly channel: string;
  readonly consensus: string;
  readonly gateway: string;
  readonly height: number;
  readonly currentHash: string;
  readonly peers: readonly Node[];
  readonly orderers: readonly Node[];
}
