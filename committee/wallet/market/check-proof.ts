/**
 * Whether an order was in its slot when the market was frozen: computed, with nobody's word but the terms'. Their root and quotas are the gateway's that
 * told them, until somebody compares them with other gateways'.
 */
import { fromBase64url } from '../../../chaincode/crypto/bytes.js';
import { verifySlot, type Slot, type SlotContent } from '../../../chaincode/domain/market/pages.js';
import { nobleSuite } from '../../crypto/noble-suite.js';

/** Of the market, as `GET /v1/markets/{market}` has them once it is frozen. */
export interface FrozenTerms {
  readonly market: string;
  readonly quotas: Readonly<Record<string, number>>;
  /** base64url */
  readonly root?: string | undefined;
}

/** As `GET /v1/markets/{market}/orders/{mspId}/{slot}/proof` answers. All base64url. */
export interface OrderProof {
  readonly inPage: readonly string[];
  readonly inMarket: readonly string[];
}

export interface ProvenOrder extends Omit<Slot, 'market'> {
  /** undefined: nothing was there. */
  readonly content?: SlotContent | undefined;
}

/** No path is longer: there are at most 20,000 slots. */
const MAX_PATH = 32;

export function checkProof(
  { market, quotas, root = '' }: FrozenTerms,
  { mspId, slot, content }: ProvenOrder,
  { inPage, inMarket }: OrderProof,
): boolean {
  if (inPage.length > MAX_PATH || inMarket.length > MAX_PATH) return false;
  const [frozen, ...hashes] = [root, ...inPage, ...inMarket].map(fromBase64url);
  const path = hashes.filter((hash) => hash !== undefined);
  if (!frozen || path.length < hashes.length) return false;
  const proof = { inPage: path.slice(0, inPage.length), inMarket: path.slice(inPage.length) };
  return verifySlot(nobleSuite, { quotas, root: frozen }, { market, mspId, slot }, content, proof);
}
