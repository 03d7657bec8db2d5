/**
 * Where in the ledger a reader is. An event's id is `<block>-<transaction>-<command>`, each counted from 0: the same at every gateway and after every
 * restart, so whoever names the last one he has goes on anywhere with nothing lost or doubled. A block's number alone is the end of that block.
 */

export interface Position {
  readonly block: number;
  /** Absent: all of the block. */
  readonly transaction?: number;
  readonly command?: number;
}

/** Another gateway's peer may be so many blocks ahead of ours; whoever is further has his position from another ledger. */
export const MAX_AHEAD = 1_000;

/** Larger than any: a peer refuses such a block long before. */
export const POSITION = /^(0|[1-9][0-9]{0,14})(?:-(0|[1-9][0-9]{0,5})-(0|[1-9][0-9]{0,5}))?$/;

/** @returns undefined for what is no position */
export function positionOf(text: string): Position | undefined {
  const [whole, block, transaction, command] = POSITION.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const at = { block: Number(block) };
  return transaction === undefined ? at : { ...at, transaction: Number(transaction), command: Number(command) };
}

export const textOf = ({ block, transaction, command }: Position): string =>
  transaction === undefined ? String(block) : `${block}-${transaction}-${command ?? 0}`;

/** Whether `event` comes after the position. */
export function isAfter(event: Required<Position>, { block, transaction, command = 0 }: Position): boolean {
  if (event.block !== block) return event.block > block;
  if (transaction === undefined) return false;
  return event.transaction === transaction ? event.command > command : event.transaction > transaction;
}

/** The first block that may hold something after it. @param position undefined: before everything */
export function firstBlockAfter(position: Position | undefined): number {
  if (position === undefined) return 0;
  return position.transaction === undefined ? position.block + 1 : position.block;
}

/** Before block `number` begins; undefined before the first. */
export const before = (number: number): Position | undefined => (number === 0 ? undefined : { block: number - 1 });
