/** What must hold on every page: it fits a telephone, in light and dark, and can be used without seeing or pointing. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { BALLOT, boxOffice, HOSTILE, MATINEE, TICKET, type BoxOffice } from './box-office.js';
import { aPage, measurable } from './browser.js';

/** Nobody has bought it. */
const UNSOLD = `#/tickets/${MATINEE}:orchestre:Z:1`;
const PAGES = [
  '#/',
  `#/events/${MATINEE}`,
  `#/events/${MATINEE}/orchestre`,
  `#/events/${HOSTILE.event}/pit`,
  `#/markets/${BALLOT.market}`,
  '#/tickets',
  `#/tickets/${TICKET}`,
  UNSOLD,
  '#/ledger',
  '#/ledger/blocks/5',
  '#/organizations',
  '#/organizations/OrganizerMSP',
];

describe('every page of the public window', () => {
  let office: BoxOffice;
  let page: Page;
  before(async () => {
    office = await boxOffice();
    ({ page } = await aPage());
  });
  after(() => page.close());

  const open = async (hash: string) => {
    await page.goto('about:blank');
    await page.goto(`${office.url}/${hash}`);
    await page.waitForSelector('main:not([aria-busy]) h1');
    // Of a page that only says what went wrong everything would hold.
    if (hash !== UNSOLD) expect(await page.locator('main > .problem').count(), hash).to.equal(0);
    await measurable(page);
  };

  it('has no obstacle for screen readers and keyboards', async () => {
    for (const hash of PAGES) {
      await open(hash);
      expect(await page.evaluate<string[]>('inPage.obstacles()'), hash).to.deep.equal([]);
    }
  });

  it('fits 360 pixels, and its text stands out in light and dark', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const hash of PAGES) {
      await open(hash);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth'), hash).to.be.at.most(360);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate<number>('inPage.lowestContrast()'), `${colorScheme} ${hash}`).to.be.at.least(4.5);
      }
    }
  });

  it('begins each page for the keyboard at its content, and offers to skip there', async () => {
    await open('#/');
    expect(await page.evaluate<string>('document.activeElement?.id')).to.equal('main');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement?.id')).to.equal('main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate<boolean>(`document.activeElement.closest('main') !== null`)).to.equal(true);
  });
});
