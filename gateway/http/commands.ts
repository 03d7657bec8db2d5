/** Submitting a command for an operation: one way to say accepted, and one to say accepted before. */
import type { Committed } from '../fabric/ledger.js';
import type { Services } from './services.js';

/** Tells that the answer is the first one's. */
export const REPLAYED = { 'Idempotency-Replayed': 'true' } as const;

export interface Accepted {
  readonly tx: string;
  readonly block?: number;
  readonly replayed: boolean;
  /** What the rule's receipt says beyond the transaction. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** @throws {Refusal | GatewayError} */
export async function submit(services: Services, command: Readonly<Record<string, unknown>>): Promise<Accepted> {
  return locate(services, await services.submitter.submit(command));
}

/** A replayed command's receipt names its transaction; the block is looked up. */
export async function locate({ blocks }: Services, { receipt, replayed, block }: Committed): Promise<Accepted> {
  const { tx, ...result } = receipt;
  const number = block ?? (await blocks.transaction(tx))?.block;
  return { tx, ...(number !== undefined && { block: number }), replayed, result };
}

/** A receipt with nothing but the transaction. */
export const receiptOf = (id: string, { tx, block }: Accepted) => ({ id, tx, ...(block !== undefined && { block }) });

/** 201 for the first, 200 for a replay of it, with the same body. */
export const created = <B>(accepted: Accepted, body: B) =>
  accepted.replayed ? { status: 200 as const, body, headers: REPLAYED } : { status: 201 as const, body };

/** 200 for both. */
export const done = <B>(accepted: Accepted, body: B) => ({
  status: 200 as const,
  body,
  ...(accepted.replayed && { headers: REPLAYED }),
});
