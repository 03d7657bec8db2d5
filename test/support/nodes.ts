/** Committee nodes in one process: their own stores and keepers over the ledger in memory, with a clock that stands until it is moved. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyJws } from '../../chaincode/crypto/jws.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import type { Key } from '../../chaincode/domain/keys.js';
import { timestampAt, type Clock } from '../../committee/clock.js';
import { StoredKeys } from '../../committee/keys/held-keys.js';
import { KeyKeeper, soonest, type Tended } from '../../committee/keys/keeper.js';
import { KeyLedger, type LedgerView } from '../../committee/keys/key-ledger.js';
import type { KeyReport } from '../../committee/keys/report.js';
import type { MarketReport } from '../../committee/market/report.js';
import { Revealer } from '../../committee/market/revealer.js';
import type { Command, Submitter } from '../../committee/ledger/submitter.js';
import { DailyCounts } from '../../committee/node/daily-counts.js';
import type { NodeServices } from '../../committee/node/services.js';
import { Bindings, type Limits } from '../../committee/storage/bindings.js';
import { fileSteps, type FileSteps } from '../../committee/storage/durable-file.js';
import { ShareStore } from '../../committee/storage/share-store.js';
import { SigningKey } from '../../committee/storage/signing-key.js';
import type { TestCommittee } from './committee.js';
import { CHANNEL, NOW, type TestKey } from './statements.js';
import type { TestLedger } from './test-ledger.js';

export class TestClock implements Clock {
  ms = Date.parse(NOW);
  readonly now = (): number => this.ms;
  readonly sleep = (ms: number): Promise<void> => {
    this.ms += ms;
    return Promise.resolve();
  };
  get timestamp(): string {
    return timestampAt(this.ms);
  }
}

export const viewOf = (ledger: TestLedger): LedgerView => ({
  readAll: <T>(keys: readonly Key<T>[]) => Promise.resolve(keys.map((key) => ledger.read(key))),
  list: (prefix) => {
    const found = [...ledger.records()].filter(([key]) => key.startsWith(prefix));
    return Promise.resolve(found.map(([key, record]) => ({ key, record })).sort((a, b) => (a.key < b.key ? -1 : 1)));
  },
});

export interface TestNodeOptions {
  readonly ledger: TestLedger;
  readonly clock: TestClock;
  readonly mspId: string;
  readonly node: string;
  readonly key: TestKey;
  readonly limits?: Partial<Limits>;
  /** Stands before each step that reaches the disk or the ledger: it may throw. */
  readonly before?: (step: string) => void;
}

const quiet: KeyReport = {
  seen: () => undefined,
  followed: () => undefined,
  lost: () => undefined,
  submitted: () => undefined,
};

/** A node with a folder of its own. `restart` opens it anew from what is on disk. */
export class TestCommitteeNode {
  readonly mspId: string;
  readonly key: TestKey;
  /** What it submitted, in order. */
  readonly submitted: Command[] = [];
  /** Faults of the ledger that it reported. */
  readonly lost: string[] = [];
  /** Markets whose root it found to be another than that on the ledger. */
  readonly alarms: string[] = [];
  readonly #options: TestNodeOptions;
  readonly #directory: string;
  #keeper!: KeyKeeper;
  #revealer!: Revealer;
  #store!: ShareStore;
  #bindings!: Bindings;

  private constructor(options: TestNodeOptions, directory: string) {
    this.#options = options;
    this.#directory = directory;
    this.mspId = options.mspId;
    this.key = options.key;
  }

  static async start(options: TestNodeOptions): Promise<TestCommitteeNode> {
    const node = new TestCommitteeNode(options, await mkdtemp(join(tmpdir(), 'guichet-node-')));
    await node.restart();
    return node;
  }

  get store(): ShareStore {
    return this.#store;
  }

  get keeper(): KeyKeeper {
    return this.#keeper;
  }

  /** One look at a key, and at what may be revealed with it. */
  async tend(owner: string): Promise<Tended> {
    return soonest([await this.#keeper.tend(owner), await this.#revealer.tend(owner)]);
  }

  get directory(): string {
    return this.#directory;
  }

  get services(): NodeServices {
    const { clock, ledger, mspId, node } = this.#options;
    const { now } = clock;
    const records = { read: <T>(key: Key<T>) => Promise.resolve(ledger.read(key)) };
    return {
      mspId,
      node,
      channel: CHANNEL,
      suite: nodeSuite,
      verifySignature: verifyJws,
      records,
      persons: records,
      now,
      keys: new StoredKeys({ records, store: this.#store }),
      bindings: this.#bindings,
      checksOfDevices: new DailyCounts({ limitPerDay: 3, code: 'DEVICE_LIMIT_REACHED', now }),
      signer: this.#signer(),
    };
  }

  async restart(): Promise<void> {
    const { clock, ledger, before = () => undefined, limits } = this.#options;
    const steps: FileSteps = {
      write: (file, content) =>
        passing(
          () => before('write'),
          () => fileSteps.write(file, content),
        ),
      rename: (from, to) =>
        passing(
          () => before('rename'),
          () => fileSteps.rename(from, to),
        ),
      remove: (file) =>
        passing(
          () => before('remove'),
          () => fileSteps.remove(file),
        ),
      syncDirectory: (directory) =>
        passing(
          () => before('sync'),
          () => fileSteps.syncDirectory(directory),
        ),
    };
    this.#store = await ShareStore.open({
      directory: join(this.#directory, 'shares'),
      nodeKey: Buffer.alloc(32, this.mspId),
      steps,
    });
    this.#bindings = await Bindings.open({
      directory: join(this.#directory, 'bindings'),
      limitsPerDay: { master: 100, event: 100, ...limits },
      now: clock.now,
    });
    this.#keeper = new KeyKeeper({
      channel: CHANNEL,
      ledger: new KeyLedger(viewOf(ledger)),
      submitter: this.#submitter(before),
      store: this.#store,
      signer: this.#signer(),
      clock,
      report: { ...quiet, lost: (_, { code }) => void this.lost.push(code) },
    });
    const report: MarketReport = {
      rootDiffers: (market) => void this.alarms.push(market),
      submitted: () => undefined,
    };
    const { keys, signer } = this.services;
    this.#revealer = new Revealer({
      channel: CHANNEL,
      ledger: viewOf(ledger),
      keys,
      submitter: this.#submitter(before),
      signer,
      clock,
      report,
    });
  }

  async close(): Promise<void> {
    await this.#bindings.close();
    await rm(this.#directory, { recursive: true });
  }

  #signer(): SigningKey {
    return new SigningKey(this.key.privateKey.export({ format: 'jwk' }) as never);
  }

  #submitter(before: (step: string) => void): Submitter {
    const { ledger, clock } = this.#options;
    return {
      submit: (commands) =>
        passing(
          () => before('submit'),
          () => {
            this.submitted.push(...commands);
            const outcomes = ledger.submit(commands, { caller: this.mspId, now: clock.timestamp });
            before('submitted');
            return Promise.resolve({ code: 'VALID', outcomes });
          },
        ),
    };
  }
}

async function passing<T>(gate: () => void, go: () => Promise<T>): Promise<T> {
  gate();
  return await go();
}

export interface StartOptions extends Pick<TestNodeOptions, 'limits'> {
  readonly before?: (at: number, step: string) => void;
}

/** A node for each member of the committee, in the order of their indexes. */
export function startNodes(
  ledger: TestLedger,
  { nodes }: TestCommittee,
  clock: TestClock,
  { before, limits }: StartOptions = {},
): Promise<TestCommitteeNode[]> {
  const msps = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP', 'TrusteeMSP'];
  return Promise.all(
    nodes.map((key, at) =>
      TestCommitteeNode.start({
        ledger,
        clock,
        key,
        mspId: msps[at % msps.length]!,
        node: `committee-${at}`,
        ...(limits && { limits }),
        ...(before && { before: (step: string) => before(at, step) }),
      }),
    ),
  );
}

/** All of them look at a key in turn until none has anything to do, or for so many turns. A second passes with each. */
export async function tendAll(
  nodes: readonly TestCommitteeNode[],
  owner: string,
  clock: TestClock,
  turns = 60,
): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const tended: string[] = [];
    for (const node of nodes) tended.push(await node.tend(owner));
    if (tended.every((each) => each === 'settled')) return;
    clock.ms += 1_000;
  }
}
