/** What a gateway has of the ledger: the way to it, what it reads there, what follows its blocks, and what drives its markets. */
import type { GatewayConfig, Profile } from './config.js';
import { systemClock, type Report } from './fabric/clock.js';
import { openFabric, type Fabric } from './fabric/index.js';
import { blocksPort, networkPort, recordsPort } from './ledger-ports.js';
import { nodeClosings } from './markets/closings.js';
import { Turns } from './markets/turns.js';
import { MarketWorker } from './markets/worker.js';
import type { Delivered, Metrics } from './metrics/metrics.js';
import { Heights } from './projection/heights.js';
import { ReadModelThread } from './projection/read-model-thread.js';
import { ledgerBlocks } from './statements/from-fabric.js';
import { Statements } from './statements/statements.js';

export interface LedgerSideOptions {
  readonly report: Report;
  /** The profile as it is now. */
  readonly renewed: () => Profile;
  readonly delivered: (batch: Delivered) => void;
  readonly measured: Metrics['measured'];
}

export type LedgerSide = ReturnType<typeof openLedger>;

export function openLedger({ profile, database, drivesMarkets }: GatewayConfig, options: LedgerSideOptions) {
  const { report, renewed, delivered, measured } = options;
  const fabric = openFabric(profile, { report, renewed, lanes: { delivered, measured } });
  const ports = portsOf(fabric, profile);
  const blocks = ledgerBlocks(fabric.ownBlocks, profile.chaincode);
  const statements = new Statements({ blocks, tariffs: profile.operatorsFee, report });
  const readModel = new ReadModelThread({ place: database, profile, clock: systemClock, report });
  const { closings, markets } = openMarkets(profile, ports, report);
  return {
    fabric,
    ports,
    statements,
    readModel,
    closings,
    async start() {
      fabric.clockwork.start();
      fabric.stream.onBlock((block) => statements.follow(block));
      fabric.stream.onBlock((block) => markets.follow(block));
      fabric.stream.onBlock((block) => readModel.see(block));
      await readModel.start();
      if (drivesMarkets) markets.start();
    },
    /** One after the other. */
    closing: [() => markets.close(), () => readModel.close(), () => fabric.close()],
  };
}

type Ports = ReturnType<typeof portsOf>;

function portsOf(fabric: Fabric, { chaincode }: Profile) {
  const { submitter, records, blocks } = fabric;
  const heights = new Heights(systemClock);
  fabric.stream.onBlock(({ number }) => heights.advance(number + 1));
  return {
    submitter,
    records: recordsPort(records),
    blocks: blocksPort(blocks, chaincode),
    network: networkPort(() => fabric.status()),
    seenHeight: () => fabric.stream.height,
    reachHeight: (height: number, withinMs: number) => heights.reach(height, withinMs),
  };
}

/** What drives markets, and what a market asks nodes. */
function openMarkets(profile: Profile, { submitter, records }: Ports, report: Report) {
  const { mspId: own, channel, gateways, committeeNodes: nodes } = profile;
  const closings = nodeClosings({
    ...{ nodes, channel, records },
    failed: (of, failures) => report('warning', 'nodes did not say that a market may close', { ...of, failures }),
  });
  const now = () => systemClock.now();
  const turns = new Turns({ own, organizations: gateways.map(({ mspId }) => mspId), now });
  const markets = new MarketWorker({ channel, records, submitter, closings, clock: systemClock, turns, report });
  return { closings, markets };
}
