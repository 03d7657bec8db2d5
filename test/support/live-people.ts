/** People on the running network: a specimen passport of its own each, a wallet of committee/wallet, an attestor's desk and another organization's gateway. */
import { createPrivateKey } from 'node:crypto';
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import {
  credentialFor,
  prepareHandles,
  unusedHandles,
  type LedgerClient,
  type Registered,
  type WalletServices,
} from '../../committee/wallet/index.js';
import type { HeldKey } from '../../committee/wallet/state.js';
import type { AttestationRequest } from '../../gateway/attestation/attestation-desk.js';
import type { TestKey } from './keys.js';
import { heldByAll, nodesOf } from './real-nodes.js';
import type { Party, RealNetwork } from './real-network.js';
import { aPassport, aWallet, haveSigned, keyWhen, showPassport, type Passport } from './real-wallets.js';

const PATIENT_MS = 60_000;

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
    const {
      network,
      gateway,
      passport = await aPassport(network.organizer),
      ledger = (same: LedgerClient) => same,
    } = options;
    since ??= (await gateway.client.ready()).height - 1;
    const wallet = await aWallet(gateway, { nodes: nodesOf(network.plan), timeoutMs: PATIENT_MS });
    return new LivePerson(options, passport, { ...wallet, ledger: ledger(wallet.ledger) });
  }

  /** Goes to the desk with a fresh master handle, and some for events. */
  async beSeen(events: number): Promise<void> {
    const { passport, attestor, services } = this;
    const visit = { identity: passport.identity, desk: attestor.mspId };
    await haveSigned(passport.zone, attestor, await prepareHandles(visit, services, events), services);
  }

  /** From the first look at the passport to handles for events. */
  async register(events: number): Promise<void> {
    await showPassport(this.passport, this.attestor, this.services, events);
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
}

function testKeyOf({ key }: HeldKey): TestKey {
  const { kty, crv, x, y } = key;
  const jwk = { kty, crv, x, y };
  return { jwk, kid: thumbprintOf(jwk), privateKey: createPrivateKey({ key, format: 'jwk' }) };
}

/** Until the committee holds the event's key: everybody's peer knows of it, and each of the nodes has its share. */
export async function keyMade(
  { plan, organizer, reseller, venue }: RealNetwork,
  event: string,
  nodes = plan.committeeNodes,
): Promise<void> {
  for (const party of [organizer, reseller, venue]) await keyWhen(party, event, ({ usable }) => usable !== undefined);
  await heldByAll(nodes, event);
}
