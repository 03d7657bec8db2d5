/**
 * Where an answer is kept and how it is sealed. All of it is derived (HKDF, RFC 5869) from the store's key and from the caller's own `Idempotency-Key`, which is
 * not kept: a document or a secret can be worked out neither from the database alone, nor from it and the key file as long as callers choose keys at random. Only
 * how many answers a caller has kept can be worked out from those two.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { KeyedRequest } from '../http/idempotency.js';
import { SecretSeal } from '../push/webhooks/sealed-secret.js';

const PART_BYTES = 32;
/** Of each caller. For a write one of them is counted, so whoever has filled them all costs the store hardly more than anybody. */
export const SHELVES = 100;

export interface Slot {
  readonly name: string;
  readonly asks: string;
  /** One of the caller's. Which one follows from the name, so nobody can choose it. */
  readonly shelf: string;
  seal(answer: unknown): string;
  /** @throws {SealBroken} */
  open(sealed: string): unknown;
}

export function slotOf(storeKey: Buffer, { key, caller, operation, asked }: KeyedRequest): Slot {
  const parts = derived(storeKey, ['guichet-kept-answer', caller, key], 3 * PART_BYTES);
  const owner = derived(storeKey, ['guichet-kept-answers-of', caller], PART_BYTES).toString('base64url');
  const part = (at: number) => parts.subarray(at * PART_BYTES, (at + 1) * PART_BYTES);
  const name = part(0).toString('base64url');
  const seal = new SecretSeal(part(1), 'kept answer');
  return {
    name,
    shelf: `${owner}.${part(0).readUInt32BE() % SHELVES}`,
    asks: createHmac('sha256', part(2))
      .update(JSON.stringify([operation, asked]))
      .digest('base64url'),
    seal: (answer) => seal.seal(name, Buffer.from(JSON.stringify(answer))),
    open: (sealed) => JSON.parse(seal.open(name, sealed).toString('utf8')) as unknown,
  };
}

function derived(storeKey: Buffer, of: readonly string[], bytes: number): Buffer {
  const info = createHash('sha256').update(JSON.stringify(of)).digest();
  return Buffer.from(hkdfSync('sha256', storeKey, '', info, bytes));
}
