/** A line of a statement, and its place on the ledger, which sorts all lines there are. */

/** In the order of the ledger: block, transaction in the block, entry in the transaction, each from 0. */
export interface Position {
  readonly block: number;
  readonly index: number;
  readonly entry: number;
}

export interface Line extends Position {
  readonly tx: string;
  /** Milliseconds since 1970, the block's (see book.ts). */
  readonly bookedAtMs: number;
  /** An MSP id, or with a colon an account that is no organization's (chaincode/domain/money.ts). */
  readonly account: string;
  readonly currency: string;
  /** An entry kind of the domain, or `operators-fee`. */
  readonly kind: string;
  /** What the account gains; negative for what it gives. */
  readonly amountMinor: number;
  /** Absent for the operators' fee. */
  readonly event?: string;
  /** Under which the ledger remembers the command, below its event: `<signer>/<id>`. */
  readonly command?: string;
  /** The account on the other side, where there is only one. */
  readonly counterparty?: string;
}

/** Organizations' accounts are the ones that statements are made of. */
export const isOrganization = (account: string): boolean => !account.includes(':');

export function isAfter(line: Position, { block, index, entry }: Position): boolean {
  if (line.block !== block) return line.block > block;
  return line.index === index ? line.entry > entry : line.index > index;
}

/** RFC 3339 UTC to the millisecond. */
export const timeOf = ({ bookedAtMs }: Pick<Line, 'bookedAtMs'>): string => new Date(bookedAtMs).toISOString();

/** `412.3.7` */
export const textOf = ({ block, index, entry }: Position): string => `${block}.${index}.${entry}`;

export const POSITION = /^(?:0|[1-9][0-9]{0,14})(?:\.(?:0|[1-9][0-9]{0,8})){2}$/;

/** @param text that matches POSITION */
export function positionOf(text: string): Position {
  const [block = 0, index = 0, entry = 0] = text.split('.').map(Number);
  return { block, index, entry };
}
