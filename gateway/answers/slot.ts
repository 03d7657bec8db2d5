/**
 * Where an answer is kept and how it is sealed. All of it is derived (HKDF, RFC 5869) from the store's key and from the caller's own `Idempotency-Key`, which is
 * not kept: a document or a secret can be worked out neither from the database alone, nor from it and the key file as long as callers choose keys at random.
 */
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { KeyedRequest } from '../http/idempotency.js';
import { SecretSeal } from '../push/webhooks/sealed-secret.js';

const PART_BYTES = 32;

export interface Slot {
  readonly name: string;
  readonly asks: string;
  seal(answer: unknown): string;
  /** @throws {SealBroken} */
  open(sealed: string): unknown;
}

export function slotOf(storeKey: Buffer, { key, caller, operation, asked }: KeyedRequest): Slot {
  const info = createHash('sha256')
    .update(JSON.stringify(['guichet-kept-answer', caller, key]))
    .digest();
  const parts = Buffer.from(hkdfSync('sha256', storeKey, '', info, 3 * PART_BYTES));
  const part = (at: number) => parts.subarray(at * PART_BYTES, (at + 1) * PART_BYTES);
  const name = part(0).toString('base64url');
  const seal = new SecretSeal(part(1), 'kept answer');
  return {
    name,
    asks: createHmac('sha256', part(2))
      .update(JSON.stringify([operation, asked]))
      .digest('base64url'),
    seal: (answer) => seal.seal(name, Buffer.from(JSON.stringify(answer))),
    open: (sealed) => JSON.parse(seal.open(name, sealed).toString('utf8')) as unknown,
  };
}
