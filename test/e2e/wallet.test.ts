/** The wallet's library in a real browser, on a page of another origin, against real nodes: what it asks has to pass as any page's script would. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { identityOf, readMrz } from '../../committee/identity/index.js';
import { identityPolicyOf } from '../../gateway/attestation/identity-policy.js';
import type { AttestationRequest } from '../../gateway/attestation/attestation-desk.js';
import type { GuichetClient } from '../../gateway/client/guichet-client.js';
import { ProblemError } from '../../gateway/client/problem-error.js';
import { newDocumentNumber, specimenPassport } from '../../gateway/tour/specimen.js';
import { openSchedule } from '../support/live-scene.js';
import { until } from '../support/until.js';
import { anotherOrigin, type Origin } from './another-origin.js';
import { boxOffice, type BoxOffice } from './box-office.js';
import { aPage, type Witness } from './browser.js';

const EVENT = 'OrganizerMSP:for-people';

describe('wallet in a browser', function () {
  this.timeout(120_000);
  let office: BoxOffice;
  let origin: Origin;
  let witness: Witness;
  let page: Page;
  let holder: string;
  before(async function () {
    this.timeout(240_000);
    office = await boxOffice();
    origin = await anotherOrigin();
    witness = await aPage();
    ({ page } = witness);
    await announce(office);
    await open();
  });
  after(async () => {
    await page.close();
    await origin.close();
  });

  /** As if the browser had been started anew: only what it stores is left. */
  const open = async () => {
    await page.goto(origin.url);
    await page.waitForFunction('globalThis.wallet !== undefined');
    await inPage('open', { gateway: office.url, nodes: office.nodes });
  };
  const inPage = <T>(name: string, argument?: unknown): Promise<T> =>
    page.evaluate(`wallet.${name}(${argument === undefined ? '' : JSON.stringify(argument)})`);
  const attest = async (zone: string, request: AttestationRequest) =>
    inPage('accept', (await office.organizer.attest(zone, request)).body.statements);

  it('enrols with the nodes and registers through the gateway', async () => {
    const zone = specimenPassport({ surname: 'ERIKSSON', givenName: 'ANNA', number: newDocumentNumber() });
    const { attestor: desk, policy } = await office.organizer.identityPolicy();
    const identity = identityOf(readMrz(zone), identityPolicyOf(policy)).text;
    await attest(zone, await inPage<AttestationRequest>('masterRequest', { identity, desk }));
    await inPage('enrol');
    await attest(zone, await inPage<AttestationRequest>('eventRequest', desk));
  });

  it('buys with a credential', async () => {
    const purchase = {
      ...{ event: EVENT, seller: 'OrganizerMSP', wanted: { seats: ['pit:1'] }, currency: 'EUR', maxTotalMinor: 1_800 },
      paymentReference: 'browser-wallet-1',
    };
    const bought = await inPage<{ readonly holder: string; readonly request: string }>('buy', purchase);
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
    await open();
    expect(await inPage('holderAt', EVENT)).to.equal(holder);
  });

  it('complained of nothing', () => expect(witness.complaints).to.deep.equal([]));
});

/** An event for enrolled people, once the committee has its key. */
async function announce({ organizer }: BoxOffice): Promise<void> {
  const policy = { credentialRequired: true, perPersonLimit: { primary: 2, resale: 2 } };
  const name = 'For people';
  await organizer.createEvent({
    ...{ event: EVENT, name, venue: 'VenueMSP', currency: 'EUR', schedule: openSchedule(), policy },
  });
  const price = { priceClass: 'standing', facePriceMinor: 1_800, fees: [] };
  const pool = { section: 'pit', from: 1, to: 50 };
  await organizer.createAllotment(EVENT, { allotment: 'pit', seller: 'OrganizerMSP', ...price, pool });
  await until(() => hasKey(organizer));
}

async function hasKey(organizer: GuichetClient): Promise<boolean> {
  try {
    return (await organizer.key(EVENT)).usable !== undefined;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
