/** “Check this ticket” in a real browser: by WebCrypto, from what the gateway serves, or from what somebody made of it on the way. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Certificate } from '../../gateway/certificate/certificate.js';
import { boxOffice, TICKET, MATINEE, type BoxOffice } from './box-office.js';
import { aPage, type Witness } from './browser.js';

/** The same statement with another payload and the old signature. */
function rewritten(jws: string, change: object): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  return `${header}.${Buffer.from(JSON.stringify({ ...before, ...change })).toString('base64url')}.${signature}`;
}

describe('ticket check', () => {
  let office: BoxOffice;
  let witness: Witness;
  let page: Page;
  before(async () => {
    office = await boxOffice();
    witness = await aPage();
    ({ page } = witness);
  });
  after(() => page.close());
  afterEach(() => page.unrouteAll());

  /** Checks the ticket with the certificate as it is, or changed on its way. @returns the verdict and each step's outcome */
  async function check(change?: (certificate: Certificate) => unknown) {
    if (change) {
      await page.route('**/certificate', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: change((await answer.json()) as Certificate) });
      });
    }
    await page.goto('about:blank');
    await page.goto(`${office.url}/#/tickets/${TICKET}`);
    await page.getByRole('button', { name: 'Check this ticket' }).click();
    const verdict = await page.locator('.verdict').innerText();
    const steps = await Promise.all(
      (await page.locator('.steps > li').all()).map((step) => step.getAttribute('class')),
    );
    const failed = await page.locator('.steps > .fails > h3').allInnerTexts();
    return { verdict, steps, failed: failed.join() };
  }

  it('finds that every signature of a genuine ticket holds', async () => {
    const { verdict, steps } = await check();
    expect(verdict).to.match(/^✔ This ticket is genuine: \d+ checks in 11 steps hold\.$/);
    expect(steps).to.deep.equal(Array.from({ length: 11 }, () => 'holds'));
    const transfers = page.locator('.steps > li').nth(9);
    await transfers.locator('summary').first().click();
    expect(await transfers.innerText())
      .to.include('its ES256 signature is that of the key in it')
      .and.include('it accepts exactly this transfer');
    expect(witness.complaints).to.deep.equal([]);
  });

  it('shows a changed statement as what it is, and checks nothing that would rest on it', async () => {
    const { verdict, steps, failed } = await check(({ evidence: { event, ...rest }, ...certificate }) => ({
      ...certificate,
      evidence: { ...rest, event: { ...event, statement: rewritten(event.statement, { name: 'Another evening' }) } },
    }));
    expect(verdict).to.equal('✘ This certificate does not prove the ticket: “Event” does not hold.');
    expect(steps.slice(0, 4)).to.deep.equal(['holds', 'holds', 'fails', 'not-reached']);
    expect(failed).to.include('Event');
    expect(await page.locator('.findings .fails').innerText()).to.include('its ES256 signature is that of that key');
  });

  it('is not talked into another holder, another key or another ticket', async () => {
    const { ada } = office;
    expect(
      (await check((genuine) => ({ ...genuine, state: { ...genuine.state, holder: ada.holder } }))).failed,
    ).to.include('Current holder');
    const dropped = ({ evidence, ...rest }: Certificate) => ({ ...rest, evidence: { ...evidence, hands: [] } });
    expect((await check(dropped)).failed).to.include('Transfers');
    const { seller } = (await office.organizer.certificate(TICKET)).keys;
    const swapped = (genuine: Certificate) => ({
      ...genuine,
      keys: { ...genuine.keys, organizer: { ...seller, organization: 'OrganizerMSP' } },
    });
    expect((await check(swapped)).failed).to.include('Organizer’s key');
    const other = await office.organizer.certificate(`${MATINEE}:orchestre:D:1`);
    expect((await check(() => other)).failed).to.include('Certificate');
    expect((await check(() => 'nonsense')).failed).to.include('Certificate');
  });

  before('another ticket of the same evening', () => office.sell('orchestre:D:1'));

  it('says so where no certificate comes', async () => {
    await page.route('**/certificate', (route) =>
      route.fulfill({
        status: 502,
        json: { code: 'LEDGER_DISAGREES', title: 'Ledger disagrees', detail: 'It does.', field: 'certificate.sale' },
      }),
    );
    await page.goto('about:blank');
    await page.goto(`${office.url}/#/tickets/${TICKET}`);
    await page.getByRole('button', { name: 'Check this ticket' }).click();
    expect(await page.getByRole('alert').innerText()).to.match(/LEDGER_DISAGREES.*certificate\.sale/s);
  });
});
