/** The wallet's library in a real browser, on a page of another origin, against real nodes: what it asks has to pass as any page's script would. */
import { expect } from 'chai';
import { until } from '../support/until.js';
import { boxOffice, type BoxOffice } from './box-office.js';
import { BrowserWallet } from './browser-wallet.js';
import { aPage } from './browser.js';
import { announceForPersons } from './for-persons.js';

const EVENT = 'OrganizerMSP:for-people';

describe('wallet in a browser', () => {
  let office: BoxOffice;
  let wallet: BrowserWallet;
  let holder: string;
  before(async () => {
    office = await boxOffice();
    await announceForPersons(office.organizer, EVENT, 'For people');
    await office.keyMade(EVENT);
    wallet = await BrowserWallet.at(office);
  });
  after(() => wallet.close());

  it('enrols with the nodes and registers through the gateway', () => wallet.enrol('ERIKSSON', 'ANNA'));

  it('buys with a credential', async () => {
    const purchase = {
      ...{ event: EVENT, seller: 'OrganizerMSP', wanted: { seats: ['pit:1'] }, currency: 'EUR', maxTotalMinor: 1_800 },
      paymentReference: 'browser-wallet-1',
    };
    const bought = await wallet.call<{ readonly holder: string; readonly request: string }>('buy', purchase);
    ({ holder } = bought);
    const { body } = await office.organizer.sell({ request: bought.request });
    await until(async () => (await office.organizer.ready()).height > (body.block ?? 0));
    expect((await office.organizer.ticket(`${EVENT}:pit:1`)).holder).to.equal(holder);
  });

  it("has a ticket whose certificate proves in a browser that the committee's nodes vouch for its holder", async () => {
    const window = await aPage();
    try {
      await window.page.goto(`${office.url}/#/tickets/${EVENT}:pit:1`);
      await window.page.getByRole('button', { name: 'Check this ticket' }).click();
      const verdict = await window.page.locator('.verdict').innerText();
      expect(verdict).to.match(/^✔ This ticket is genuine: \d+ checks in 11 steps hold\.$/);
      expect(await window.page.locator('.card.ticket').innerText()).to.include(
        'a person’s pseudonym at this event alone',
      );
      expect(window.complaints).to.deep.equal([]);
    } finally {
      await window.page.close();
    }
  });

  it('is the same person after the browser was closed', async () => {
    await wallet.open();
    expect(await wallet.call('holderAt', EVENT)).to.equal(holder);
  });

  it('complained of nothing', () => expect(wallet.witness.complaints).to.deep.equal([]));
});
