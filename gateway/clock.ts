/** The time as the ledger writes it: RFC 3339 UTC to the second, so that strings sort by time. */
export const timestampOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const nowTimestamp = (): string => timestampOf(Date.now());
