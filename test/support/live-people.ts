/** People on the running network: a specimen passport of its own each, a wallet of committee/wallet, an attestor's desk and another organization's gateway. */
import { createPrivateKey, randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import { httpNode, type NodeClient, type PinnedCommittee } from '../../committee/client/index.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import { identityOf, readMrz } from '../../committee/identity/index.js';
import {
  acceptHandles,
  createStorageKey,
  credentialFor,
  enrol,
  eventHandlesRequest,
  memoryStorage,
  prepareHandles,
  StateStore,
  unusedHandles,
  type LedgerClient,
  type Registered,
  type WalletServices,
} from '../../committee/wallet/index.js';
import type { HeldKey } from '../../committee/wallet/state.js';
import type { AttestationRequest } from '../../gateway/attestation/attestation-desk.js';
import { identityPolicyOf } from '../../gateway/attestation/identity-policy.js';
import { ProblemError } from '../../gateway/client/problem-error.js';
import { WalletLedger } from '../../gateway/client/wallet-ledger.js';
import { newDocumentNumber, specimenPassport } from '../../gateway/tour/specimen.js';
import { codeOf } from './code-of.js';
import type { TestKey } from './keys.js';
import type { Party, RealNetwork } from './real-network.js';
import { until } from './until.js';

const NAME_LETTERS = 11;
const PATIENT_MS = 60_000;
const PAUSE_MS = 500;

export interface Passport {
  readonly surname: string;
  readonly givenName: string;
  readonly number: string;
  readonly zone: string;
  /** As the consortium's policy reads it. */
  readonly identity: string;
}

/** Nobody else is called like that, so that whoever searches for the name finds this person or nobody. */
const newName = (): string =>
  Array.from({ length: NAME_LETTERS }, () => String.fromCharCode('A'.charCodeAt(0) + randomInt(26))).join('');

export async function newPassport({ organizer }: RealNetwork): Promise<Passport> {
  const printed = { surname: newName(), givenName: newName(), number: newDocumentNumber() };
  const zone = specimenPassport(printed);
  const { policy } = await organizer.client.identityPolicy();
  return { ...printed, zone, identity: identityOf(readMrz(zone), identityPolicyOf(policy)).text };
}

/** The committee's nodes, as wallets reach them. */
export const nodesOf = ({ plan }: RealNetwork): readonly NodeClient[] =>
  plan.committeeNodes.map(({ organization: { mspId }, node, host, port }) =>
    // Looked up at each call: a suite may record what is fetched.
    httpNode({ mspId, node, baseUrl: `http://${host}:${port}`, fetch: (url, init) => fetch(url, init) }),
  );

export interface PersonOptions {
  readonly network: RealNetwork;
  /** Looks at the passport. */
  readonly attestor: Party;
  /** Whose gateway the wallet goes through. */
  readonly gateway: Party;
  /** A new one unless given. */
  readonly passport?: Passport;
  /** Comes between the wallet and its gateway. */
  readonly ledger?: (ledger: LedgerClient) => LedgerClient;
}

const everybody: LivePerson[] = [];
/** Everyone that any suite of this run has made. */
export const livePeople = (): readonly LivePerson[] => everybody;

let since: number | undefined;
/** The first block in which there may be any of them. */
export const blockOfFirst = (): number => since ?? 0;

export class LivePerson {
  readonly passport: Passport;
  readonly attestor: Party;
  readonly gateway: Party;
  readonly services: WalletServices;

  private constructor({ attestor, gateway }: PersonOptions, passport: Passport, services: WalletServices) {
    this.passport = passport;
    this.attestor = attestor;
    this.gateway = gateway;
    this.services = services;
    everybody.push(this);
  }

  static async with(options: PersonOptions): Promise<LivePerson> {
    const { network, gateway, passport = await newPassport(network), ledger = (same: LedgerClient) => same } = options;
    const { channel } = gateway.profile;
    since ??= (await gateway.client.ready()).height - 1;
    const store = await StateStore.open({ storage: memoryStorage(), key: await createStorageKey(), channel });
    const pinned: PinnedCommittee[] = [await gateway.client.committee()];
    const own = { store, channel, pinned, nodes: nodesOf(network), suite: nodeSuite };
    const through = ledger(new WalletLedger({ client: gateway.client }));
    const services = { ...own, ledger: through, random: randomScalar, now: Date.now, timeoutMs: PATIENT_MS };
    return new LivePerson(options, passport, services);
  }

  /** Goes to the desk with a fresh master handle, and some for events. */
  async beSeen(events: number): Promise<void> {
    await this.#show(
      await prepareHandles({ identity: this.passport.identity, desk: this.attestor.mspId }, this.services, events),
    );
  }

  /** From the first look at the passport to handles for events. */
  async register(events: number): Promise<void> {
    await this.beSeen(events);
    await enrol(this.services);
    if (events > 0) await this.#show(eventHandlesRequest(this.attestor.mspId, this.services));
  }

  goTo(event: string): Promise<Registered> {
    return credentialFor(event, this.services);
  }

  /** The person's approval of a replaced key, by this party's clerk. */
  async approval(by: Party, request: AttestationRequest): Promise<string> {
    const { body } = await by.client.attest(this.passport.zone, request);
    return body.statements[0]!;
  }

  /** The same wallet on another phone, on which of its handles for events this one alone is left. */
  async withHandle(at: number, options: Omit<PersonOptions, 'attestor' | 'passport'>): Promise<LivePerson> {
    const { attestor, passport, services } = this;
    const other = await LivePerson.with({ ...options, attestor, passport });
    const { state } = services.store;
    const handle = unusedHandles(state, Date.now())[at]!;
    await other.services.store.update(() => ({ ...state, blinded: [handle] }));
    return other;
  }

  /** As a wallet that was never at the event. */
  async forget(event: string): Promise<void> {
    await this.services.store.update((state) => {
      const { [event]: _, ...credentials } = state.credentials;
      return { ...state, credentials };
    });
  }

  get masterKey(): TestKey {
    return testKeyOf(this.services.store.state.person.current!);
  }

  /** What the test's builders sign with in this person's name. */
  keyAt(event: string): TestKey {
    const { subject, current } = this.services.store.state.credentials[event] ?? {};
    return { ...testKeyOf(current!), credential: subject! };
  }

  async #show(request: AttestationRequest): Promise<void> {
    for (;;) {
      try {
        const { body } = await this.attestor.client.attest(this.passport.zone, request);
        await acceptHandles(body.statements, this.services);
        return;
      } catch (error) {
        // A clerk looks at so many documents in a minute.
        if (!(error instanceof ProblemError) || error.code !== 'ATTESTOR_LIMIT_REACHED') throw error;
        await setTimeout(PAUSE_MS);
      }
    }
  }
}

function testKeyOf({ key }: HeldKey): TestKey {
  const { kty, crv, x, y } = key;
  const jwk = { kty, crv, x, y };
  return { jwk, kid: thumbprintOf(jwk), privateKey: createPrivateKey({ key, format: 'jwk' }) };
}

/** Until the committee holds the event's key; everybody's peer knows of it. */
export async function keyMade({ organizer, reseller, venue }: RealNetwork, event: string): Promise<void> {
  for (const { client } of [organizer, reseller, venue])
    await until(async () => {
      let usable = false;
      const code = await codeOf(client.key(event).then((key) => (usable = key.usable !== undefined)));
      return code === 'accepted' ? usable : false;
    });
}
