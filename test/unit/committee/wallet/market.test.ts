/** A wallet in a sealed market: what it signs, how it seals, whose key it believes, and sequences that never come twice. */
import { expect } from 'chai';
import fc from 'fast-check';
import { toBase64url } from '../../../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { requireHolderSignature } from '../../../../chaincode/domain/authority.js';
import {
  marketKeyOf,
  orderOpener,
  readOrder,
  requireSealedForm,
} from '../../../../chaincode/domain/market/open-order.js';
import type { Supply } from '../../../../chaincode/domain/market/orders.js';
import { marketRoot, orderPages, pageRoot, proveSlot, slotLeaf } from '../../../../chaincode/domain/market/pages.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { afterRestoring, nextSequence } from '../../../../committee/wallet/market/sequence.js';
import {
  backUp,
  checkProof,
  credentialFor,
  marketWalletFor,
  restore,
  type MarketWallet,
  type WalletServices,
} from '../../../../committee/wallet/index.js';
import { codeOf } from '../../../support/code-of.js';
import { CHANNEL, newId } from '../../../support/statements.js';
import { ALICE, BOB, MARKET, now, OPENING, secretOf, SMALL, World } from './a-world.js';

const SECRET = secretOf(MARKET, SMALL.threshold);
const KEY = nodeSuite.multiplyBase(SECRET)!;
const TERMS = { market: MARKET, supply: 'resale' } as const;
const END_OF_TIME_S = Date.parse('9999-12-31T23:59:59Z') / 1000;
const BID = { name: 'first', priceClass: 'floor', quantity: 2, limitMinor: 2_500, reseller: 'ResellerMSP' };
const ASK = { ticket: `${OPENING}:floor:A:1`, issue: 1, askMinor: 2_000, reseller: 'ResellerMSP' };

async function inMarket(world: World, identity = ALICE, supply: Supply = 'resale') {
  const services = await world.wallet();
  await world.enrolled(services, identity);
  const { subject } = await credentialFor(OPENING, services);
  return { services, subject, wallet: await marketWalletFor({ ...TERMS, supply }, services) };
}

describe('a wallet in a sealed market', () => {
  let world: World;
  let services: WalletServices;
  let wallet: MarketWallet;
  before(async () => {
    world = new World(SMALL);
    ({ services, wallet } = await inMarket(world));
  });
  const orderIn = ({ jws }: { jws: string }) => {
    const statement = decodeStatement('order', jws, 'order');
    requireHolderSignature(statement);
    return statement.payload;
  };

  it('signs bids, asks and cancellations as its credential, to the key that it believes', async () => {
    const said = [
      orderIn(await wallet.bid(BID)),
      orderIn(await wallet.ask(ASK)),
      orderIn(await wallet.cancelBid('first')),
      orderIn(await wallet.cancelAsk(ASK.ticket)),
    ];
    expect(said.map(({ bid, ask, cancel }) => bid ?? ask ?? cancel)).to.deep.equal([
      ...[BID, ASK],
      ...[{ bid: 'first' }, { ticket: ASK.ticket }],
    ]);
    const { credential } = wallet;
    for (const { exp, ...payload } of said) {
      expect(payload).to.include({
        channel: CHANNEL,
        event: OPENING,
        market: 1,
        credential,
        marketKey: marketKeyOf(KEY),
      });
      expect(exp).to.equal(END_OF_TIME_S);
    }
    const sequences = said.map(({ sequence }) => sequence);
    expect(sequences).to.deep.equal([...new Set(sequences)].sort((a, b) => a - b));
  });

  it('signs deposits, their withdrawal and consents', async () => {
    const money = { reseller: 'ResellerMSP', amountMinor: 3_000, currency: 'EUR', paymentReference: newId() };
    const deposit = decodeStatement('deposit', (await wallet.deposit(money)).jws, 'deposit');
    requireHolderSignature(deposit);
    expect(deposit.payload).to.include({ ...money, event: OPENING, market: 1, credential: wallet.credential });
    const signed = await wallet.withdrawDeposit('ResellerMSP');
    const withdrawal = decodeStatement('deposit-withdrawal', signed.jws, 'withdrawal');
    requireHolderSignature(withdrawal);
    const mine = { reseller: 'ResellerMSP', event: OPENING, market: 1, credential: wallet.credential };
    expect(withdrawal.payload).to.include(mine);
    expect(withdrawal.payload.exp % 600).to.equal(0);
    expect(withdrawal.payload.exp).to.be.within(now() / 1000 + 600, now() / 1000 + 1200);
    const host = 'h'.repeat(43);
    const guest = decodeStatement('guest', (await wallet.consent(host, 'first')).jws, 'guest');
    requireHolderSignature(guest);
    expect(guest.payload).to.include({ host, bid: 'first', market: 1, credential: wallet.credential });
    expect(guest.payload.exp).to.equal(END_OF_TIME_S);
  });

  // Regression: told an earlier close, an order was over before the real one; told each person another, it was marked.
  it('signs what lasts, whatever close a gateway tells', async () => {
    const told = ['2027-03-02T11:00:00Z', '2020-01-01T00:00:00Z'].map((closesAt) => ({ ...TERMS, closesAt }));
    for (const terms of told) {
      const asTold = await marketWalletFor(terms, services);
      expect(orderIn(await asTold.bid(BID)).exp, terms.closesAt).to.equal(END_OF_TIME_S);
      const { jws } = await asTold.consent('h'.repeat(43), 'first');
      expect(decodeStatement('guest', jws, 'guest').payload.exp, terms.closesAt).to.equal(END_OF_TIME_S);
    }
  });

  for (const supply of ['resale', 'ballot', 'returns'] as const)
    it(`seals orders of a market of ${supply}: all of one size, for one organization, under one id`, async () => {
      const host = supply === 'resale' ? wallet : await marketWalletFor({ ...TERMS, supply }, services);
      const small = await host.seal({ mspId: 'ResellerMSP', order: (await host.cancelBid('first')).jws });
      const { jws: order } = await host.bid(BID);
      const { id, sealed } = await host.seal({ mspId: 'ResellerMSP', order });
      expect(small.sealed.length).to.equal(sealed.length);
      requireSealedForm(sealed, supply, 'sealed');
      const open = orderOpener(MARKET, KEY, SECRET);
      expect(readOrder(open('ResellerMSP', { id, sealed }), supply).order.jws.payload).to.deep.equal(
        decodeStatement('order', order, 'order').jws.payload,
      );
      expect(await codeOf(Promise.resolve().then(() => open('VenueMSP', { id, sealed })))).to.equal('ORDER_NOT_OPENED');
      expect(await codeOf(Promise.resolve().then(() => open('ResellerMSP', { id: newId(), sealed })))).to.equal(
        'ORDER_NOT_OPENED',
      );
      const again = await host.seal({ mspId: 'ResellerMSP', order, id });
      expect(again.sealed, 'sealed with another chance').not.to.equal(sealed);
    });

  it('seals consents along, as far as they fit', async () => {
    const guest = await inMarket(world, BOB, 'ballot');
    const { jws: consent } = await guest.wallet.consent(wallet.credential, 'first');
    const { jws: order } = await wallet.bid({ ...BID, guests: [guest.subject] });
    const host = await marketWalletFor({ ...TERMS, supply: 'ballot' }, services);
    const content = await host.seal({ mspId: 'ResellerMSP', order, guests: [consent] });
    const { guests } = readOrder(orderOpener(MARKET, KEY, SECRET)('ResellerMSP', content), 'ballot');
    expect(guests.map(({ payload }) => payload.credential)).to.deep.equal([guest.subject]);
    const tooMany = wallet.seal({ mspId: 'ResellerMSP', order, guests: [consent, consent] });
    expect(await codeOf(tooMany)).to.equal('ORDER_MALFORMED');
  });

  it('believes t pinned nodes of the market’s key, and no gateway', async () => {
    const honest = world.ledger.keys.get(MARKET)!;
    const opening = world.ledger.keys.get(OPENING)!;
    const trying = async (published: typeof honest) => {
      world.ledger.keys.set(MARKET, published);
      try {
        return await codeOf(marketWalletFor(TERMS, services));
      } finally {
        world.ledger.keys.set(MARKET, honest);
      }
    };
    expect(await trying({ ...honest, ready: honest.ready.slice(0, 1) })).to.equal('KEY_NOT_TRUSTED');
    expect(await trying(opening), 'another key of these nodes').to.equal('KEY_NOT_TRUSTED');
    expect(await trying({ ...honest, groupKey: opening.groupKey })).to.equal('KEY_NOT_TRUSTED');
    expect(await codeOf(marketWalletFor({ ...TERMS, market: `${OPENING}:m2` }, services))).to.equal('KEY_NOT_USABLE');
  });

  it('signs nothing without a credential', async () => {
    expect(await codeOf(marketWalletFor(TERMS, await world.wallet()))).to.equal('NO_CREDENTIAL');
  });

  it('uses no sequence twice, also at once and after a restore from an older backup', async () => {
    const sequenceOf = async () => orderIn(await wallet.bid(BID)).sequence;
    const passphrase = 'a long passphrase for a test';
    const backup = await backUp(services.store, { passphrase, iterations: 100_000 });
    const used = await Promise.all(Array.from({ length: 10 }, sequenceOf));
    expect(new Set(used).size).to.equal(10);
    const found = await world.wallet();
    await restore(found.store, { backup, passphrase }, { now });
    const restored = await marketWalletFor(TERMS, found);
    expect(orderIn(await restored.bid(BID)).sequence).to.be.above(Math.max(...used));
  });
});

describe('the sequence of an order', () => {
  const AT = Date.parse('2027-03-01T12:00:00Z');

  it('grows with every order and with time, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3_600_000, max: 3_600_000 })), (moves) => {
        let last: number | undefined;
        for (const move of moves) {
          const next = nextSequence(last, AT + move);
          expect(Number.isSafeInteger(next)).to.be.true;
          if (last !== undefined) expect(next).to.be.above(last);
          last = next;
        }
      }),
    );
  });

  it('is above all that the lost wallet has used, for who restores an old one', () => {
    const lost = nextSequence(nextSequence(undefined, AT), AT + 599_000);
    const restored = afterRestoring(undefined, AT + 599_000);
    expect(nextSequence(restored, AT + 599_000)).to.be.above(lost);
    expect(afterRestoring(restored + 2 ** 30, AT)).to.equal(restored + 2 ** 30);
  });
});

describe('a proof of an order', () => {
  const quotas = { ResellerMSP: 300, VenueMSP: 2 };
  const content = { id: 'an-order-of-mine', sealed: 'sealed' };
  const leavesOf = (page: { mspId: string; from: number; count: number }) =>
    Array.from({ length: page.count }, (_, at) => {
      const slot = page.from + at;
      const mine = page.mspId === 'ResellerMSP' && slot === 260;
      return slotLeaf({ market: MARKET, mspId: page.mspId, slot }, mine ? content : undefined);
    });
  const pages = orderPages(quotas);
  const roots = pages.map((page) => pageRoot(nodeSuite, leavesOf(page)));
  const root = toBase64url(marketRoot(nodeSuite, roots));
  const made = proveSlot(nodeSuite, [leavesOf(pages[1]!), 4], [roots, 1]);
  const proof = { inPage: made.inPage.map(toBase64url), inMarket: made.inMarket.map(toBase64url) };
  const mine = { mspId: 'ResellerMSP', slot: 260, content };
  const view = { market: MARKET, quotas, root };

  it('shows that it was in its slot, and that nothing else was', () => {
    expect(checkProof(view, mine, proof)).to.be.true;
    expect(checkProof(view, { ...mine, slot: 261 }, proof)).to.be.false;
    expect(checkProof(view, { ...mine, content: undefined }, proof)).to.be.false;
    expect(checkProof(view, { ...mine, content: { ...content, sealed: 'Sealed' } }, proof)).to.be.false;
    expect(checkProof({ ...view, market: `${OPENING}:m2` }, mine, proof)).to.be.false;
    expect(checkProof({ ...view, quotas: { ResellerMSP: 300 } }, mine, proof)).to.be.false;
  });

  it('is none without a root, or of what is no hash', () => {
    expect(checkProof({ market: MARKET, quotas }, mine, proof)).to.be.false;
    expect(checkProof(view, mine, { ...proof, inPage: [] })).to.be.false;
    expect(checkProof(view, mine, { ...proof, inPage: ['='] })).to.be.false;
    expect(checkProof(view, mine, { ...proof, inPage: Array.from({ length: 40 }, () => root) })).to.be.false;
  });
});
