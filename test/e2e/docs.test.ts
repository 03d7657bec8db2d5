/** The rendered interface in a real browser, from a gateway over the network in memory: what it shows does not depend on the ledger. */
import { expect } from 'chai';
import { EXAMPLES } from '../../gateway/contract/examples.js';
import { aGateway, type TestGateway } from '../unit/gateway/http/a-gateway.js';
import { aPage, type Witness } from './browser.js';

/** Writes and answers each have one. */
const OPERATION = 'createHold';

describe('rendered documentation in a browser', () => {
  let gateway: TestGateway;
  let witness: Witness;
  before(async () => {
    gateway = await aGateway();
    witness = await aPage();
  });
  after(async () => {
    await witness.page.close();
    await gateway.close();
  });

  it('shows an operation with its examples, complains of nothing and asks no other host', async () => {
    const { page, complaints, hosts } = witness;
    // The document is a megabyte, of which the page makes all at once.
    await page.goto(`${gateway.url}/v1/docs`);
    await page.locator('#operations-tag-sales').click();
    const operation = page.locator(`.opblock[id$="-${OPERATION}"]`);
    await operation.locator('.opblock-summary-control').click();
    const shownIn = async (part: string) =>
      JSON.parse(await operation.locator(`${part} .highlight-code code`).first().innerText()) as unknown;
    const { request, answers } = EXAMPLES[OPERATION]!;
    expect(await shownIn('.opblock-section-request-body')).to.deep.equal(request);
    expect(await shownIn('.responses-wrapper .response[data-code="201"]')).to.deep.equal(answers['201']);
    expect(complaints).to.deep.equal([]);
    expect([...hosts].filter((host) => host !== '')).to.deep.equal(['127.0.0.1']);
  });
});
