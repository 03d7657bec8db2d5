/** Somebody's wallet: the library in the real browser, on a page of another origin than any gateway's, and what the clerk at the desk does for its owner. */
import { identityOf, readMrz } from '../../committee/identity/index.js';
import { identityPolicyOf } from '../../gateway/attestation/identity-policy.js';
import type { AttestationRequest } from '../../gateway/attestation/attestation-desk.js';
import { newDocumentNumber, specimenPassport } from '../../gateway/tour/specimen.js';
import { anotherOrigin, type Origin } from './another-origin.js';
import type { BoxOffice } from './box-office.js';
import { aPage, type Witness } from './browser.js';

export class BrowserWallet {
  readonly #office: BoxOffice;
  readonly #origin: Origin;
  readonly witness: Witness;

  private constructor(office: BoxOffice, origin: Origin, witness: Witness) {
    this.#office = office;
    this.#origin = origin;
    this.witness = witness;
  }

  static async at(office: BoxOffice): Promise<BrowserWallet> {
    const wallet = new BrowserWallet(office, await anotherOrigin(), await aPage());
    await wallet.open();
    return wallet;
  }

  /** As if the browser had been started anew: only what it stores is left. */
  async open(): Promise<void> {
    const { page } = this.witness;
    await page.goto(this.#origin.url);
    await page.waitForFunction('globalThis.wallet !== undefined');
    await this.call('open', { gateway: this.#office.url, nodes: this.#office.nodes });
  }

  /** A function of wallet-page.js. */
  call<T>(name: string, argument?: unknown): Promise<T> {
    return this.witness.page.evaluate(`wallet.${name}(${argument === undefined ? '' : JSON.stringify(argument)})`);
  }

  /** With a new specimen passport, until there are handles for events. */
  async enrol(surname: string, givenName: string): Promise<void> {
    const { organizer } = this.#office;
    const zone = specimenPassport({ surname, givenName, number: newDocumentNumber() });
    const { attestor: desk, policy } = await organizer.identityPolicy();
    const identity = identityOf(readMrz(zone), identityPolicyOf(policy)).text;
    const attest = async (request: AttestationRequest) =>
      this.call('accept', (await organizer.attest(zone, request)).body.statements);
    await attest(await this.call('masterRequest', { identity, desk }));
    await this.call('enrol');
    await attest(await this.call('eventRequest', desk));
  }

  async close(): Promise<void> {
    await this.witness.page.close();
    await this.#origin.close();
  }
}
