/**
 * The slots of a market, by pages, and the one root over all of them (RFC 6962 section 2.1, twice): over the slots of a page, then over the pages' roots. An
 * empty slot has a leaf too, so the root says where no order was.
 */
import { utf8 } from '../../crypto/bytes.js';
import { auditPath, rootOfPath, treeHash, verifyPath } from '../../crypto/merkle.js';
import type { Suite } from '../../crypto/suite.js';
import { transcript } from '../../crypto/transcript.js';

export const SLOTS_PER_PAGE = 256;

/** Some slots of one organization that follow each other. */
export interface OrderPage {
  /** Its place in the order of the pages, from 0. */
  readonly page: number;
  readonly mspId: string;
  readonly from: number;
  readonly count: number;
}

/** Every slot of the market on exactly one page: organizations by the bytes of their ids, their slots from 0. @param quotas slots by MSP id */
export function orderPages(quotas: Readonly<Record<string, number>>): readonly OrderPage[] {
  const organizations = Object.entries(quotas).sort(([a], [b]) => (a < b ? -1 : 1));
  return organizations
    .flatMap(([mspId, slots]) =>
      Array.from({ length: Math.ceil(slots / SLOTS_PER_PAGE) }, (_, index) => {
        const from = index * SLOTS_PER_PAGE;
        return { mspId, from, count: Math.min(SLOTS_PER_PAGE, slots - from) };
      }),
    )
    .map((page, index) => ({ page: index, ...page }));
}

export interface Slot {
  /** Market id. */
  readonly market: string;
  readonly mspId: string;
  readonly slot: number;
}

/** What came into a slot: its client id and the sealed order, as it was submitted. */
export interface SlotContent {
  readonly id: string;
  readonly sealed: string;
}

/** @param content undefined for an empty slot */
export function slotLeaf({ market, mspId, slot }: Slot, content?: SlotContent): Uint8Array {
  const parts = content ? [content.id, utf8(content.sealed)] : [];
  return transcript('leaf', market, mspId, slot, ...parts);
}

type Hasher = Pick<Suite, 'sha256'>;

/** @param leaves of all slots of the page, ascending */
export const pageRoot = (suite: Hasher, leaves: readonly Uint8Array[]): Uint8Array => treeHash(suite, leaves);

/** @param pageRoots of all pages, in their order */
export const marketRoot = (suite: Hasher, pageRoots: readonly Uint8Array[]): Uint8Array => treeHash(suite, pageRoots);

/** Audit paths of a slot on its page, and of the page among the pages. Where they stand the quotas say, not the proof. */
export interface SlotProof {
  readonly inPage: readonly Uint8Array[];
  readonly inMarket: readonly Uint8Array[];
}

/** @param at the slot's place on the page */
export function proveSlot(
  suite: Hasher,
  [leaves, at]: readonly [leaves: readonly Uint8Array[], at: number],
  [pageRoots, page]: readonly [pageRoots: readonly Uint8Array[], page: number],
): SlotProof {
  return { inPage: auditPath(suite, leaves, at), inMarket: auditPath(suite, pageRoots, page) };
}

/** What is known of a market from its opening and its freezing. */
export interface FrozenMarket {
  readonly quotas: Readonly<Record<string, number>>;
  readonly root: Uint8Array;
}

/** @returns whether exactly this was in the slot when the market was frozen. @param content undefined: nothing was */
export function verifySlot(
  suite: Hasher,
  { quotas, root }: FrozenMarket,
  slot: Slot,
  content: SlotContent | undefined,
  { inPage, inMarket }: SlotProof,
): boolean {
  const pages = orderPages(quotas);
  const own = pages.find(
    ({ mspId, from, count }) => mspId === slot.mspId && from <= slot.slot && slot.slot < from + count,
  );
  if (!own) return false;
  const { page, from, count } = own;
  const leaf = slotLeaf(slot, content);
  const computed = rootOfPath(suite, { leaf, index: slot.slot - from, size: count, path: inPage });
  return (
    computed !== undefined &&
    verifyPath(suite, { leaf: computed, index: page, size: pages.length, path: inMarket, root })
  );
}
