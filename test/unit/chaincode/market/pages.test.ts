import { expect } from 'chai';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import {
  marketRoot,
  orderPages,
  pageRoot,
  proveSlot,
  SLOTS_PER_PAGE,
  slotLeaf,
  verifySlot,
} from '../../../../chaincode/domain/market/pages.js';
import { nobleSuite } from '../../../../committee/crypto/noble-suite.js';
import { toHex } from '../../../support/curve.js';
import { MARKET } from '../../../support/sealed-orders.js';

const QUOTAS = { VenueMSP: 3, OrganizerMSP: 600, aMSP: 256, ResellerMSP: 257 };
const contents = new Map([
  ['OrganizerMSP/599', { id: 'order-0001', sealed: 'AAAA' }],
  ['VenueMSP/1', { id: 'order-0002', sealed: 'BBBB' }],
]);

const pages = orderPages(QUOTAS);
const leavesOf = (mspId: string, from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    slotLeaf({ market: MARKET, mspId, slot: from + at }, contents.get(`${mspId}/${from + at}`)),
  );
const leaves = pages.map(({ mspId, from, count }) => leavesOf(mspId, from, count));
const pageRoots = leaves.map((own) => pageRoot(nodeSuite, own));
const root = marketRoot(nodeSuite, pageRoots);

describe('order pages', () => {
  it('follow organizations by the bytes of their ids, and slots', () => {
    expect(pages).to.deep.equal([
      { page: 0, mspId: 'OrganizerMSP', from: 0, count: 256 },
      { page: 1, mspId: 'OrganizerMSP', from: 256, count: 256 },
      { page: 2, mspId: 'OrganizerMSP', from: 512, count: 88 },
      { page: 3, mspId: 'ResellerMSP', from: 0, count: 256 },
      { page: 4, mspId: 'ResellerMSP', from: 256, count: 1 },
      { page: 5, mspId: 'VenueMSP', from: 0, count: 3 },
      { page: 6, mspId: 'aMSP', from: 0, count: 256 },
    ]);
  });

  it('have every slot once, whichever order the quotas are in', () => {
    const slots = pages.flatMap(({ mspId, from, count }) =>
      Array.from({ length: count }, (_, at) => `${mspId}/${from + at}`),
    );
    expect(new Set(slots).size).to.equal(Object.values(QUOTAS).reduce((sum, quota) => sum + quota, 0));
    expect(slots).to.have.length(new Set(slots).size);
    expect(Math.max(...pages.map(({ count }) => count))).to.equal(SLOTS_PER_PAGE);
    expect(orderPages(Object.fromEntries(Object.entries(QUOTAS).reverse()))).to.deep.equal(pages);
  });
});

describe('a market’s root', () => {
  it('is of every slot’s organization, number, id and bytes, empty or not', () => {
    const slot = { market: MARKET, mspId: 'VenueMSP', slot: 1 };
    const content = { id: 'order-0002', sealed: 'BBBB' };
    const distinct = [
      slotLeaf(slot),
      slotLeaf(slot, content),
      slotLeaf(slot, { ...content, id: 'order-0003' }),
      slotLeaf(slot, { ...content, sealed: 'BBBC' }),
      slotLeaf(slot, { id: 'order-0002B', sealed: 'BBB' }),
      slotLeaf({ ...slot, slot: 2 }, content),
      slotLeaf({ ...slot, mspId: 'aMSP' }, content),
      slotLeaf({ ...slot, market: 'OrganizerMSP:night:m2' }, content),
    ].map(toHex);
    expect(new Set(distinct).size).to.equal(distinct.length);
  });

  it('changes when an order is left out, or moves to another page', () => {
    const without = leaves.map((own, page) =>
      pageRoot(nodeSuite, page === 2 ? leavesOf('OrganizerMSP', 512, 87) : own),
    );
    expect(toHex(marketRoot(nodeSuite, without))).not.to.equal(toHex(root));
    expect(toHex(marketRoot(nodeSuite, pageRoots.toReversed()))).not.to.equal(toHex(root));
  });

  const frozen = { quotas: QUOTAS, root };
  const prove = (page: number, at: number) => proveSlot(nodeSuite, [leaves[page]!, at], [pageRoots, page]);

  it('shows every slot to its owner, in a browser too', () => {
    for (const { page, mspId, from, count } of pages)
      for (const at of [0, count >> 1, count - 1]) {
        const slot = { market: MARKET, mspId, slot: from + at };
        const content = contents.get(`${mspId}/${from + at}`);
        expect(verifySlot(nobleSuite, frozen, slot, content, prove(page, at))).to.equal(true);
      }
  });

  it('shows nothing that is not in it', () => {
    const slot = { market: MARKET, mspId: 'OrganizerMSP', slot: 599 };
    const content = contents.get('OrganizerMSP/599')!;
    const proof = prove(2, 87);
    const shows = (of: Partial<typeof slot>, said: typeof content | undefined, given = proof, market = frozen) =>
      verifySlot(nodeSuite, market, { ...slot, ...of }, said, given);
    expect(shows({}, content)).to.equal(true);
    expect(shows({}, undefined)).to.equal(false);
    expect(shows({}, { ...content, sealed: 'AAAB' })).to.equal(false);
    for (const other of [
      { slot: 598 },
      { slot: 600 },
      { slot: 87 },
      { slot: -1 },
      { mspId: 'VenueMSP' },
      { market: 'other' },
    ])
      expect(shows(other, content), JSON.stringify(other)).to.equal(false);
    expect(shows({}, content, prove(2, 86))).to.equal(false);
    expect(shows({}, content, { ...proof, inMarket: prove(3, 0).inMarket })).to.equal(false);
    expect(shows({}, content, proof, { ...frozen, quotas: { ...QUOTAS, OrganizerMSP: 1_200 } })).to.equal(false);
    expect(shows({}, content, proof, { ...frozen, root: pageRoots[2]! })).to.equal(false);
  });
});
