/** People on a real network: a specimen passport, a wallet over HTTP, and an organization's desk that has looked at the one and signed for the other. */
import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import type { NodeClient, PinnedCommittee } from '../../committee/client/index.js';
import { randomScalar } from '../../committee/crypto/secrets.js';
import { identityOf, readMrz } from '../../committee/identity/index.js';
import {
  acceptHandles,
  createStorageKey,
  enrol,
  eventHandlesRequest,
  memoryStorage,
  prepareHandles,
  StateStore,
  type Registered,
  type WalletServices,
} from '../../committee/wallet/index.js';
import type { AttestationRequest } from '../../gateway/attestation/attestation-desk.js';
import { identityPolicyOf } from '../../gateway/attestation/identity-policy.js';
import type { SharedKeyResource } from '../../gateway/client/resources.js';
import { ProblemError } from '../../gateway/client/problem-error.js';
import { WalletLedger } from '../../gateway/client/wallet-ledger.js';
import { newDocumentNumber, specimenPassport } from '../../gateway/tour/specimen.js';
import { openSchedule } from './live-scene.js';
import { VENUE, type Party } from './real-network.js';
import { until } from './until.js';

const NAME_LETTERS = 11;
const PAUSE_MS = 500;
/** For a node on a busy machine. */
const TIMEOUT_MS = 30_000;
/** With a node whose peer has a crowd's blocks to read: longer than any wallet waits for a node. */
export const PATIENCE = { attempts: 200, pauseMs: 300 };

export interface Passport {
  readonly surname: string;
  readonly givenName: string;
  readonly number: string;
  readonly zone: string;
  /** As the consortium's policy reads it. */
  readonly identity: string;
}

const issued: Passport[] = [];
/** Every passport of this run. */
export const issuedPassports = (): readonly Passport[] => issued;

/** Nobody else is called like that, so that whoever searches for the name finds this person or nobody. */
const newName = (): string =>
  Array.from({ length: NAME_LETTERS }, () => String.fromCharCode('A'.charCodeAt(0) + randomInt(26))).join('');

export async function aPassport({ client }: Pick<Party, 'client'>): Promise<Passport> {
  const printed = { surname: newName(), givenName: newName(), number: newDocumentNumber() };
  const zone = specimenPassport(printed);
  const { policy } = await client.identityPolicy();
  const passport = { ...printed, zone, identity: identityOf(readMrz(zone), identityPolicyOf(policy)).text };
  issued.push(passport);
  return passport;
}

export interface WalletOptions {
  readonly nodes: readonly NodeClient[];
  /** Default: the committee as it is now. */
  readonly pinned?: readonly PinnedCommittee[];
  readonly timeoutMs?: number;
}

/** @param party whose gateway it uses */
export async function aWallet({ client, profile }: Party, options: WalletOptions): Promise<WalletServices> {
  const { nodes, pinned = [await client.committee()], timeoutMs = TIMEOUT_MS } = options;
  const { channel } = profile;
  const store = await StateStore.open({ storage: memoryStorage(), key: await createStorageKey(), channel });
  const ledger = new WalletLedger({ client });
  const own = { suite: nodeSuite, random: randomScalar, now: Date.now };
  return { store, nodes, pinned, channel, ledger, timeoutMs, ...own };
}

/** Shows the passport to somebody: the person is registered, or found to be, and has so many handles for events more. */
export async function showPassport(
  { zone, identity }: Passport,
  attestor: Party,
  wallet: WalletServices,
  handles = 4,
): Promise<Registered> {
  await haveSigned(zone, attestor, await prepareHandles({ identity, desk: attestor.mspId }, wallet, handles), wallet);
  const registered = await enrol(wallet, PATIENCE);
  if (handles > 0) await haveSigned(zone, attestor, eventHandlesRequest(attestor.mspId, wallet), wallet);
  return registered;
}

/** At the desk, for as long as it takes: a clerk looks at so many documents in a minute. */
export async function haveSigned(
  zone: string,
  { client }: Party,
  request: AttestationRequest,
  wallet: WalletServices,
): Promise<void> {
  for (;;) {
    try {
      const { body } = await client.attest(zone, request);
      await acceptHandles(body.statements, wallet);
      return;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'ATTESTOR_LIMIT_REACHED') throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}

/** The same wallet, which does not ask the ledger whether its owner is registered. */
export const unaware = ({ ledger, ...wallet }: WalletServices): WalletServices => ({
  ...wallet,
  ledger: {
    key: (owner) => ledger.key(owner),
    boundKey: () => Promise.resolve(undefined),
    submit: (command) => ledger.submit(command),
  },
});

/** An event for enrolled people only. */
export async function createPeoplesEvent({ client }: Party, event: string): Promise<void> {
  const policy = {
    ...{ credentialRequired: true, gateCheck: 'document' as const },
    perPersonLimit: { primary: 4, resale: 4 },
  };
  await client.createEvent({ event, name: event, venue: VENUE, currency: 'GBP', schedule: openSchedule(), policy });
}

/** Waits for what the nodes do by themselves. */
export async function keyWhen(
  { client }: Pick<Party, 'client'>,
  owner: string,
  holds: (key: SharedKeyResource) => boolean,
): Promise<SharedKeyResource> {
  let key: SharedKeyResource | undefined;
  await until(async () => {
    key = await client.key(owner).catch((error: unknown) => {
      if (error instanceof ProblemError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    });
    return key !== undefined && holds(key);
  });
  return key!;
}

export const isUsable = ({ state }: SharedKeyResource): boolean => state === 'usable';
