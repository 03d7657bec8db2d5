/**
 * Tables of the read model. Each row follows from one record of the world state; what does not (history, sums of money, the bitmap of an allotment)
 * follows from all records of its kind. Nothing here is of its own: the tables can be dropped and made again from blocks at any time.
 */
import type { ColumnType, Generated } from 'kysely';
import type { AllotmentRecord, EventRecord } from '../../chaincode/domain/records.js';

/** JSON goes in as text. */
type Json<T> = ColumnType<T, string, string>;

export interface CheckpointTable {
  /** Always 1. */
  readonly id: number;
  readonly channel: string;
  readonly chaincode: string;
  /** The block that comes next. */
  readonly next: number;
  /** Of the block before it, lower-case hexadecimal; null before the first. */
  readonly hash: string | null;
}

export interface OrganizationTable {
  readonly msp_id: string;
  readonly name: string;
  readonly roles: string;
  readonly status: string;
}

export interface EventTable {
  readonly event: string;
  readonly name: string;
  readonly organizer: string;
  readonly venue: string;
  readonly currency: string;
  readonly state: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly record: Json<EventRecord>;
  /** Its own words and its organizer's and venue's names, folded (see words.ts). */
  readonly words: Generated<string>;
  /** The last block that wrote anything of the event; what is answered of the event alone is the same until it changes. */
  readonly touched: Generated<number>;
}

export interface GateTable {
  readonly event: string;
  readonly gate: string;
  readonly state: string;
  readonly by_organizer: boolean;
  readonly has_opened: boolean;
}

export interface AllotmentTable {
  readonly event: string;
  readonly allotment: string;
  readonly seller: string;
  readonly price_class: string;
  readonly total_minor: number;
  readonly state: string;
  readonly places: number;
  readonly record: Json<AllotmentRecord>;
  /** How many of its places are not on sale. */
  readonly sold: Generated<number>;
}

export interface TicketTable {
  readonly event: string;
  readonly place: string;
  readonly allotment: string;
  readonly state: string;
  readonly issue: number;
  readonly change: number;
  readonly holder: string;
  /** A TicketRecord as JSON. */
  readonly record: string;
  /** In which it has a version, the oldest first. */
  readonly blocks: readonly number[];
}

export interface ListingTable {
  readonly event: string;
  readonly place: string;
  readonly issue: number;
  readonly allotment: string;
  readonly seller: string;
  readonly reseller: string;
  readonly ask_minor: number;
  readonly total_minor: number;
  /** Seconds since 1970. */
  readonly exp: number;
  readonly state: string;
}

export interface ResaleTable {
  readonly event: string;
  readonly place: string;
  readonly issue: number;
  /** From 1, the oldest first. */
  readonly number: number;
  readonly seller: string;
  readonly reseller: string;
  readonly total_minor: number;
  readonly surplus_minor: number;
  /** The block that wrote it first. */
  readonly block: number;
}

export interface HolderTable {
  readonly event: string;
  readonly holder: string;
  readonly held: number;
  readonly bought_primary: number;
  readonly bought_resale: number;
  readonly resold: number;
  readonly balance_minor: number;
}

/** What an account has gained at an event by all money entries. */
export interface AccountTable {
  readonly event: string;
  readonly account: string;
  /** Decimal digits: sums may be beyond what a number holds. */
  readonly balance_minor: string;
}

/** Every version of every ticket, those of one block in one row. */
export interface HistoryTable {
  readonly event: string;
  readonly block: number;
  /** As JSON, see rows/versions.ts. */
  readonly versions: string;
}

/** A stretch of an allotment's places (see place-bits.ts). */
export interface PlacesTable {
  readonly event: string;
  readonly allotment: string;
  /** From 0. */
  readonly stretch: number;
  /** One bit for each place in the allotment's own order, 1 where it is not on sale. */
  readonly taken: Uint8Array;
}

export interface MarketTable {
  readonly event: string;
  readonly market: number;
  readonly supply: string;
  readonly state: string;
  readonly closes_at: string;
}

export interface Tables {
  readonly checkpoint: CheckpointTable;
  readonly organizations: OrganizationTable;
  readonly events: EventTable;
  readonly gates: GateTable;
  readonly allotments: AllotmentTable;
  readonly tickets: TicketTable;
  readonly listings: ListingTable;
  readonly resales: ResaleTable;
  readonly holders: HolderTable;
  readonly accounts: AccountTable;
  readonly history: HistoryTable;
  readonly places: PlacesTable;
  readonly markets: MarketTable;
}
export type TableName = keyof Tables;
