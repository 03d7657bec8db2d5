/**
 * The slots of a market, by pages, and the one root over all of them (RFC 6962 section 2.1, twice): over the slots of a page, then over the pages' roots. An
 * empty slot has a leaf too, so the root says where no order was.
 */
import { equalBytes, utf8 } from '../../crypto/bytes.js';
import { auditPath, rootOfPath, treeHash, type Inclusion } from '../../crypto/merkle.js';
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

/** That a leaf is in a market's root: its place on its page, the page's place among the pages. */
export interface SlotProof {
  readonly inPage: Omit<Inclusion, 'leaf'>;
  readonly inMarket: Omit<Inclusion, 'leaf'>;
}

/** @param leaves of the page @param at the leaf's place there */
export function proveSlot(
  suite: Hasher,
  [leaves, at]: readonly [leaves: readonly Uint8Array[], at: number],
  [pageRoots, page]: readonly [pageRoots: readonly Uint8Array[], page: number],
): SlotProof {
  return {
    inPage: { index: at, size: leaves.length, path: auditPath(suite, leaves, at) },
    inMarket: { index: page, size: pageRoots.length, path: auditPath(suite, pageRoots, page) },
  };
}

export function verifySlot(
  suite: Hasher,
  { inPage, inMarket }: SlotProof,
  leaf: Uint8Array,
  root: Uint8Array,
): boolean {
  const page = rootOfPath(suite, { ...inPage, leaf });
  const computed = page && rootOfPath(suite, { ...inMarket, leaf: page });
  return computed !== undefined && equalBytes(computed, root);
}
