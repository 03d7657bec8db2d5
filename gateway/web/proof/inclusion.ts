/**
 * Whether something was in a slot of a sealed market when it was frozen, recomputed here: the slot's leaf, the way up its page, the way up the pages (RFC 6962
 * section 2.1). Where they stand the quotas say, never the proof. chaincode/README.md has the bytes.
 */
import { decode, encode } from './base64url.js';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Frozen {
  readonly market: string;
  readonly quotas: Readonly<Record<string, number>>;
  readonly root: string;
}

export interface InSlot {
  readonly mspId: string;
  readonly slot: number;
  /** undefined: nothing was there. */
  readonly content?: { readonly id: string; readonly sealed: string } | undefined;
  /** base64url hashes */
  readonly inPage: readonly string[];
  readonly inMarket: readonly string[];
}

const SLOTS_PER_PAGE = 256;
const text = new TextEncoder();

/** @returns the root that slot and paths lead to, base64url; undefined where they can't lead to one */
export async function rootOf({ market, quotas }: Omit<Frozen, 'root'>, proof: InSlot): Promise<string | undefined> {
  const { mspId, slot, content } = proof;
  const place = placeOf(quotas, mspId, slot);
  const [inPage, inMarket] = [hashesOf(proof.inPage), hashesOf(proof.inMarket)];
  if (!place || !inPage || !inMarket) return undefined;
  const leaf = transcript('leaf', market, mspId, slot, ...(content ? [content.id, content.sealed] : []));
  const page = await climb(leaf, place.at, place.slots, inPage);
  const root = page && (await climb(page, place.page, place.pages, inMarket));
  return root && encode(root);
}

function hashesOf(path: readonly string[]): readonly Bytes[] | undefined {
  const hashes = path.map(decode).filter((hash) => hash !== undefined);
  return hashes.length === path.length ? hashes : undefined;
}

/** Which of the pages, in the order of organizations, and where on it. */
function placeOf(quotas: Frozen['quotas'], mspId: string, slot: number) {
  const own = quotas[mspId];
  if (own === undefined || !Number.isSafeInteger(slot) || slot < 0 || slot >= own) return undefined;
  const pagesOf = (slots: number) => Math.ceil(slots / SLOTS_PER_PAGE);
  const sum = (entries: readonly (readonly [string, number])[]) =>
    entries.reduce((total, [, slots]) => total + pagesOf(slots), 0);
  const all = Object.entries(quotas);
  const nth = Math.floor(slot / SLOTS_PER_PAGE);
  return {
    page: sum(all.filter(([other]) => other < mspId)) + nth,
    pages: sum(all),
    at: slot % SLOTS_PER_PAGE,
    slots: Math.min(SLOTS_PER_PAGE, own - nth * SLOTS_PER_PAGE),
  };
}

/** RFC 9162 section 2.1.3.2. */
async function climb(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Promise<Bytes | undefined> {
  let [at, last] = [index, size - 1];
  let hash = await sha256(Uint8Array.of(0), leaf);
  for (const sibling of path) {
    if (last === 0) return undefined;
    const isRight = at % 2 === 1 || at === last;
    hash = await (isRight ? sha256(Uint8Array.of(1), sibling, hash) : sha256(Uint8Array.of(1), hash, sibling));
    if (isRight) for (; at % 2 === 0 && at !== 0; at /= 2) last = Math.floor(last / 2);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

function transcript(tag: string, ...parts: readonly (string | number)[]): Bytes {
  const encoded = [`guichet/v1/${tag}`, ...parts].map((part) =>
    typeof part === 'number' ? integer(part) : text.encode(part),
  );
  return concat(...encoded.flatMap((bytes) => [integer(bytes.length), bytes]));
}

function integer(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sha256 = async (...parts: readonly Uint8Array[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
