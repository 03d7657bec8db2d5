/** First answers in the gateway's store. Nothing here says who asked, what, or under which key. Times are milliseconds since 1970. */

export interface KeptAnswerTable {
  /** Digest of the caller and his `Idempotency-Key`. */
  readonly name: string;
  /** Digest of what he asked. */
  readonly asks: string;
  /** Which attempt is under way, and until when nobody else may make another. */
  readonly holder: string;
  readonly lease_until: number;
  /** Sealed; null: there is none yet. */
  readonly answer: string | null;
  readonly expires_at: number;
  /** Digest of the caller, which without the store's key says nothing, and the number of one of his shelves. */
  readonly shelf: string;
}

export interface AnswerTables {
  readonly kept_answers: KeptAnswerTable;
}
