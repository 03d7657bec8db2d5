/** The window's own recomputation of a slot's proof, against the ledger's trees: every slot of markets of awkward sizes, and every way to change a proof. */
import { expect } from 'chai';
import { toBase64url } from '../../../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { marketRoot, orderPages, pageRoot, proveSlot, slotLeaf } from '../../../../chaincode/domain/market/pages.js';
import { rootOf, type InSlot } from '../../../../gateway/web/proof/inclusion.js';

const MARKET = 'OrganizerMSP:night:m1';
const QUOTAS = { VenueMSP: 3, ResellerMSP: 259, AgencyMSP: 1 };

const contentOf = (mspId: string, slot: number) =>
  slot % 3 === 1 ? undefined : { id: `order-${mspId}-${slot}`, sealed: 'A'.repeat(8) };
const pages = orderPages(QUOTAS);
const leaves = pages.map(({ mspId, from, count }) =>
  Array.from({ length: count }, (_, at) =>
    slotLeaf({ market: MARKET, mspId, slot: from + at }, contentOf(mspId, from + at)),
  ),
);
const roots = leaves.map((page) => pageRoot(nodeSuite, page));
const ROOT = toBase64url(marketRoot(nodeSuite, roots));

function proofOf(mspId: string, slot: number): InSlot {
  const page = pages.findIndex((each) => each.mspId === mspId && slot >= each.from && slot < each.from + each.count);
  const at = slot - pages[page]!.from;
  const { inPage, inMarket } = proveSlot(nodeSuite, [leaves[page]!, at], [roots, page]);
  const content = contentOf(mspId, slot);
  return {
    mspId,
    slot,
    ...(content && { content }),
    inPage: inPage.map(toBase64url),
    inMarket: inMarket.map(toBase64url),
  };
}
const computed = (proof: InSlot) => rootOf({ market: MARKET, quotas: QUOTAS }, proof);

describe('inclusion in the public window', () => {
  it('comes to the ledger’s root from every slot, full or empty', async () => {
    for (const [mspId, slots] of Object.entries(QUOTAS))
      for (let slot = 0; slot < slots; slot += 1)
        expect(await computed(proofOf(mspId, slot)), `${mspId} ${slot}`).to.equal(ROOT);
  });

  it('does not from another slot, other contents, none, or another path', async () => {
    const proof = proofOf('ResellerMSP', 257);
    const { content, inPage, ...rest } = proofOf('ResellerMSP', 6);
    const swapped = [inPage[1]!, inPage[0]!, ...inPage.slice(2)];
    const wrong: readonly InSlot[] = [
      { ...proof, slot: 256 },
      { ...proof, mspId: 'VenueMSP', slot: 1 },
      { ...rest, inPage },
      { ...rest, inPage, content: { ...content!, id: 'another' } },
      { ...rest, inPage, content: { ...content!, sealed: 'AAAAAAAE' } },
      { ...rest, content, inPage: swapped },
      { ...rest, content, inPage: inPage.slice(1) },
      { ...rest, content, inPage: [...inPage, inPage[0]!] },
    ];
    for (const each of wrong) expect(await computed(each)).to.not.equal(ROOT);
  });

  it('knows no slot beyond the quota, no organization without one, and no hash that is none', async () => {
    const proof = proofOf('VenueMSP', 2);
    expect(await computed({ ...proof, slot: 3 })).to.equal(undefined);
    expect(await computed({ ...proof, slot: -1 })).to.equal(undefined);
    expect(await computed({ ...proof, mspId: 'TrusteeMSP' })).to.equal(undefined);
    expect(await computed({ ...proof, inPage: ['='] })).to.equal(undefined);
  });
});
