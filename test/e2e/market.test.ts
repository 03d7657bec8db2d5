/**
 * A sealed market in real browsers: a wallet on a page of another origin seals an order that nobody can read before the close, and the public window shows
 * what became of it and recomputes that it was in. Nodes and gateways do the rest, as everywhere.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { MarketView } from '../../gateway/client/resources.js';
import { closeIn, seconds } from '../support/live-scene.js';
import { until } from '../support/until.js';
import { boxOffice, type BoxOffice } from './box-office.js';
import { BrowserWallet } from './browser-wallet.js';
import { aPage, measurable, type Witness } from './browser.js';
import { announceForPersons, DEPOSIT_MINOR, openBallot, PRICE_MINOR } from './for-persons.js';

const EVENT = 'OrganizerMSP:drawn-for';
const ORGANIZER = 'OrganizerMSP';
/** The order is in by then, on a busy machine too. */
const OPEN_S = 45;
const SETTLED_MS = 180_000;

interface Bidding {
  readonly credential: string;
  readonly marketKey: string;
  readonly deposit: string;
  readonly order: { readonly id: string; readonly sealed: string };
}

describe('sealed market in a browser', () => {
  let office: BoxOffice;
  let wallet: BrowserWallet;
  let window: Witness;
  let page: Page;
  let market: string;
  let closesAt: string;
  let bidding: Bidding;
  let slot: number;
  let finished: MarketView;
  before(async () => {
    office = await boxOffice();
    wallet = await BrowserWallet.at(office);
    window = await aPage();
    ({ page } = window);
    await announceForPersons(office.organizer, EVENT, 'Drawn for');
    await office.keyMade(EVENT);
    await wallet.enrol('LOVELACE', 'ADA');
    await wallet.call('goTo', EVENT);
    closesAt = closeIn(OPEN_S);
    market = await openBallot(office.organizer, EVENT, closesAt);
  });
  after(async () => {
    await page.close();
    await wallet.close();
  });

  const main = () => page.locator('main').innerText();
  const fact = (term: string) =>
    page.locator('dl div', { has: page.locator('dt', { hasText: new RegExp(`^${term}$`) }) }).locator('dd');
  /** What the page answers about a slot. */
  async function check(number: number): Promise<string> {
    await page.getByLabel('Slot', { exact: true }).fill(String(number));
    await page.getByRole('button', { name: 'Check' }).click();
    const answer = page.locator('.check [aria-live]');
    await answer.locator('.verdict, .problem').waitFor();
    return answer.innerText();
  }
  const verdict = () => page.locator('.check .verdict').innerText();

  it('is open, and says what is hidden until when', async () => {
    await page.goto(`${office.url}/#/markets/${market}`);
    await page.getByRole('heading', { name: 'Ballot, market 1' }).waitFor();
    expect(await page.locator('.byline').innerText()).to.match(
      /^takes sealed orders Prices, sides and tickets of all orders are hidden until .*; only any \S+ of \S+ nodes of the committee/,
    );
  });

  it('takes an order that a wallet has sealed to the key that it believes', async () => {
    await office.keyMade(market);
    const bid = { name: 'first', priceClass: 'standing', quantity: 1, limitMinor: PRICE_MINOR, reseller: ORGANIZER };
    const deposit = { reseller: ORGANIZER, amountMinor: DEPOSIT_MINOR, currency: 'EUR', paymentReference: 'ballot-1' };
    bidding = await wallet.call<Bidding>('bidIn', { market, mspId: ORGANIZER, bid, deposit });
    await office.organizer.createDeposit(market, bidding.deposit);
    const { body } = await office.organizer.placeOrder(market, bidding.order);
    ({ slot } = body);
    expect(await office.organizer.order(market, ORGANIZER, slot)).to.deep.include(bidding.order);
    expect(seconds(0) < closesAt, 'in before the close').to.equal(true);
  });

  it('shows its key without being loaded again, and nothing of the order', async () => {
    await fact('Key').waitFor();
    expect(await fact('Key').innerText()).to.equal(bidding.marketKey);
    expect(await page.locator('.byline').innerText()).to.include('only any 3 of 4 nodes of the committee');
    expect(await check(slot)).to.include('MARKET_NOT_FROZEN');
    const shown = await main();
    for (const hidden of [bidding.credential.slice(0, 12), 'Revealed', 'Result']) expect(shown).not.to.include(hidden);
  });

  it('shows root, key and result once nodes and gateways are done', async () => {
    await page
      .locator('.byline')
      .getByText('settled', { exact: true })
      .waitFor({ timeout: Math.max(0, Date.parse(closesAt) - Date.now()) + SETTLED_MS });
    finished = await office.organizer.market(market);
    expect([await fact('Root').innerText(), await fact('Secret key').innerText()]).to.deep.equal([
      finished.root,
      finished.secret,
    ]);
    expect(finished).to.deep.include({ state: 'finished', orders: 1, result: { trades: 1, pages: 1 } });
    const trade = page.getByRole('region', { name: 'Tickets that change hands' }).locator('tbody tr');
    await trade.getByText('settled', { exact: true }).waitFor();
    expect(await trade.innerText()).to.match(/pit, place 1\s+€18\.00\s+sold at its price\s/);
    expect(await trade.locator('code').getAttribute('title')).to.equal(bidding.credential);
    expect((await office.organizer.ticket(`${EVENT}:pit:1`)).holder).to.equal(bidding.credential);
  });

  it('recomputes that the order was in its slot, and that nothing was in another', async () => {
    const told = await check(slot);
    expect(await verdict()).to.match(new RegExp(`^✔ This order was in slot ${slot} of ${ORGANIZER}: \\d+ hashes`));
    for (const shown of [finished.root!, bidding.order.id, 'It counts.']) expect(told).to.include(shown);
    await check(slot + 1);
    expect(await verdict()).to.match(new RegExp(`^✔ Nothing was in slot ${slot + 1} of ${ORGANIZER}: \\d+ hashes`));
  });

  it('believes no gateway that shows another order, or none, in that slot', async () => {
    const proof = `**/v1/markets/*/orders/${ORGANIZER}/${slot}/proof`;
    const { content, ...without } = await office.organizer.orderProof(market, ORGANIZER, slot);
    const other = { ...without, content: { ...content!, id: `another-${content!.id}` } };
    for (const json of [other, without]) {
      await page.route(proof, (route) => route.fulfill({ json }));
      await check(slot);
      expect(await verdict()).to.match(/^✘ The proof does not lead to the root/);
      await page.unroute(proof);
    }
  });

  it('says whose key it was after it is destroyed', async () => {
    await until(async () => (await office.organizer.market(market)).key?.state === 'destroyed');
    await page.reload();
    await page.locator('main:not([aria-busy]) h1').waitFor();
    expect(await fact('Key').innerText()).to.equal(bidding.marketKey);
    const { key, progress } = await office.organizer.market(market);
    expect(key).to.include({ nodes: 4, threshold: 3, marketKey: bidding.marketKey });
    expect(progress.shares).to.have.length.of.at.least(3);
    expect(await main()).to.include(`${progress.shares.length} shares of 4, 3 are needed`);
  });

  it('has no obstacle, and fits 360 pixels, with its result too', async () => {
    await measurable(page);
    expect(await page.evaluate<string[]>('inPage.obstacles()')).to.deep.equal([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).to.be.at.most(360);
  });

  it('complained of nothing', () => expect([...window.complaints, ...wallet.witness.complaints]).to.deep.equal([]));
});
