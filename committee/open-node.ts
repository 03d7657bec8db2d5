/** Puts a node together from its profile: stores, ledger, keys, and what the interface serves. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { verifyJws } from '../chaincode/crypto/jws.js';
import { nodeSuite } from '../chaincode/crypto/node-suite.js';
import { currentCommitteeKey } from '../chaincode/domain/keys.js';
import { systemClock } from './clock.js';
import type { NodeProfile } from './config.js';
import type { Served } from './http/operation.js';
import { StoredKeys } from './keys/held-keys.js';
import { KeyKeeper, soonest } from './keys/keeper.js';
import { KeyLedger } from './keys/key-ledger.js';
import { KeyStatusBoard } from './keys/report.js';
import { Watch } from './keys/watch.js';
import { CachedRecords } from './ledger/cached-records.js';
import { followNews } from './ledger/news.js';
import { Peers } from './ledger/peers.js';
import { LedgerReader, type Witness } from './ledger/reader.js';
import { PeerSubmitter } from './ledger/submitter.js';
import { MarketLog } from './market/report.js';
import { Revealer } from './market/revealer.js';
import { Metrics } from './metrics.js';
import { DailyCounts } from './node/daily-counts.js';
import type { Arithmetic } from './node/services.js';
import type { NodeStatus } from './node/status.js';
import { Bindings } from './storage/bindings.js';
import { loadNodeKey } from './storage/node-key.js';
import { ShareStore } from './storage/share-store.js';
import { loadSigningKey, type SigningKey } from './storage/signing-key.js';

export interface Node {
  readonly served: Served;
  readonly metrics: Metrics;
  /** Follows the ledger until it is told to stop. */
  run(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface Stores {
  readonly signer: SigningKey;
  readonly shares: ShareStore;
  readonly bindings: Bindings;
}

const now = (): number => Date.now();
const onNodeCrypto: Arithmetic = { suite: nodeSuite, verifySignature: verifyJws };

async function openStores({ dataDir, keyFile, limitsPerDay }: NodeProfile): Promise<Stores> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const signingKeyFile = join(dataDir, 'signing-key.json');
  const nodeKey = await loadNodeKey(keyFile, !existsSync(signingKeyFile));
  const signer = await loadSigningKey(signingKeyFile, nodeKey);
  const shares = await ShareStore.open({ directory: join(dataDir, 'shares'), nodeKey });
  const limits = { master: limitsPerDay.masterHandles, event: limitsPerDay.eventHandles };
  const bindings = await Bindings.open({ directory: join(dataDir, 'bindings'), limitsPerDay: limits, now });
  return { signer, shares, bindings };
}

/** @throws {SealBroken | Error} where what is stored can't be opened */
export async function openNode(profile: NodeProfile, logger: Logger): Promise<Node> {
  const { mspId, node, channel, chaincode, limitsPerDay } = profile;
  const stores = await openStores(profile);
  const { signer, shares, bindings } = stores;
  const metrics = new Metrics();
  const peers = new Peers(profile);
  const witnesses = witnessesOf(peers, chaincode);
  const reader = new LedgerReader({ mspId, witnesses });
  const records = new CachedRecords({ records: reader, now });
  const commands = metrics.counter('guichet_committee_commands_total', 'Commands submitted, by result.', ['result']);
  const board = new KeyStatusBoard({ logger, store: shares, kid: signer.kid, commands });
  const ledger = new KeyLedger(reader);
  const submitter = new PeerSubmitter({ peers: peers.all, chaincode });
  const keeper = new KeyKeeper({
    channel,
    ledger,
    submitter,
    store: shares,
    signer,
    clock: systemClock,
    report: board,
  });
  const mismatches = metrics.counter(
    'guichet_committee_market_root_mismatches_total',
    'Looks at a frozen market whose root is not that of its orders.',
  );
  const revealer = new Revealer({
    channel,
    ledger: new LedgerReader({ mspId, witnesses, ownOnly: true }),
    keys: new StoredKeys({ records: reader, store: shares }),
    submitter,
    signer,
    clock: systemClock,
    report: new MarketLog({ logger, mismatches, commands }),
  });
  const watch = new Watch({
    tend: async (owner) => soonest([await keeper.tend(owner), await revealer.tend(owner)]),
    due: () => keeper.due(),
    ownersAt: (event) => ledger.ownersAt(event),
    clock: systemClock,
    onFailure: (key, cause) => logger.warn({ key, err: cause }, 'a key could not be looked after'),
  });
  addGauges(metrics, board, bindings);
  const status: NodeStatus = {
    mspId,
    node,
    jwk: signer.jwk,
    get epoch() {
      return board.epoch;
    },
    get index() {
      return board.index;
    },
    get keys() {
      return board.keys;
    },
    async ready() {
      await records.read(currentCommitteeKey);
    },
  };
  const checksOfDevices = new DailyCounts({ limitPerDay: limitsPerDay.gateChecks, code: 'DEVICE_LIMIT_REACHED', now });
  const keys = new StoredKeys({ records, store: shares });
  const news = {
    peers: peers.all,
    chaincode,
    clock: systemClock,
    onNews: (kind: string, event: string | undefined) => watch.news(kind, event),
    onLost: (address: string, cause: unknown) => logger.warn({ address, err: cause }, 'the news of a peer ended'),
  };
  return {
    served: {
      ...onNodeCrypto,
      ...{ mspId, node, channel, records, persons: reader, keys, bindings, checksOfDevices, signer, now, status },
    },
    metrics,
    async run(signal) {
      await Promise.all([watch.run(signal), followNews(news, signal)]);
    },
    async close() {
      await bindings.close();
      peers.close();
      logger.info({ counts: bindings.counts() }, 'handles of today');
    },
  };
}

const witnessesOf = ({ all }: Peers, chaincode: string): readonly Witness[] =>
  all.map(({ mspId, network }) => ({
    mspId,
    async evaluate(transaction, argument) {
      const options = { arguments: [argument], endorsingOrganizations: [mspId] };
      const answer = await network.getContract(chaincode).evaluate(transaction, options);
      return Buffer.from(answer).toString('utf8');
    },
  }));

function addGauges(metrics: Metrics, board: KeyStatusBoard, bindings: Bindings): void {
  metrics.gauge(
    'guichet_committee_keys',
    'Keys by state, and whether this node has a share.',
    ['state', 'held'],
    () => {
      const counts = new Map<string, number>();
      for (const { state, held } of board.keys) {
        const id = `${state} ${held}`;
        counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      return [...counts].map(([id, value]) => {
        const [state = '', held = ''] = id.split(' ');
        return { labels: { state, held }, value };
      });
    },
  );
  const handles = "Handles that each attestor's key has brought today.";
  metrics.gauge('guichet_committee_handles_today', handles, ['attestor', 'kind'], () =>
    bindings.counts().map(({ attestor, kind, handles: value }) => ({ labels: { attestor, kind }, value })),
  );
}
