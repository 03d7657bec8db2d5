/**
 * A fan who has shown a document once: a wallet of committee/wallet as a browser would have it, and what the box office and the door see of its owner, a
 * specimen passport. The wallet is given the committee with the program: here from the organizer's gateway, which in a tour is believed.
 */
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import { identityOf, readMrz } from '../../committee/identity/index.js';
import {
  acceptHandles,
  createStorageKey,
  credentialFor,
  enrol,
  eventHandlesRequest,
  gateMaterialFor,
  marketWalletFor,
  memoryStorage,
  prepareHandles,
  StateStore,
  walletFor,
  type GateMaterial,
  type MarketTerms,
  type MarketWallet,
  type Wallet,
  type WalletServices,
} from '../../committee/wallet/index.js';
import { holderFor, type Holder } from '../../committee/wallet/event-credential.js';
import type { AttestationRequest } from '../attestation/attestation-desk.js';
import { identityPolicyOf } from '../attestation/identity-policy.js';
import type { Answer } from '../client/guichet-client.js';
import type { EnrolmentReceipt, PersonReceipt } from '../client/resources.js';
import { WalletLedger } from '../client/wallet-ledger.js';
import type { Party, Stage } from './cast.js';
import { StoryBroken } from './narrator.js';
import { newDocumentNumber, specimenPassport } from './specimen.js';

/** Few: the tour goes to one event. */
const HANDLES = 2;

export interface Passport {
  readonly zone: string;
  /** As the consortium's policy reads it. */
  readonly identity: string;
}

export async function issuePassport({ organizer }: Stage, surname: string, givenName: string): Promise<Passport> {
  const zone = specimenPassport({ surname, givenName, number: newDocumentNumber() });
  const { policy } = await organizer.client.identityPolicy();
  return { zone, identity: identityOf(readMrz(zone), identityPolicyOf(policy)).text };
}

export interface PersonOptions {
  readonly passport: Passport;
  /** Looks at the passport and signs the handles. */
  readonly attestor: Party;
  /** Does not ask the ledger whether its owner is registered: a wallet that would have him registered twice. */
  readonly brazen?: boolean;
}

type Receipt = PersonReceipt | EnrolmentReceipt;

export class Person {
  readonly passport: Passport;
  readonly #attestor: Party;
  readonly #services: WalletServices;
  readonly #receipts: Receipt[] = [];

  private constructor(stage: Stage, { passport, attestor, brazen = false }: PersonOptions, own: Own) {
    this.passport = passport;
    this.#attestor = attestor;
    // Not the box office's gateway: whoever sees the document need not see the registration.
    const { client } = stage.venue;
    const ledger = new WalletLedger({ client, onRegistered: (receipt) => void this.#receipts.push(receipt) });
    const { channel, nodes } = stage;
    const services = { ...own, suite: nodeSuite, channel, nodes, ledger, random: randomScalar, now: Date.now };
    this.#services = brazen ? { ...services, ledger: withoutLooking(ledger) } : services;
  }

  static async with(stage: Stage, options: PersonOptions): Promise<Person> {
    const { channel, organizer } = stage;
    const pinned = [await organizer.client.committee()];
    const store = await StateStore.open({ storage: memoryStorage(), key: await createStorageKey(), channel });
    return new Person(stage, options, { pinned, store });
  }

  /** Shows the passport, is registered, and has the handles for events signed. */
  async register(): Promise<Answer<PersonReceipt>> {
    const desk = this.#attestor.mspId;
    await this.#attest(await prepareHandles({ identity: this.passport.identity, desk }, this.#services, HANDLES));
    await enrol(this.#services);
    await this.#attest(eventHandlesRequest(desk, this.#services));
    return this.#answer((receipt) => 'person' in receipt);
  }

  /** Has a pseudonym made for an event, out of a handle that serves no other. */
  async goTo(event: string): Promise<Answer<EnrolmentReceipt>> {
    await credentialFor(event, this.#services);
    return this.#answer((receipt) => 'credential' in receipt);
  }

  /** What signs at this event. */
  walletFor(event: string): Promise<Wallet> {
    return walletFor(event, this.#services);
  }

  /** What bids and asks in a sealed market. */
  marketWalletFor(terms: MarketTerms): Promise<MarketWallet> {
    return marketWalletFor(terms, this.#services);
  }

  /** Pseudonym and key at this event, to sign what no wallet would. */
  holderFor(event: string): Promise<Holder> {
    return holderFor(event, this.#services);
  }

  /** What a gate without a connection is shown, together with the passport. */
  gateMaterialFor(event: string): GateMaterial {
    return gateMaterialFor(event, this.#services);
  }

  async #attest(request: AttestationRequest): Promise<void> {
    const { body } = await this.#attestor.client.attest(this.passport.zone, request);
    await acceptHandles(body.statements, this.#services);
  }

  #answer<R extends Receipt>(isKind: (receipt: Receipt) => boolean): Answer<R> {
    const body = this.#receipts.findLast(isKind);
    if (!body) throw new StoryBroken('the wallet has registered nothing');
    return { body: body as R, replayed: false };
  }
}

type Own = Pick<WalletServices, 'pinned' | 'store'>;

const withoutLooking = (ledger: WalletLedger): WalletServices['ledger'] => ({
  key: (owner) => ledger.key(owner),
  boundKey: () => Promise.resolve(undefined),
  submit: (command) => ledger.submit(command),
});
