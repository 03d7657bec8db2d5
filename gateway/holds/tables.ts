/** Tables of the holds. A row of `held_seats` whose time is over counts for nothing; the next hold of the seat takes it over. */
import type { ColumnType } from 'kysely';

type Seats = ColumnType<readonly string[], string, string>;

export interface HoldTable {
  readonly hold: string;
  /** Whose it is: kind and id of the caller. */
  readonly caller: string;
  /** Unique among the caller's holds: his own, or his Idempotency-Key. */
  readonly id: string;
  /** Digest of what was asked under that id. */
  readonly asked: string;
  readonly event: string;
  readonly allotment: string;
  readonly price_class: string;
  /** Those that are still held. */
  readonly seats: Seats;
  /** Those that were sold to whom the hold was made for. */
  readonly sold: Seats;
  /** Milliseconds since 1970, as are the others. */
  readonly created_at: number;
  readonly expires_at: number;
  /** It can't be extended beyond. */
  readonly latest_at: number;
  readonly released: boolean;
}

export interface HeldSeatTable {
  readonly event: string;
  readonly place: string;
  readonly hold: string;
  readonly expires_at: number;
}

/** A seat that a sale has in hand. One whose time is over counts for nothing. */
export interface SellingSeatTable {
  readonly event: string;
  readonly place: string;
  readonly sale: string;
  readonly expires_at: number;
}

export interface HoldTables {
  readonly holds: HoldTable;
  readonly held_seats: HeldSeatTable;
  readonly selling_seats: SellingSeatTable;
}
