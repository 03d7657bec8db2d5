/** The public window in a real browser, on a real network. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { boxOffice, HOSTILE, MATINEE, TICKET, type BoxOffice } from './box-office.js';
import { until } from '../support/until.js';
import { aPage, type Witness } from './browser.js';

const ORCHESTRE = `#/events/${MATINEE}/orchestre`;

describe('public window', () => {
  let office: BoxOffice;
  let witness: Witness;
  let page: Page;
  before(async () => {
    office = await boxOffice();
    witness = await aPage();
    ({ page } = witness);
  });
  after(() => page.close());

  /** As from a link that somebody sent: nothing is loaded before. */
  const open = async (hash: string) => {
    await page.goto('about:blank');
    await page.goto(`${office.url}/${hash}`);
    await page.waitForSelector('main:not([aria-busy]) h1');
  };
  const heading = () => page.locator('h1').first().innerText();
  const seats = () => page.locator('.stage .seat-map').getAttribute('aria-label');

  it('opens on the season: what is on, when, and which gates are open', async () => {
    await open('');
    expect(await heading()).to.equal('Season');
    const card = page.locator('.card.event', { hasText: 'Matinée: the doors are open' });
    expect(await card.locator('.byline').innerText()).to.match(/Doors open.*Venue/s);
    expect(await card.locator('.gates').innerText()).to.match(/Sales\s*open.*Transfers\s*open.*Doors\s*open/s);
    expect(await card.innerText()).to.include('at most 4 tickets');
    expect(await card.locator('.byline time').getAttribute('title')).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  });

  it('leads from the season to an event, and from its prices to a section', async () => {
    await open('');
    await page.getByRole('link', { name: 'Matinée: the doors are open' }).click();
    await page.getByRole('heading', { name: 'Places and prices' }).waitFor();
    expect(await page.locator('.price-class').innerText()).to.include('€19.50 = €18.00 + €1.50 fees');
    const card = page.locator('.card.allotment', { hasText: 'orchestre' });
    await card.locator('.seat-map').waitFor();
    expect(await card.locator('.free-count').innerText()).to.equal('111 free of 112');
    await card.getByRole('link', { name: 'orchestre' }).click();
    await page.locator('.stage .seat-map').waitFor();
    expect(await seats()).to.equal('112 places: 111 free, 1 sold');
    expect(await page.locator('main').innerText()).to.include('€1.50 to Reseller');
  });

  it('follows the ledger: a sale elsewhere appears by itself', async () => {
    await open(ORCHESTRE);
    const asOf = page.locator('.as-of');
    await asOf.filter({ hasText: 'As of block' }).waitFor();
    const before = await asOf.innerText();
    await office.sell('orchestre:C:8');
    await page.locator('.seat-map[aria-label="112 places: 110 free, 2 sold"]').waitFor();
    await asOf.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
  });

  it('gives the map as a table, which leads to the tickets', async () => {
    await open(ORCHESTRE);
    await page.getByText('The same as a table').click();
    const row = page.getByRole('row', { name: /^C / });
    expect(await row.innerText()).to.match(/^C\s+1–6, 9–14\s+7, 8$/);
    await row.getByRole('link', { name: '7' }).click();
    await page.locator('.card.ticket').waitFor();
    expect(await page.locator('.card.ticket h2').innerText()).to.equal('orchestre, row C, seat 7 Admitted: inside');
  });

  it('opens a ticket from the map itself', async () => {
    await open(ORCHESTRE);
    const map = page.locator('.stage .seat-map');
    await page.locator('.as-of', { hasText: 'As of block' }).waitFor();
    let [x, y] = [0, 0];
    // The map is drawn anew with each block: between two drawings there is none, and a new one knows of no mouse.
    await until(async () => {
      const box = await map.boundingBox();
      if (box === null) return false;
      // 14 seats and a label of 18 units on each side; seat 7 of row C, the third of eight.
      [x, y] = [box.x + (box.width * (18 + 65)) / 176, box.y + (box.height * 25) / 80];
      await page.mouse.move(x, y);
      return (await page.locator('.pointed').innerText()) === 'orchestre:C:7: sold';
    });
    await page.mouse.click(x, y);
    await page.locator('.card.ticket').waitFor();
    expect(page.url()).to.match(/:orchestre:C:7$/);
  });

  it('tells everything that happened to a ticket, back to the signed bytes', async () => {
    await open(`#/tickets/${TICKET}`);
    const story = await page.locator('.timeline h3').allInnerTexts();
    expect(story).to.deep.equal(['Scanned at the door: inside', 'Passed on to another holder', 'Sold']);
    const facts = await page.locator('.card.ticket').innerText();
    expect(facts).to.include(office.ben.holder).and.include('1, change 2').and.include('€19.50');
    await page.locator('.timeline li', { hasText: 'Passed on' }).getByRole('link').last().click();
    await page.getByText('Signed transfer').click();
    const statement = await page.locator('.statement[open]').innerText();
    expect(statement)
      .to.include('guichet-transfer+jwt')
      .and.include('ES256')
      .and.include(office.ben.holder)
      .and.include('eyJ');
    expect(await heading()).to.equal('Transaction VALID');
  });

  it('looks a ticket up by keyboard alone', async () => {
    await open('#/tickets');
    await page.getByLabel('Ticket id').focus();
    await page.keyboard.type(` ${TICKET} `);
    await page.keyboard.press('Enter');
    await page.locator('.card.ticket').waitFor();
  });

  it('says what is wrong with an id, with the code and the field', async () => {
    const problemOf = async (hash: string) => {
      await open(hash);
      return page.getByRole('alert').innerText();
    };
    expect(await problemOf(`#/tickets/${MATINEE}:orchestre:Z:99`)).to.match(/UNKNOWN_TICKET.*Field\s+ticket/s);
    expect(await problemOf('#/tickets/not%20a%2Fticket')).to.match(/INVALID_FIELD.*Field\s+ticket/s);
    expect(await problemOf('#/events/OrganizerMSP:nothing')).to.match(/UNKNOWN_EVENT.*Field\s+event/s);
    expect(await problemOf('#/ledger/blocks/999999')).to.match(/NOT_FOUND.*Field\s+number/s);
    expect(await problemOf('#/organizations/NobodyMSP')).to.include('UNKNOWN_ORGANIZATION');
    expect(await problemOf('#/no/such/page')).to.include('NO_SUCH_PAGE');
    expect(await problemOf('#/events/%zz')).to.include('NO_SUCH_PAGE');
  });

  it('shows the ledger: who keeps it, its blocks, and what they bring', async () => {
    const silent = page.getByText('no answer', { exact: true });
    // Who is busy may answer too late for the page, which asks again with the next block only.
    await until(async () => {
      await open('#/ledger');
      return (await silent.count()) === 0;
    });
    expect(await page.locator('.facts').innerText()).to.include('BFT: of 4 orderers, 1 may fail or lie');
    const rows = (name: RegExp) => page.getByRole('region', { name }).locator('tbody tr');
    expect([await rows(/Peers/).count(), await rows(/Orderers/).count()]).to.deep.equal([3, 4]);
    const number = await rows(/Blocks/)
      .first()
      .getByRole('link')
      .innerText();
    // By its number: meanwhile there may be one more above it.
    await rows(/Blocks/)
      .getByRole('link', { name: number, exact: true })
      .click();
    await page.getByRole('heading', { name: `Block ${number}` }).waitFor();
    await page.locator('td a code').first().click();
    await page.getByRole('heading', { name: 'Transaction VALID' }).waitFor();
    await open('#/ledger/blocks/0');
    expect(await page.locator('main').innerText())
      .to.include('none: it is the first')
      .and.include('channel configuration');
  });

  it('shows the organizations with their keys', async () => {
    await open('#/organizations');
    await page.getByRole('link', { name: 'Reseller' }).first().click();
    await page.getByRole('heading', { name: 'Registered keys' }).waitFor();
    const { keys } = await office.organizer.organization('ResellerMSP');
    const text = await page.locator('tbody').innerText();
    for (const { kid, use } of keys) expect(text).to.include(kid).and.include(use);
    expect(text).to.include('valid');
  });

  it('shows a name of markup as the text that it is, and a pool as a bar', async () => {
    await open(`#/events/${HOSTILE.event}`);
    expect(await heading()).to.equal(HOSTILE.name);
    expect(await page.locator('main img').count()).to.equal(0);
    expect(await page.locator('.price-class').innerText()).to.match(/JP¥1,800, no fees/);
    await open(`#/events/${HOSTILE.event}/pit`);
    expect(await page.locator('.stage rect.free').count()).to.equal(1);
    expect(await seats()).to.equal('50 places: 50 free, 0 sold');
    await open('');
    await page.getByRole('link', { name: HOSTILE.name }).waitFor();
  });

  it('goes back where the visitor came from', async () => {
    await open('#/organizations');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Ledger' }).click();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    expect(await page.locator('nav a[aria-current]').innerText()).to.equal('Ledger');
    await page.goBack();
    await page.getByRole('heading', { name: 'Organizations' }).waitFor();
    expect(await page.title()).to.equal('Organizations · Guichet');
  });

  it('says that the gateway does not answer, and tries again', async () => {
    await open('#/organizations');
    await page.route('**/v1/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Season' }).click();
    await page.getByText('NO_ANSWER').waitFor();
    await page.locator('.pulse.lost').waitFor();
    await page.unroute('**/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Season' }).waitFor();
  });

  it('asks nobody but the gateway, and has nothing to complain about', () => {
    expect([...witness.hosts].filter((host) => host !== '')).to.deep.equal(['127.0.0.1']);
    expect(witness.complaints.filter((text) => !text.includes('net::ERR_FAILED'))).to.deep.equal([]);
  });
});
