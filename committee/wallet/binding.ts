/** Which key a person or a credential gets next, decided from what the wallet has and the ledger says. */
import { ClientError } from '../client/client-error.js';
import { thumbprintOfKey } from '../messages/index.js';
import { createHolderKey, exportHolderKey, importHolderKey, signCompact, type PrivateJwk } from './holder-key.js';
import type { BoundKey } from './services.js';
import type { BindingState, HeldKey } from './state.js';

export const thumbprintOfHeld = ({ key: { kty, crv, x, y } }: HeldKey): string => thumbprintOfKey({ kty, crv, x, y });

/** The held key if it has this thumbprint. */
const ifKey = (held: HeldKey | undefined, thumbprint: string | undefined): HeldKey | undefined =>
  held && thumbprintOfHeld(held) === thumbprint ? held : undefined;

export interface Intent {
  readonly held: HeldKey;
  /** Whether the ledger has to be told. */
  readonly register: boolean;
  /** The old key, which can release it at once. */
  readonly releasedBy?: HeldKey;
}

export interface Wish {
  /** The wallet wants another key than the one on the ledger. */
  readonly replace: boolean;
  /** Attestors will shorten the wait of one that is pending. */
  readonly approved: boolean;
}

/** @throws {ClientError} KEY_IS_ANOTHERS where the ledger has a key that this wallet doesn't, and no replacement is wished for */
export async function intend(binding: BindingState, bound: BoundKey | undefined, wish: Wish): Promise<Intent> {
  const { current, next } = binding;
  if (!bound) return { held: { key: await keyOf(next ?? current), sequence: 0 }, register: true };
  const { key, sequence, pending } = bound;
  const arrived = ifKey(next, key);
  const ours = ifKey(current, key);
  const waiting = ifKey(next, pending?.key);
  const inUse = arrived ?? (wish.replace ? undefined : ours);
  if (inUse) return { held: { ...inUse, sequence }, register: false };
  if (waiting && pending && !wish.approved)
    return { held: { ...waiting, sequence: pending.sequence }, register: false };
  if (!wish.replace) throw new ClientError('KEY_IS_ANOTHERS', { field: 'key' });
  const held = { key: await keyOf(next), sequence: sequence + 1 };
  return { held, register: true, ...(ours && { releasedBy: ours }) };
}

/** The one that was begun with before, or a fresh one. */
async function keyOf(held: HeldKey | undefined): Promise<PrivateJwk> {
  return held?.key ?? exportHolderKey(await createHolderKey({ extractable: true }));
}

/** What the ledger now says of the binding: the key that waits is the key, or still waits. */
export function settled(binding: BindingState, bound: BoundKey | undefined): BindingState {
  const { next, ...rest } = binding;
  const arrived = ifKey(next, bound?.key);
  return arrived && bound ? { ...rest, current: { key: arrived.key, sequence: bound.sequence } } : binding;
}

/** A statement by a key that the statement carries. */
export async function signWith(held: HeldKey, typ: string, payload: object): Promise<string> {
  const key = await importHolderKey(held.key);
  return signCompact(key, { alg: 'ES256', typ, jwk: key.jwk }, payload);
}
