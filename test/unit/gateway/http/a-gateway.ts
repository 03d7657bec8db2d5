/** Gateways for tests: the real application on a real port, over the network in memory and a signer that keeps its keys in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { Kysely, PostgresDialect } from 'kysely';
import type { IdentityPolicy } from '../../../../committee/identity/index.js';
import { KeptAnswers } from '../../../../gateway/answers/kept-answers.js';
import { createApp } from '../../../../gateway/app.js';
import { createAuth, type AuthOptions } from '../../../../gateway/auth/create-auth.js';
import { GuichetClient } from '../../../../gateway/client/guichet-client.js';
import { ClientError } from '../../../../committee/client/index.js';
import type { Closings } from '../../../../gateway/markets/closings.js';
import type { Submitter } from '../../../../gateway/fabric/ledger.js';
import type { Operation } from '../../../../gateway/http/operation.js';
import { listen, type Listening } from '../../../../committee/service/listen.js';
import type { ReadGate } from '../../../../gateway/http/middleware/shed-reads.js';
import type { Services } from '../../../../gateway/http/services.js';
import { systemClock, type Clock } from '../../../../gateway/fabric/clock.js';
import { Metrics } from '../../../../gateway/metrics/metrics.js';
import { ReadModel } from '../../../../gateway/projection/read-model.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import type { PaymentsOptions } from '../../../../gateway/payments/payments.js';
import { createServices, type ServicesOptions } from '../../../../gateway/services.js';
import type { HoldBook } from '../../../../gateway/holds/hold-book.js';
import { KeyStore } from '../../../../gateway/signer/key-store.js';
import { SignatureLimit } from '../../../../gateway/signer/signature-limit.js';
import { SignatureLog } from '../../../../gateway/signer/signature-log.js';
import { Signer } from '../../../../gateway/signer/signer.js';
import type { LedgerBlocks } from '../../../../gateway/statements/ledger-blocks.js';
import { Statements } from '../../../../gateway/statements/statements.js';
import { noted } from '../../../support/book-with.js';
import { CHANNEL } from '../../../support/statements.js';
import { aPush } from './a-push.js';
import { requireDocumented, requireHeadersDocumented, toldBy } from './documented.js';
import { MemoryNetwork } from './memory-network.js';

export const TOKEN = 'a-token-of-an-operator-that-nobody-guesses';
/** Documents of Utopia, however old. */
export const IDENTITY_POLICY: IdentityPolicy = {
  ...{ scheme: 'document', accepted: { '*': ['P'] } },
  ...{ acceptExpired: true, acceptSpecimens: true },
};
export const TARIFF = { since: '2020-01-01T00:00:00Z', currency: 'EUR', perCommandMinor: 3 };
const VALIDITY = { notBefore: '2020-01-01T00:00:00Z', notAfter: '2099-01-01T00:00:00Z' };

export interface TestGateway {
  readonly mspId: string;
  readonly network: MemoryNetwork;
  readonly services: Services;
  readonly url: string;
  /** With the operator's token. */
  readonly operator: GuichetClient;
  readonly anybody: GuichetClient;
  readonly listening: Listening;
  /** Lines of the log. */
  readonly log: string[];
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly mspId?: string;
  readonly network?: MemoryNetwork;
  readonly operations?: readonly Operation[];
  /** Takes what operations submit; the keys are registered on the network all the same. */
  readonly submitter?: Submitter;
  /** With an attestor key too. */
  readonly attestor?: boolean;
  readonly attestationsPerMinute?: number;
  /** What nodes say about a market's close; they say nothing unless given. */
  readonly closings?: Closings;
  /** One in which nothing can be written, unless given. */
  readonly holdBook?: HoldBook;
  readonly lanes?: ServicesOptions['lanes'];
  readonly maxHeldSeats?: number;
  /** One that never opens, unless given. */
  readonly readModel?: Services['readModel'];
  /** It stays, and its store answers, unless given. */
  readonly health?: Services['health'];
  /** One that nothing can be read from, unless given; whoever gives one closes it. */
  readonly store?: Store;
  /** Whom it believes beside its operator, and how many requests it takes; any number unless given. */
  readonly auth?: Pick<AuthOptions, 'limits'> & Partial<Pick<AuthOptions, 'oidc' | 'clock'>>;
  readonly proxies?: number;
  readonly payments?: PaymentsOptions;
  readonly push?: Services['push'];
  readonly readGate?: ReadGate;
  /** Of what is asked only so often; the system's unless given. */
  readonly clock?: Clock;
  /** What statements are read from; the network's unless given. */
  readonly ledgerBlocks?: LedgerBlocks;
}

const WELL = { isLeaving: () => false, storeAnswers: () => Promise.resolve() };
const silent = () => Promise.reject(new ClientError('NODES_TOO_FEW'));
const NO_CLOSINGS: Closings = { enough: silent, all: silent };

/** OrganizerMSP's gateway, unless told otherwise, with an event and a seller key registered. */
export async function aGateway({
  mspId = 'OrganizerMSP',
  network = new MemoryNetwork(),
  operations,
  submitter,
  attestor = false,
  attestationsPerMinute = 1_000,
  closings,
  readModel = unopened(),
  health = WELL,
  store: kept = noStore(),
  auth: believes = {},
  proxies = 0,
  payments,
  push = aPush(),
  holdBook = NO_HOLDS,
  lanes,
  maxHeldSeats = 1_000,
  readGate,
  clock,
  ledgerBlocks = network.ledgerBlocks,
}: GatewayOptions = {}): Promise<TestGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'guichet-gateway-'));
  const store = await KeyStore.open({ directory: join(directory, 'keys'), encryptionKeyFile: join(directory, 'key') });
  const signatures = await SignatureLog.open(join(directory, 'log'));
  const signer = new Signer({ store, log: signatures, limit: new SignatureLimit({ signaturesPerMinute: 10_000 }) });
  const place = { mspId, channel: CHANNEL, consensus: 'bft', publicUrl: 'http://localhost:8080' };
  const holds = noted(holdBook);
  const auth = createAuth({
    ...{ mspId, token: TOKEN, store: kept, records: network, oidc: undefined, report: () => undefined },
    clock: { ...systemClock, now: () => Date.parse(network.now) },
    ...believes,
  });
  const metrics = new Metrics(() => ({
    lanes: { waiting: 0, inFlight: 0 },
    reads: readGate?.levels ?? { reading: 0, limit: 0, shed: 0, inLine: 0, waiting: 0 },
    height: network.height,
    lag: { blocks: 0, ms: 0 },
  }));
  const services = createServices({
    ...auth.services,
    place,
    signer,
    network,
    records: network,
    blocks: network,
    submitter: submitter ?? network.submitterOf(mspId),
    nowMs: () => Date.parse(network.now),
    seenHeight: () => network.height,
    reachHeight: (blocks) => Promise.resolve(network.height >= blocks),
    identityPolicy: IDENTITY_POLICY,
    closings: closings ?? NO_CLOSINGS,
    attestationsPerMinute,
    health,
    countRefusal: (code) => metrics.refused(code),
    ...(clock && { clock }),
    readModel,
    payments,
    push,
    keptAnswers: new KeptAnswers({
      store: kept,
      key: STORE_KEY,
      nowMs: () => Date.parse(network.now),
      report: alarmed,
    }),
    ...{ holdBook: holds.book, maxHeldSeats, report: () => undefined, ...(lanes && { lanes }) },
    statements: new Statements({ blocks: ledgerBlocks, tariffs: [TARIFF], report: () => undefined }),
  });
  const log: string[] = [];
  const logger: Logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const { callers } = auth;
  const app = createApp({
    services,
    logger,
    metrics,
    callers,
    proxies,
    ...(operations && { operations }),
    ...(readGate && { readGate }),
  });
  const told = toldBy(app);
  const listening = await listen(app, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${listening.port}`;
  const operator = new GuichetClient({ baseUrl: url, token: TOKEN });
  for (const [use, signerUse] of [
    ['event', 'event-creation'],
    ['seller', 'seller'],
    ...(attestor ? ([['attestor', 'attestor']] as const) : []),
  ] as const) {
    const { jwk, kid } = await signer.createKey(signerUse, 'test');
    await network
      .submitterOf(mspId)
      .submit({ kind: 'keys.register', id: `test-${kid.slice(0, 20)}`, use, jwk, ...VALIDITY });
  }
  return {
    mspId,
    network,
    services,
    url,
    operator,
    listening,
    log,
    anybody: new GuichetClient({ baseUrl: url }),
    async close() {
      await listening.drain();
      await holds.settled();
      await auth.close();
      requireDocumented(log, operations);
      requireHeadersDocumented(told, operations);
      await signatures.close();
      await rm(directory, { recursive: true });
    },
  };
}

export const STORE_KEY = Buffer.alloc(32, 5);
const alarmed = (_: string, message: string, { cause }: { readonly cause?: unknown } = {}): never => {
  throw new Error(message, { cause });
};

const unwritten = () => Promise.reject(new Error('there is no book of holds'));
/** Nobody holds anything. */
export const NO_HOLDS: HoldBook = {
  isShared: false,
  add: unwritten,
  find: () => Promise.resolve(undefined),
  findAsked: unwritten,
  extend: unwritten,
  sold: unwritten,
  release: unwritten,
  takeBack: unwritten,
  heldOf: () => Promise.resolve([]),
  heldAmong: () => Promise.resolve([]),
  markSelling: unwritten,
  sellingOf: unwritten,
  sellingAmong: unwritten,
  forgetSelling: unwritten,
  forget: unwritten,
};

const unopened = (): ReadModel =>
  new ReadModel({
    open: () => Promise.reject(new Error('there is none')),
    blocks: { height: () => Promise.resolve(0), follow: () => Promise.reject(new Error('there is none')) },
    channel: CHANNEL,
    chaincode: 'guichet',
    clock: systemClock,
    random: Math.random,
    report: () => undefined,
  });

const noStore = (): Store =>
  new Kysely({ dialect: new PostgresDialect({ pool: () => Promise.reject(new Error('there is none')) }) });
